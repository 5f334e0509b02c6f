/** Examples of pages: they run as they are written there, and print what the pages say. */

import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { run } from "../house/repository.ts";

const resolve = createRequire(import.meta.url).resolve;
const built = (entry: string) => pathToFileURL(resolve(`../../dist/bundle/${entry}.js`)).href;

/** The page's first example, and what stands behind it as printed. */
function exampleOf(name: string): { readonly code: string; readonly printed: string } {
  const page = readFileSync(fileURLToPath(new URL(`../../docs/${name}.md`, import.meta.url)), "utf8");
  const [, code = "", printed = ""] = /```[jt]s\n([\s\S]*?)```\n(?:\n```text\n([\s\S]*?)```)?/.exec(page) ?? [];
  return { code, printed };
}

async function outcomeOf(code: string) {
  const folder = await mkdtemp(join(tmpdir(), "smirnov-page-"));
  try {
    const file = join(folder, "example.mjs");
    await writeFile(
      file,
      code.replace(/"smirnov\/(\w+)"/g, (_, entry: string) => JSON.stringify(built(entry))),
    );
    return await run(process.execPath, [file]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("the example of", () => {
  it.each(["monitor", "drift-kinds", "detectors"])("docs/%s.md runs, and prints what it says", async (name) => {
    const { code, printed } = exampleOf(name);
    expect(code).toContain("smirnov/monitor");
    expect(await outcomeOf(code)).toMatchObject({ status: 0, output: printed, errors: "" });
  });

  it("docs/exporters.md serves metrics", async () => {
    const { code } = exampleOf("exporters");
    const scraped = code.replace("server.listen(9464);", "server.listen(0, scrape);");
    expect(scraped).not.toBe(code);
    const scrape = `
async function scrape() {
  const answer = await fetch(\`http://127.0.0.1:\${server.address().port}/metrics\`);
  console.log(answer.status, /^# TYPE smirnov_window_rows gauge$/m.test(await answer.text()));
  process.exit();
}`;
    expect(await outcomeOf(scraped + scrape)).toMatchObject({ status: 0, output: "200 true\n", errors: "" });
  });
});
