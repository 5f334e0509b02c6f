import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// What tests import by the package's name is what ships; parts are tested as they were compiled.
const shipped = (name: string) => fileURLToPath(new URL(`./dist/bundle/${name}.js`, import.meta.url));

// `npm run laws` draws other cases than the tests do, so it runs the tests that draw.
const laws = () =>
  readdirSync("test", { recursive: true, encoding: "utf8" })
    .map((file) => `test/${file}`)
    .filter((file) => file.endsWith(".test.ts") && readFileSync(file, "utf8").includes('"fast-check"'));

export default defineConfig(({ mode }) => ({
  resolve: {
    alias: [
      { find: /^smirnov$/, replacement: shipped("index") },
      { find: /^smirnov\/(distributions|render|monitor|alerts|exporters|store|service)$/, replacement: shipped("$1") },
    ],
  },
  test: {
    include: mode === "laws" ? laws() : ["test/**/*.test.ts"],
    setupFiles: ["test/laws.ts"],
    env: mode === "laws" ? { LAWS_SEED: process.env.LAWS_SEED ?? `${Date.now() % 2 ** 31}` } : {},
    // For what hangs: how long something takes is no claim of a test, and a busy machine may be ten times as slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: "100%", // One process a core: the default leaves one idle.
  },
}));
