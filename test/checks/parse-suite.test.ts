import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { type Check, parseSuite, preset, type Suite, SuiteError, suiteFrom, suiteToYaml } from "smirnov";
import { describe, expect, it } from "vitest";
import { table } from "../metrics/reports.ts";

const refusal = async (text: string, name = "suite.yaml") => {
  const error = await parseSuite(text, name).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SuiteError);
  return (error as SuiteError).message.split("\n");
};
const column = async (text: string) =>
  (await parseSuite(`checks:\n  - { metric: mean, eq: 1, column: ${text} }\n`)).checks![0]!.column;

const suite: Suite = {
  name: "daily",
  checks: [{ metric: "mean", column: "price", gte: 1, lt: { reference: 1.1, plus: 5 } }],
};

describe("parseSuite", () => {
  it("reads YAML and JSON alike", async () => {
    const yaml = `
# yaml-language-server: $schema=suite.schema.json
name: daily
checks:
  - metric: mean
    column: price
    gte: 1
    lt: { reference: 1.1, plus: 5 }
`;
    expect(await parseSuite(yaml)).toEqual(suite);
    expect(await parseSuite(JSON.stringify(suite))).toEqual(suite);
    expect(await parseSuite(JSON.stringify({ $schema: "x", ...suite }, null, 2), "a.json")).toEqual(suite);
    expect(await parseSuite("{ name: daily }")).toEqual({ name: "daily" });
  });

  it("tells the file, line and column of everything that is wrong", async () => {
    const text = `name: daily
checks:
  - metric: mising
    colum: price
    lte: 0.05
  - metric: mean
    column: price
    gte: [1]
  - metric: mean
    column: price
presets: [data-drifts]
`;
    expect(await refusal(text)).toEqual([
      'suite.yaml:3:13: unknown metric "mising"; did you mean "missing"?',
      'suite.yaml:4:5: unknown key of a check "colum"; did you mean "column"?',
      "suite.yaml:8:10: checks[1].gte must be a number, text, true or false or an object, got a list",
      "suite.yaml:9:5: checks[2] needs one of eq, notEq, gt, gte, lt, lte, in, notIn, approx",
      'suite.yaml:11:11: unknown preset "data-drifts"; did you mean "data-drift"?',
    ]);
  });

  it("tells the same of JSON", async () => {
    const text = '{\n  "checks": [\n    { "metric": "mising", "lte": 1 },\n    { "metric": "rows" }\n  ]\n}\n';
    expect(await refusal(text, "suite.json")).toEqual([
      'suite.json:3:17: unknown metric "mising"; did you mean "missing"?',
      "suite.json:4:5: checks[1] needs one of eq, notEq, gt, gte, lt, lte, in, notIn, approx",
    ]);
  });

  it.each<[string, string, RegExp]>([
    ["a percentage", "{ metric: missingShare, column: a, lte: 5% }", /missingShare is a number, which "5%" is not/],
    ["a share that is none", "{ metric: missingShare, column: a, lte: 5 }", /between 0 and 1, got 5; 5 % is 0.05/],
    ["a truth value as text", "{ metric: drifted, column: a, eq: no }", /drifted is true or false, which "no" is not/],
    ["order of words", "{ metric: status, column: a, gt: ok }", /gt needs a number or a date, and status is text/],
    ["a number for a word", "{ metric: kind, column: a, in: [numeric, 5] }", /kind is text, which 5 is not/],
    [
      "a tolerance of a word",
      "{ metric: kind, column: a, approx: { value: x, absolute: 1 } }",
      /approx needs a number/,
    ],
    ["limits that no value fulfils", "{ metric: rows, gt: 5, lt: 3 }", /no value can fulfil this: gt 5 and lt 3/],
    ["limits that meet and leave themselves out", "{ metric: rows, gte: 5, lt: 5 }", /gte 5 and lt 5/],
    [
      "dates that no date lies between",
      "{ metric: max, column: a, gt: 2024-02-01, lt: 2024-01-31T23:00 }",
      /gt "2024-02-01" and lt/,
    ],
    ["a value outside the limits", "{ metric: rows, eq: 5, gt: 7 }", /eq 5 and gt 7/],
    ["a value that is not in the list", "{ metric: rows, eq: 5, in: [1, 2] }", /eq 5 and in without it/],
    ["a value that is refused as well", "{ metric: rows, eq: 5, notEq: 5 }", /eq and notEq 5/],
    ["a metric of columns without one", "{ metric: mean, eq: 5 }", /mean is one of columns: name one, or "\*" for all/],
    ["a metric of the table with a column", "{ metric: hash, column: a, eq: x }", /hash is not one of columns/],
    ["a side of what is of both", "{ metric: drifted, side: current, eq: true }", /drifted is of both sides together/],
    [
      "what the reference has not by itself",
      "{ metric: outOfRange, column: a, lte: { reference: 1 } }",
      /compare it with a constant/,
    ],
    ["a tolerance without a width", "{ metric: rows, approx: { value: 1 } }", /needs one of relative, absolute/],
    ["a negative tolerance", "{ metric: rows, approx: { value: 1, relative: -1 } }", /at least 0, got the number -1/],
    ["an empty list", "{ metric: rows, in: [] }", /must not be empty/],
    [
      "a condition without a value",
      "{ metric: rows, eq: }",
      /eq must be a number, text, true or false, an object or a list, got nothing/,
    ],
  ])("refuses %s", async (_, check, message) => {
    expect((await refusal(`checks:\n  - ${check}\n`)).join()).toMatch(message);
  });

  it("may meet in one value", async () => {
    expect((await parseSuite("checks: [{ metric: rows, gte: 5, lte: 5 }]")).checks).toHaveLength(1);
  });

  it("says which package it needs for YAML where that is not installed", async () => {
    const script = `
      import { register } from "node:module";
      const hook = 'export const resolve = (name, about, next) => { if (name === "yaml") throw new Error(); return next(name, about); }';
      register("data:text/javascript," + encodeURIComponent(hook));
      const { parseSuite } = await import("./dist/bundle/index.js");
      console.log((await parseSuite('{"name":"a"}')).name);
      await parseSuite("name: a").catch((error) => console.log(error.message));`;
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: root,
    });
    expect(stdout).toBe("a\nparseSuite: suites in YAML need the package yaml: npm install yaml\n");
  });

  it("refuses what is not text", async () => {
    await expect(parseSuite(5 as never)).rejects.toThrow("parseSuite: needs the text of a suite, got 5");
  });
});

