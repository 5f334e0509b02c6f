// Puts the compiled modules into few files: loading one is half a millisecond, and there are a hundred. All entry points
// are bundled together, so that they share one engine.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const dist = process.argv[2];
const build = await rolldown({
  input: {
    index: join(dist, "index.js"),
    distributions: join(dist, "distributions", "index.js"),
    render: join(dist, "render", "index.js"),
    cli: join(dist, "cli", "main.js"),
    worker: join(dist, "drift", "worker.js"),
    "parquet-worker": join(dist, "read", "parquet-worker.js"),
  },
  platform: "node",
  external: (id) => !/^[./]/.test(id) && !/^[A-Za-z]:/.test(id),
});
await build.write({ dir: join(dist, "bundle"), chunkFileNames: "[name]-[hash].js", comments: false });
await build.close();
// The chunk with the engine looks for them beside itself.
for (const file of ["kernels.wasm", "thread.cjs"]) copyFileSync(join(dist, "engine", file), join(dist, "bundle", file));
