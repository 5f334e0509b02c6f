/** What the README and the demo show is what happens. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as library from "smirnov";
import { describe, expect, it } from "vitest";
import { usage } from "../../dist/cli/usage.js";
import { optionWords } from "../../dist/cli/words.js";
import { compareNames } from "../../dist/drift/options.js";
import { scratch } from "./command.ts";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const readme = readFileSync(at("README.md"), "utf8");
const { folder } = scratch();
const node = (...words: string[]) =>
  promisify(execFile)(process.execPath, words, { cwd: at("."), env: { ...process.env, TMPDIR: folder } });

describe("the README", () => {
  it("begins with an example that runs as typed, and finds the drift", async () => {
    const [, example = ""] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(example.trim().split("\n").length).toBeLessThanOrEqual(12);
    const { stdout, stderr } = await node("--input-type=module", "--eval", example);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/statistic: 0\.\d+/);
    expect(stdout).toMatch(/\ntrue values differ \(p .*\) by enough to matter/);
  });

  it("lists the functions that there are", () => {
    const [, section = ""] = /## In a program\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    const listed = rows.flatMap((line) => Array.from(line.split(" | ")[0]!.matchAll(/`(\w+)`/g), ([, name]) => name));
    const exported = Object.entries(library).filter(([, value]) => typeof value === "function");
    const functions = exported.map(([name]) => name).filter((name) => /^[a-z]/.test(name));
    expect(listed.sort()).toEqual(functions.sort());
  });

  it("lists the options that there are, and the help does", () => {
    const [, section = ""] = /## Options of `compare`\n([\s\S]*?)\n## /.exec(readme) ?? [];
    const cells = section.split("\n").filter((line) => line.startsWith("| `"));
    const listed = cells.flatMap((line) => Array.from(line.split(" | ")[0]!.matchAll(/`(\w+)`/g), ([, name]) => name));
    expect(listed.sort()).toEqual([...compareNames].sort());
    const words = new Set(Array.from(section.matchAll(/`(--[\w-]+)/g), ([, word]) => word));
    const outputs = ["--html", "--json", "--markdown", "--junit", "--csv", "--arrow", "--output"];
    const others = [
      ...outputs,
      "--no-quality",
      "--expected-rows",
      "--tolerance",
      "--fail-on-drift",
      ...["--store", "--dataset", "--metric", "--segment", "--from", "--to", "--limit"],
      ...["--config", "--host", "--port", "--check", "--windows"],
      "--help",
      "--version",
    ];
    const helped = new Set(Array.from(usage.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm), ([, word]) => word));
    expect([...words, ...others].sort()).toEqual([...helped].sort());
    expect([...helped].sort()).toEqual(optionWords.map((name) => `--${name}`).sort());
  });

  it("links to files that exist", () => {
    const links = Array.from(readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, path = ""]) => path);
    const titles = Array.from(readme.matchAll(/^## (.*)$/gm), ([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const [, anchor] of readme.matchAll(/\]\(#([^)]+)\)/g)) expect(titles).toContain(anchor);
    expect(links.length).toBeGreaterThan(1);
    for (const path of links) expect(() => readFileSync(at(path))).not.toThrow();
  });
});

describe("the demo", () => {
  it("prints a verdict on two real months, without colours or progress in a pipe", async () => {
    const { stdout, stderr } = await node("docs/demo.js");
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^delay .*\bdrift\b/m);
    expect(stdout).toMatch(/^distance .*–/m);
    expect(stdout).toMatch(/^Dataset: /m);
    expect(stdout).toContain("npx smirnov compare");
    const [, page = ""] = /for a browser: (file:\S+)/.exec(stdout) ?? [];
    expect(readFileSync(fileURLToPath(page), "utf8")).toMatch(/^<!doctype html>/i);
    expect(fileURLToPath(page).startsWith(folder)).toBe(true);
    expect(stdout).not.toContain("\x1b");
  });
});