describe("traps of YAML", () => {
  it("words that look like truth values, and dates, are text", async () => {
    expect(await column("[no, on, yes, off, y, n, 2024-01-01, 12:30, ~x]")).toEqual([
      "no",
      "on",
      "yes",
      "off",
      "y",
      "n",
      "2024-01-01",
      "12:30",
      "~x",
    ]);
  });

  it("numbers and true are not taken for names of columns", async () => {
    for (const word of ["1e3", "2024", "true", "0x10", "1.5", "~"]) {
      expect((await refusal(`checks:\n  - { metric: mean, eq: 1, column: ${word} }`))[0]).toMatch(
        /^suite\.yaml:2:36: checks\[0\]\.column must be text or a list, got/,
      );
    }
  });

  it("keys are text as they are written", async () => {
    const text = "checks:\n  - { metric: rows, eq: 1, where: { 1e3: 5, no: x, 2024-01-01: 1, true: a } }\n";
    const { checks } = await parseSuite(text);
    expect(Object.keys(checks![0]!.where!)).toEqual(["1e3", "no", "2024-01-01", "true"]);
  });

  it("whole numbers beyond 2^53 keep their digits", async () => {
    const check = { metric: "max", column: "a", lte: "9007199254740993" };
    expect((await parseSuite("checks: [{ metric: max, column: a, lte: 9007199254740993 }]")).checks).toEqual([check]);
    expect((await parseSuite('{"checks":[{"metric":"max","column":"a","lte":9007199254740993}]}')).checks).toEqual([
      check,
    ]);
  });

  it("byte order marks and line ends of any kind do not matter", async () => {
    expect(await parseSuite("\uFEFFname: a\r\nchecks:\r\n  - { metric: rows, eq: 1 }\r\n")).toEqual({
      name: "a",
      checks: [{ metric: "rows", eq: 1 }],
    });
    expect(await refusal("\uFEFFname: a\r\nchecks:\r\n  - { metric: rowss, eq: 1 }\r\n")).toEqual([
      'suite.yaml:3:15: unknown metric "rowss"; did you mean "rows"?',
    ]);
    expect(await parseSuite(`\uFEFF${JSON.stringify(suite)}`, "x.json")).toEqual(suite);
  });

  it.each<[string, string, RegExp]>([
    ["tabs", "checks:\n\t- metric: rows\n", /^suite\.yaml:2:1: .*[Tt]ab/],
    ["keys that are there twice", "name: a\nname: b\n", /^suite\.yaml:2:1: Map keys must be unique/],
    ["several documents", "name: a\n---\nname: b\n", /a second document: a suite is one/],
    ["tags", "name: !!js/function 'function () {}'\n", /^suite\.yaml:1:7: Unresolved tag/],
    [
      "merge keys",
      "compare: &c { by: a }\nchecks:\n  - { <<: *c, metric: rows, eq: 1 }\n",
      /unknown key of a check "<<"/,
    ],
    ["keys that are lists", "compare: { where: { [a]: 1 } }\n", /^suite\.yaml:1:21: a key must be text/],
    ["nothing", "", /^suite\.yaml:1:1: the suite must be an object, got nothing/],
    ["text", "hello\n", /^suite\.yaml:1:1: the suite must be an object, got "hello"/],
    ["numbers that are none", "checks: [{ metric: rows, eq: .nan }]\n", /^suite\.yaml:1:30: \.nan is no finite number/],
    ["aliases without an anchor", "name: *a\n", /^suite\.yaml:1:7: there is no anchor a/],
    ["anchors that contain themselves", "name: &a [*a]\n", /contains itself|Unresolved alias/],
    ["deep nesting", `name: ${"[".repeat(200)}${"]".repeat(200)}\n`, /nested deeper than 100 levels/],
    ["very deep nesting", `name: ${"[".repeat(50_000)}\n`, /nested too deeply|deeper than|Flow sequence/],
  ])("refuses %s", async (_, text, message) => {
    expect((await refusal(text))[0]).toMatch(message);
  });

  it("takes anchors, and refuses those that grow without end", async () => {
    const { checks } = await parseSuite("checks:\n  - &a { metric: rows, eq: 1 }\n  - *a\n");
    expect(checks).toEqual([
      { metric: "rows", eq: 1 },
      { metric: "rows", eq: 1 },
    ]);
    const lines = Array.from({ length: 30 }, (_, k) => `x${k + 1}: &x${k + 1} [${`*x${k},`.repeat(9)}]`);
    expect((await refusal(`x0: &x0 [1]\n${lines.join("\n")}\n`))[0]).toMatch(/aliases make this too large/);
  });

  it("names of any kind are columns, and nothing else", async () => {
    const text = "checks:\n  - { metric: rows, eq: 1, where: { __proto__: 5, constructor: 6 } }\n";
    const [check] = (await parseSuite(text)).checks!;
    expect(Object.keys(check!.where!)).toEqual(["__proto__", "constructor"]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((await refusal('{"__proto__": {"checks": []}}', "a.json"))[0]).toMatch(/unknown key "__proto__"/);
  });
});

describe("traps of JSON", () => {
  it.each<[string, string]>([
    ['{"name": "a", "name": "b"}', '1:15: the key "name" is there already'],
    ['{"name": "a",}', '1:14: expected a key in double quotes, found "}"'],
    ['{"name": "a"', '1:13: expected "," or "}", found the end'],
    ['{"name": tru}', '1:10: expected a value, found "t"'],
    ['{"name": "a\nb"}', "1:10: expected text in double quotes that ends on the same line"],
    ['{"name": "\\x"}', "1:10: text with a character or an escape that JSON does not have"],
    ['{"checks": [{"metric":"rows","eq":1e999}]}', "1:35: 1e999 is too large"],
    [`{"name": ${"[".repeat(200)}`, "1:110: nested deeper than 100 levels"],
    ['{"name": "a"} x', '1:15: expected the end, found "x"'],
    ["", "1:1: expected a value, found the end"],
  ])("refuses %s", async (text, message) => {
    expect((await refusal(text, "s.json"))[0]).toContain(`s.json:${message}`);
  });

  it("takes what JSON.parse takes, and gives the same", async () => {
    const { readJson } = await import("../../dist/checks/json-text.js");
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, "\t"), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), null, indent);
        expect(readJson(written)).toMatchObject({ problems: [] });
        // Integers beyond 2^53 stay text in a suite; an object is never one, and may name its own toString.
        const digits = (_: string, value: unknown) =>
          typeof value !== "object" && /^-?\d{16,}$/.test(String(value)) ? Number(value) : value;
        const [own, wanted] = [readJson(written).data!.value, JSON.parse(written)];
        expect(JSON.stringify(own, digits)).toBe(JSON.stringify(wanted, digits));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:01-.eE+truefalsn \n\\') }), (text) => {
        const parses = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        const { data, problems } = readJson(text);
        if (problems.some(({ message }) => message.includes("too large"))) return;
        expect(data !== null).toBe(parses);
      }),
    );
  });
});

