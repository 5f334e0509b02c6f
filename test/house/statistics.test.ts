/** Five touches make a statistic (docs/adding-a-method.md); this tells which of them were forgotten. */
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesIn, text } from "./repository.ts";

/** Functions that the entry point exports from src/statistics. */
const statistics = Array.from(
  text("src/index.ts").matchAll(/export \{([^}]*)\} from "\.\/statistics\/[\w-]+\.js"/g),
  ([, names = ""]) => functionsIn(names),
).flat();

const tests = filesIn("test/statistics", ".test.ts").map((file) => {
  const code = text(file);
  const oracles = Array.from(code.matchAll(/>\(\s*"([\w-]+)"\s*\)/g), ([, name = ""]) => name);
  return { imported: importedIn(code, /^smirnov$|\/dist\/statistics\//), oracles };
});

/** Benchmarks are what bench/run.js imports. */
const benchmarks = Array.from(text("bench/run.js").matchAll(/from "(\.\/[\w-]+\.js)"/g), ([, file = ""]) =>
  importedIn(text(posix.join("bench", file)), /^smirnov$/),
).flat();

/** First cells of the tables. */
const rows = Array.from(text("docs/methods.md").matchAll(/^\|([^|]*)\|/gm), ([, cell = ""]) => cell);

const oracles = filesIn("test/oracle/statistics").map((file) => posix.basename(file));

function functionsIn(names: string): string[] {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
}

function importedIn(code: string, from: RegExp): string[] {
  return Array.from(code.matchAll(/import \{([^}]*)\} from "([^"]+)"/g))
    .filter(([, , target = ""]) => from.test(target))
    .flatMap(([, names = ""]) => functionsIn(names));
}

const without = (has: (name: string) => boolean) => statistics.filter((name) => !has(name));

describe("every exported statistic", () => {
  it("is found by these tests", () => {
    expect(statistics).toEqual(expect.arrayContaining(["ksTest", "quantiles", "chebyshev", "tTestFromMoments"]));
    expect(statistics.length).toBe(new Set(statistics).size);
  });

  it("has a test in test/statistics", () => {
    expect(without((name) => tests.some(({ imported }) => imported.includes(name)))).toEqual([]);
  });

  it("has numbers of others' in test/oracle/statistics, which one of its tests reads", () => {
    const has = (name: string) => tests.some(({ imported, oracles }) => imported.includes(name) && oracles.length > 0);
    expect(without(has)).toEqual([]);
  });

  it("has a benchmark that bench/run.js runs", () => {
    expect(without((name) => benchmarks.includes(name))).toEqual([]);
  });

  it("has a row in docs/methods.md", () => {
    expect(without((name) => rows.some((cell) => cell.includes(`\`${name}\``)))).toEqual([]);
  });
});

describe("every oracle", () => {
  const data = oracles.filter((file) => file.endsWith(".json")).map((file) => file.replace(".json", ""));

  it("has the script that writes it", () => {
    expect(data.length).toBeGreaterThan(10);
    expect(data.filter((name) => !oracles.includes(`${name}.py`) && !oracles.includes(`${name}.R`))).toEqual([]);
  });

  it("is read by a test, or by the script of another that one reads", () => {
    const read = new Set(tests.flatMap(({ oracles }) => oracles));
    const scripts = Array.from(read, (name) => `${name}.py`).filter((script) => oracles.includes(script));
    const texts = scripts.map((script) => text(`test/oracle/statistics/${script}`));
    const unread = (name: string) => !read.has(name) && !texts.some((code) => code.includes(`open("${name}.json"`));
    expect(data.filter(unread)).toEqual([]);
  });
});
