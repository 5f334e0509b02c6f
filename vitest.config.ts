import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// What tests import by the package's name is what ships; parts are tested as they were compiled.
const shipped = (name: string) => fileURLToPath(new URL(`./dist/bundle/${name}.js`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^smirnov$/, replacement: shipped("index") },
      { find: /^smirnov\/(distributions|render|monitor|alerts|exporters|store|service)$/, replacement: shipped("$1") },
    ],
  },
  // One process a core: the default leaves one idle.
  test: { include: ["test/**/*.test.ts"], testTimeout: 30_000, maxWorkers: "100%" },
});
