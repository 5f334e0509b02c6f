/** docs/monitor.md: its example runs, and prints what the page says. */

import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "../house/repository.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/monitor.md", import.meta.url)), "utf8");
const [, example] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
const [, printed] = /```text\n([\s\S]*?)```/.exec(page) ?? [];

describe("docs/monitor.md", () => {
  it("prints what it says", async () => {
    const folder = await mkdtemp(join(tmpdir(), "smirnov-page-"));
    try {
      const built = pathToFileURL(createRequire(import.meta.url).resolve("../../dist/bundle/monitor.js")).href;
      const file = join(folder, "example.mjs");
      await writeFile(file, example!.replace('"smirnov/monitor"', JSON.stringify(built)));
      expect(await run(process.execPath, [file])).toMatchObject({ status: 0, output: printed, errors: "" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
