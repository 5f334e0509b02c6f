import { SaxesParser } from "saxes";
import { renderJunit } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { column, driftedColumn, everything, reportOf } from "./fixture.ts";
import { checkResult, everyResult, suiteResult } from "./quality-fixture.ts";

/** An element with its attributes, children, and text. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/**
 * Attributes and children that each element may have, from junit-10.xsd of Jenkins' xUnit plugin (MIT), restricted to
 * what is used here; required attributes first.
 */
const schema: Readonly<Record<string, readonly [required: string[], optional: string[], children: string[]]>> = {
  testsuites: [[], ["name", "time", "tests", "failures", "errors"], ["testsuite"]],
  testsuite: [
    ["name", "tests", "failures", "errors"],
    ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
    ["testsuite", "properties", "testcase", "system-out", "system-err"],
  ],
  properties: [[], [], ["property"]],
  property: [["name", "value"], [], []],
  testcase: [["name"], ["time", "classname", "group"], ["skipped", "error", "failure", "system-out", "system-err"]],
  failure: [[], ["type", "message"], []],
  error: [[], ["type", "message"], []],
  skipped: [[], ["type", "message"], []],
  "system-out": [[], [], []],
};

/** The document's tree. @throws for XML that is not well-formed, and for elements and attributes that the schema lacks */
function read(xml: string): Element {
  const open: Element[] = [];
  let root: Element | undefined;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, children: [], text: "" };
    const [required, optional, children] = schema[name] ?? [];
    if (!required || !optional || !children) throw new Error(`no element ${name}`);
    const missing = required.filter((attribute) => element.attributes[attribute] === undefined);
    const strange = Object.keys(attributes).filter((attribute) => ![...required, ...optional].includes(attribute));
    if (missing.length + strange.length > 0) throw new Error(`${name}: lacks ${missing}, has ${strange}`);
    const parent = open.at(-1);
    if (parent && !schema[parent.name]![2].includes(name)) throw new Error(`${parent.name} holds ${name}`);
    if (/[^\d.]/.test(attributes.time ?? "")) throw new Error(`${name}: time ${attributes.time}`);
    parent?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  return root!;
}

const resultOf = ({ children }: Element) => children.map(({ name }) => name).join(" ");
const casesOf = (root: Element) =>
  root.children.flatMap((suite) => suite.children.filter((one) => one.name === "testcase"));

