import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The tests run on the built output, so that the WebAssembly and package paths are those that ship.
const built = (path: string) => fileURLToPath(new URL(`./dist/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^smirnov$/, replacement: built("index.js") },
      { find: /^smirnov\/distributions$/, replacement: built("distributions/index.js") },
    ],
  },
  test: { include: ["test/**/*.test.ts"], testTimeout: 30_000 },
});
