// Puts the compiled modules into few files: loading one is half a millisecond, and there are a hundred. All entry points
// are bundled together, so that they share one engine.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";

const dist = process.argv[2];
const build = await rolldown({
  input: {
    index: join(dist, "index.js"),
    distributions: join(dist, "distributions", "index.js"),
    render: join(dist, "render", "index.js"),
    monitor: join(dist, "monitor", "index.js"),
    alerts: join(dist, "alerts", "index.js"),
    exporters: join(dist, "exporters", "index.js"),
    store: join(dist, "store", "index.js"),
    service: join(dist, "service", "index.js"),
    "decode-worker": join(dist, "service", "decode-worker.js"),
    cli: join(dist, "cli", "main.js"),
    worker: join(dist, "drift", "worker.js"),
    "monitor-worker": join(dist, "monitor", "monitor-worker.js"),
    "parquet-worker": join(dist, "read", "parquet-worker.js"),
  },
  platform: "node",
  // Charts are a part of the package: who installs it needs nothing else for them.
  external: (id) => !/^[./]/.test(id) && !/^[A-Za-z]:/.test(id) && !/^(d3-|internmap)/.test(id),
});
const { output } = await build.write({
  dir: join(dist, "bundle"),
  chunkFileNames: "[name]-[hash].js",
  comments: false,
});
await build.close();

const bundled = output.flatMap(({ moduleIds = [] }) =>
  moduleIds.flatMap((id) => id.match(/^(?<folder>.*[\\/]node_modules[\\/](?<name>[\w-]+))[\\/]/)?.groups ?? []),
);
const licences = new Map(
  bundled.map(({ name, folder }) => [name, readFileSync(join(folder, "LICENSE"), "utf8").trim()]),
);
writeFileSync(
  join(dist, "bundle", "THIRD-PARTY-LICENSES"),
  [...licences]
    .sort()
    .map(([name, licence]) => `${name}\n\n${licence}\n`)
    .join(`\n${"-".repeat(72)}\n\n`),
);
// The chunk with the engine looks for them beside itself.
for (const file of ["kernels.wasm", "thread.cjs"]) copyFileSync(join(dist, "engine", file), join(dist, "bundle", file));
// Beside the command that draws from it, compiled and bundled alike.
for (const folder of ["cli", "bundle"]) {
  copyFileSync(join(dist, "..", "docs", "demo-flights.csv"), join(dist, folder, "demo-flights.csv"));
}

// Declarations that some entry point's reach: those of what is internal are two thirds of all.
const types = join(dist, "types");
rmSync(types, { recursive: true, force: true });
const reached = new Set(
  ["", "distributions", "render", "monitor", "alerts", "exporters", "store", "service"].map((folder) =>
    join(dist, folder, "index.d.ts"),
  ),
);
for (const file of reached) {
  const text = readFileSync(file, "utf8");
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g)) {
    reached.add(join(dirname(file), `${target}.d.ts`));
  }
  const copy = join(types, relative(dist, file));
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(file, copy);
}