describe("renderJunit", () => {
  it("has a test a column: a failure where it drifted or the table changed, skipped where it was not judged", () => {
    const root = read(renderJunit(everything));
    expect(root.attributes).toEqual({ name: "smirnov", tests: "17", failures: "5", errors: "0", time: "0" });
    expect(root.children[0]?.attributes).toMatchObject({ name: "columns", tests: "17", failures: "5", skipped: "7" });
    const cases = casesOf(root);
    expect(cases.map((one) => one.attributes.name)).toEqual(Object.keys(everything.columns));
    for (const one of cases) {
      const { severity, status } = everything.columns[one.attributes.name!]!;
      const wanted = { drift: "failure", possible: "system-out", none: "", unresolved: "system-out" }[severity];
      const isStructural = ["missing-in-reference", "missing-in-current", "type-changed"].includes(status);
      expect(resultOf(one), one.attributes.name).toBe(isStructural ? "failure" : status === "ok" ? wanted : "skipped");
      if (isStructural) expect(one.children[0]!.attributes.type).toBe(status);
    }
  });

  it("has a suite of correlations: a failure a coefficient that changed", () => {
    const pair = {
      method: "pearson",
      columns: ["a", "b"],
      reference: 0.82,
      current: 0.314,
      rows: { reference: 9, current: 9 },
    };
    const found = { drifted: 1, tested: 3, threshold: 0.25, level: 0.005 };
    const drifted = { ...pair, pValue: 1e-9, adjustedPValue: 2e-9, drifted: true } as const;
    const quiet = { ...pair, method: "spearman", pValue: 0.5, adjustedPValue: 0.5, drifted: false } as const;
    const report = {
      ...reportOf([column("a"), column("b")]),
      correlations: { ...found, pairs: [drifted, quiet] } as never,
    };
    const root = read(renderJunit(report));
    expect(root.attributes).toMatchObject({ tests: "3", failures: "1" });
    const [one] = root.children[1]!.children.filter(({ name }) => name === "testcase");
    expect(one!.attributes).toMatchObject({ name: "a ~ b (pearson)", classname: "smirnov.correlations" });
    expect(one!.children[0]!.attributes.message).toBe("0.82 → 0.314, adjusted p 2.0e-9");
    const none = { ...report, correlations: { ...found, drifted: 0, pairs: [quiet] } as never };
    expect(read(renderJunit(none)).attributes).toMatchObject({ tests: "3", failures: "0" });
  });

  it("says what changed, and all that decided", () => {
    const [delay, , , , , , area] = casesOf(read(renderJunit(everything)));
    expect(area!.children[0]!.attributes).toEqual({ message: "nulls rose from 0 % to 40 %", type: "drift" });
    expect(delay!.children[0]!.text).toBe(
      "values differ (p 3.1e-12) by enough to matter (ks 0.1234 ≥ 0.04)\ntypes: Float64 → Float64\n" +
        "method: anderson-darling, adjusted p 3.1e-12\neffect: ks 0.123, matters from 0.04",
    );
  });

  it("has a suite a segment", () => {
    const { columns, dataset } = reportOf([driftedColumn("a"), column("b")]);
    const segment = { reason: "only the current side has such rows", share: { reference: 0.5, current: 0.5 }, dataset };
    const rows = { reference: 5, current: 6 };
    const report = {
      ...reportOf([column("a")]),
      segments: {
        "c=x": { ...segment, values: { c: "x" }, status: "ok" as const, rows, columns },
        "c=y": { ...segment, values: { c: "y" }, status: "new" as const, rows, columns: {} },
      },
    };
    const root = read(renderJunit(report));
    expect(root.attributes).toMatchObject({ tests: "4", failures: "1" });
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual(["columns", "segment c=x", "segment c=y"]);
    const [, a, , y] = casesOf(root);
    expect(a!.attributes).toMatchObject({ name: "a", classname: "smirnov.segments.c=x" });
    expect(y!.children[0]).toMatchObject({ name: "skipped", attributes: { message: segment.reason, type: "new" } });
  });

  it("has a test a check instead, where there are checks: a warning passes and is told", () => {
    const root = read(renderJunit(everything, { checks: everyResult }));
    expect(root.attributes).toMatchObject({ tests: "5", failures: "1", errors: "1" });
    expect(root.children).toHaveLength(1);
    expect(root.children[0]?.attributes).toMatchObject({ name: "prices", tests: "5", skipped: "1" });
    const cases = casesOf(root);
    expect(cases.map(resultOf)).toEqual(["", "skipped", "system-out", "error", "failure"]);
    expect(cases[2]!.children[0]!.text).toBe("warning: missing share of price is 0.12, should be ≤ 0.05");
    expect(cases[4]!.children[0]).toMatchObject({
      attributes: { message: "missing share of price is 0.12, should be ≤ 0.05", type: "fail" },
      text: "missing share of price is 0.12, should be ≤ 0.05\nrows 3, 17, 22, … (12 in all)",
    });
    const table = suiteResult([checkResult("pass", { column: null })], null);
    const [only] = casesOf(read(renderJunit(everything, { checks: table })));
    expect(only!.attributes.classname).toBe("smirnov.checks.table");
  });

  it("tells what was compared, and when only where it is told", () => {
    const names = { reference: "a<b>.csv", current: "b.csv" };
    const [suite] = read(renderJunit(everything, { names, timestamp: "2026-01-02T03:04:05" })).children;
    expect(suite!.attributes.timestamp).toBe("2026-01-02T03:04:05");
    const properties = suite!.children[0]!.children.map(({ attributes }) => [attributes.name, attributes.value]);
    expect(Object.fromEntries(properties)).toMatchObject({
      ...{ reference: "a<b>.csv", current: "b.csv", referenceRows: "508239", currentRows: "1", verdict: "no drift" },
      ...{ reason: "2 of 7 judged columns drifted", correction: "bh", level: "0.005", smirnov: "0.1.0" },
    });
    expect(renderJunit(everything)).not.toContain("timestamp");
    expect(renderJunit(everything)).toBe(renderJunit(structuredClone(everything)));
  });

  it("refuses what it cannot render", () => {
    const render = renderJunit as (report: unknown, options?: unknown) => string;
    expect(() => render(null)).toThrow(new TypeError("renderJunit: a report of compare is needed, got null"));
    expect(() => render(everything, { timestamp: 3 })).toThrow("renderJunit: timestamp must be a text, got 3");
    expect(() => render(everything, { checks: [] })).toThrow("renderJunit: the result of check is needed, got");
    expect(() => render(everything, { most: 3 })).toThrow(RangeError);
  });
});