const scalar = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  fc.boolean(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "no",
    "1e3",
    "2024-01-01",
    "a: b",
    "#x",
    "",
    " ",
    "~",
    "a\tb",
    "\u202e",
    "- x",
    "'",
    '"',
    "</script>",
    "{{",
    "😀",
  ),
);
const name = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    "price",
    "null",
    "true",
    "0x1F",
    "on",
    "*a",
    "&a",
    "!x",
    "%",
    "@",
    "`",
    "a #b",
    "\uFEFF",
    "__proto__",
  ),
);
const anyCheck = fc.record(
  {
    metric: fc.constant("mostCommon"),
    column: fc.oneof(name, fc.array(name, { minLength: 1, maxLength: 3 })),
    notEq: scalar,
    notIn: fc.array(scalar, { minLength: 1, maxLength: 3 }),
    name,
    where: fc.dictionary(name, scalar, { maxKeys: 2 }),
    critical: fc.boolean(),
  },
  { requiredKeys: ["metric", "column", "notEq"] },
);

describe("parseSuite of JSON", () => {
  it("reads what JSON.stringify writes as the same suite", async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ name, checks: fc.array(anyCheck, { minLength: 1, maxLength: 3 }) }), async (own) => {
        const small = JSON.parse(
          JSON.stringify(own, (_, x) => (typeof x === "number" && Math.abs(x) > 2 ** 53 ? 1.5 : x)),
        );
        expect(await parseSuite(JSON.stringify(small))).toEqual(small);
      }),
    );
  });
});

