/** The layers of docs/architecture.md: imports point down only. */
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesIn, run, text } from "./repository.ts";

// Lowest first. Folders of one row do not know each other.
const rows = [
  ["engine", "spool"],
  ["column"],
  ["read", "sketch"],
  ["source"],
  ["distributions"],
  ["statistics"],
  ["profile", "detectors"],
  ["drift"],
  ["metrics"],
  ["checks", "monitor"],
  ["render", "store", "exporters"],
  ["alerts"],
  ["service"],
  ["cli"],
];
const mayUseNode = ["engine", "spool", "read", "store", "alerts", "cli", "service"];

const heightOf = (folder: string) => (folder === "src" ? rows.length : rows.findIndex((row) => row.includes(folder)));
const folderOf = (file: string) => file.split("/").at(file.split("/").length > 2 ? 1 : 0) as string;

const imports = filesIn("src", ".ts").flatMap((file) => {
  const code = text(file).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const found = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g);
  return Array.from(found, ([, target = ""]) => ({ file, target, folder: folderOf(file) }));
});
const told = (wrong: typeof imports) => wrong.map(({ file, target }) => `${file} imports ${target}`);

describe("the layers of src", () => {
  it("are all known, and their files are in one of them or are entry points", () => {
    expect(imports.length).toBeGreaterThan(50);
    const strangers = filesIn("src", ".ts").filter((file) => heightOf(folderOf(file)) < 0);
    expect(strangers).toEqual([]);
  });

  it("import downwards only, so that no folders import each other in a circle", () => {
    const wrong = imports.filter(({ file, folder, target }) => {
      if (!target.startsWith(".")) return false;
      const other = folderOf(posix.join(posix.dirname(file), target));
      return other !== folder && heightOf(other) >= heightOf(folder);
    });
    expect(told(wrong)).toEqual([]);
  });

  it("use Node's own modules only where files, threads and terminals are dealt with", () => {
    const wrong = imports.filter(({ folder, target }) => target.startsWith("node:") && !mayUseNode.includes(folder));
    expect(told(wrong)).toEqual([]);
  });
});

describe("the entry point", () => {
  it("loads the loader and nothing else that was installed, for a test over columns too", async () => {
    const script = `
      const { ksTest } = await import("./dist/bundle/index.js");
      if (ksTest(Float64Array.of(1, 2, 3), [4, 5, 6]).statistic !== 1) throw new Error("not the statistic");`;
    const recorder = new URL("./record-loads.js", import.meta.url).href;
    const child = await run(process.execPath, ["--import", recorder, "--input-type=module", "--eval", script]);
    expect(child).toMatchObject({ status: 0, errors: "" });
    const loaded = child.output
      .split("\n")
      .flatMap((url) => url.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
    expect(child.output).toContain("dist/bundle/index.js");
    expect(new Set(loaded)).toEqual(new Set(["@assemblyscript/loader"]));
  });

  it("loads no charts, which only pages need", async () => {
    const charts = filesIn("dist/bundle", ".js").filter((file) => text(file).includes("tickFormat"));
    expect(charts).not.toEqual([]);
    const recorder = new URL("./record-loads.js", import.meta.url).href;
    const script = 'await import("./dist/bundle/index.js");';
    const child = await run(process.execPath, ["--import", recorder, "--input-type=module", "--eval", script]);
    expect(child).toMatchObject({ status: 0, errors: "" });
    expect(charts.filter((file) => child.output.includes(file))).toEqual([]);
  });
});