describe("suiteToYaml", () => {
  it("writes what parseSuite reads as the same suite, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ name, checks: fc.array(anyCheck, { minLength: 1, maxLength: 3 }) }), async (own) => {
        const written = { ...own, checks: own.checks as Check[] };
        expect(await parseSuite(suiteToYaml(written))).toEqual(JSON.parse(JSON.stringify(written)));
      }),
      { numRuns: 300 },
    );
  });

  it("writes generated suites and presets so that they are read again, with a line for each check and each name in a list", async () => {
    const generated = await suiteFrom(table(), { name: "generated", expectedRows: 300 });
    const text = suiteToYaml(generated, { schema: "https://example.org/suite.schema.json" });
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/example\.org\/suite\.schema\.json\nname: generated\n/,
    );
    expect(text).toContain("\n  # price\n");
    expect(text.split("\n").filter((line) => line.startsWith("  - {"))).toHaveLength(generated.checks!.length - 1);
    const names = Object.keys(table()).map((one) => `      - ${one}\n`);
    expect(text).toContain(`  - metric: columnNames\n    eq:\n${names.join("")}`);
    expect(await parseSuite(text)).toEqual(generated);
    expect(await parseSuite(suiteToYaml(preset("no-target")))).toEqual(preset("no-target"));
    expect(await parseSuite(suiteToYaml({}))).toEqual({});
    const told = suiteToYaml({ name: "x" }, { comment: ["what it is\u2028name: y", "how it is used"] });
    expect(told).toBe("# what it is name: y\n# how it is used\nname: x\n");
  });
});
