import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../dist/render/display-width.js";
import { renderText } from "../../dist/render/text.js";
import { column, driftedColumn, everything, reportOf, unjudged } from "./fixture.ts";

const lines = (text: string) => text.trimEnd().split("\n");
const tableOf = (text: string) => text.split("\n\n")[0]!.split("\n");

describe("renderText", () => {
  it.each([80, 100, 200])("shows every status and severity in %i columns", async (width) => {
    await expect(renderText(everything, { width })).toMatchFileSnapshot(`golden/everything-${width}.txt`);
  });

  it("adds colours when asked for, and nothing else", async () => {
    const colourful = renderText(everything, { width: 100, colour: true });
    expect(stripVTControlCharacters(colourful)).toBe(renderText(everything, { width: 100 }));
    await expect(colourful).toMatchFileSnapshot("golden/everything-100-colour.txt");
  });

  it("writes no control character but line ends unless colours are asked for", () => {
    const report = reportOf([driftedColumn("\x1b]0;title\x07\n"), unjudged("b", "empty", "\x1b[2J")]);
    for (const width of [60, 80, 200]) expect(renderText(report, { width })).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it("stays within the width from 80 columns on, wide characters and long names included", () => {
    for (let width = 80; width <= 240; width += 5) {
      const longest = Math.max(...lines(renderText(everything, { width })).map(displayWidth));
      expect(longest, `${width}`).toBeLessThanOrEqual(width);
    }
  });

  it("starts the verdicts of all lines in one terminal cell", () => {
    for (const width of [80, 100, 150, 200]) {
      const [head = "", ...rows] = tableOf(renderText(everything, { width }));
      const at = displayWidth(head.slice(0, head.indexOf("verdict")));
      const starts = rows.map((row) => /(?:drift|possible|–)(?!.*(?: {2}|^)(?:drift|possible|–))/.exec(row));
      const found = starts.map((match, k) => displayWidth(rows[k]!.slice(0, match?.index)));
      expect(new Set(found), `${width}`).toEqual(new Set([at]));
    }
  });

  it("has one line a column", () => {
    expect(tableOf(renderText(everything, { width: 80 }))).toHaveLength(1 + Object.keys(everything.columns).length);
  });

  it("gives the whole reason where there is room", () => {
    const wide = renderText(everything, { width: 200 });
    for (const { reason } of Object.values(everything.columns)) expect(wide).toContain(reason);
  });

  it("cuts a reason that is longer than any other", () => {
    const report = reportOf([column("a"), unjudged("b", "unsupported", "x".repeat(500))]);
    expect(renderText(report, { width: 200 })).toContain(`${"x".repeat(83)}…\n`);
  });

  it("says what short names stand for, where it uses them", () => {
    expect(renderText(everything, { width: 80 })).toContain("AD: Anderson-Darling; χ²: chi-square;");
    expect(renderText(everything, { width: 200 })).not.toContain("AD: ");
  });

  it("ends with the dataset's verdict, its reason and the columns that made it", () => {
    const drift = renderText(reportOf([driftedColumn("a"), driftedColumn("b"), column("c")]));
    expect(drift).toContain("\nDataset: drift. 2 of 3 judged columns drifted.\n  drifted:  a, b\n");
    const none = renderText(reportOf([column("a")]));
    expect(none).toContain("\nDataset: no drift. 0 of 1 judged columns drifted.\n\n");
  });

  it("breaks long lists of columns between names", () => {
    const report = reportOf(Array.from({ length: 40 }, (_, k) => driftedColumn(`column ${k}`)));
    const list = renderText(report, { width: 80 }).split("drifted:  ")[1]!.split("\n\n")[0]!;
    expect(list.split("\n").length).toBeGreaterThan(4);
    expect(list.split(/,\s+/)).toEqual(Object.keys(report.columns));
  });

  it("says so when nothing could be judged, and shows a report without columns", () => {
    const reason = "no column could be judged";
    const text = renderText(reportOf([unjudged("a", "empty", "no values in current")], { reason }));
    expect(text).toContain("Dataset: not judged. No column could be judged.\n");
    expect(renderText(reportOf([], { reason }))).toBe(
      "Dataset: not judged. No column could be judged.\n\n508,239 reference rows, 1 current row\n",
    );
  });

  it("says what changed, a line a column, and names the rest together", () => {
    const changed = driftedColumn("delay");
    const report = reportOf([
      { ...changed, change: "mean rose by 0.8 σ (3.26 → 9.04)" },
      driftedColumn("distance"),
      driftedColumn("price"),
      column("psi", { severity: "unresolved", reason: "more resamples are needed" }),
    ]);
    const text = renderText(report, { width: 100 });
    expect(text).toContain("  drifted:  delay: mean rose by 0.8 σ (3.26 → 9.04)\n            distance, price\n");
    expect(text).toContain("  unresolved: psi\n");
    expect(text).toMatch(/psi .* unresolved/);
    const long = reportOf([{ ...changed, change: "x".repeat(300) }]);
    expect(Math.max(...lines(renderText(long, { width: 100 })).map(displayWidth))).toBe(100);
    const many = reportOf(
      Array.from({ length: 50 }, (_, k) => ({ ...driftedColumn(`c${k}`), change: "spread grew × 2" })),
    );
    expect(renderText(many, { width: 100 }).match(/: spread grew/g)).toHaveLength(20);
  });

  it("warns, and tells the false alarms to expect, in lines that fit", () => {
    const plain = reportOf([column("a")]);
    const reason = "at most 0.5 % of comparisons of unchanged tables call any column drifted: 43.8 of 8,766 a year";
    const falseAlarms = { ...plain.falseAlarms, reason };
    const report = { ...plain, warnings: [`a: ${"too small ".repeat(20)}\x1b[2J`, "b: so-so"], falseAlarms };
    const text = renderText(report, { width: 80 });
    expect(text).toContain("Warning: a: too small");
    expect(text).toContain("Warning: b: so-so.\n");
    expect(text).not.toContain("\x1b");
    expect(text.replaceAll("\n", " ")).toContain(`A${reason.slice(1)}.`);
    expect(Math.max(...lines(text).map(displayWidth))).toBeLessThanOrEqual(80);
    const unbounded = { ...report, falseAlarms: { ...falseAlarms, perComparison: null } };
    expect(renderText(unbounded, { width: 80 })).not.toContain("At most");
  });

  it("shows a name that is empty", () => {
    const text = renderText(reportOf([driftedColumn(""), driftedColumn("b")]), { width: 100 });
    expect(text).toMatch(/^"" +AD/m);
    expect(text).toMatch(/^ {2}drifted: {2}"", b$/m);
  });

  it("is not judged by weights that are all 0, unless any column is enough", () => {
    const verdictOf = (changes: object) => renderText(reportOf([driftedColumn("a")], { share: null, ...changes }));
    expect(verdictOf({ drifted: false })).toContain("Dataset: not judged. ");
    expect(verdictOf({ drifted: true, rule: "any", threshold: null })).toContain("Dataset: drift. ");
  });

  it("breaks a verdict that is wider than the lines may be", () => {
    const report = reportOf([driftedColumn("a")], { reason: "word ".repeat(40).trim() });
    for (const colour of [false, true]) {
      const text = stripVTControlCharacters(renderText(report, { width: 80, colour }));
      expect(Math.max(...lines(text).map(displayWidth))).toBeLessThanOrEqual(80);
      expect(text).toMatch(/^Dataset: drift\. Word word/m);
    }
  });

  it("shows two numbers apart", () => {
    const close = column("a", { effect: 0.039999, effects: [{ name: "ks", value: 0.039999, threshold: 0.04 }] });
    expect(renderText(reportOf([close]), { width: 100 })).toContain("ks 0.039999 < 0.04");
  });

  it("says which pairs of columns go together in another way", () => {
    const pair = (name: string, drifted: boolean, current: number) => ({
      ...{ method: "pearson" as const, columns: ["price", name] as const, reference: 0.81, current },
      ...{ rows: { reference: 100, current: 100 }, pValue: 1e-9, adjustedPValue: 1.2e-9, drifted },
    });
    const pairs = [
      ...Array.from({ length: 22 }, (_, k) => pair(k === 0 ? "a\nb" : `c${k}`, true, -0.02)),
      pair("z", false, 0.8),
    ];
    const correlations = { drifted: 22, tested: 23, threshold: 0.25, level: 0.005, pairs };
    const text = renderText({ ...reportOf([column("price")]), correlations }, { width: 80 });
    expect(text).toContain("Correlations: 22 of 23 coefficients changed (by 0.25 or more, p ≤ 0.005).\n");
    expect(text).toContain("  price ~ a␊b: 0.81 → -0.02 (Pearson)\n");
    expect(text).toContain("  … and 2 more\n");
    expect(text).not.toContain("price ~ z");
  });

  it("finds room for a verdict that is not resolved", () => {
    const long = driftedColumn("c7", 0.872, "unresolved");
    const effects = [{ name: "wasserstein/std", value: 0.872, threshold: 0.1 }];
    const text = renderText(reportOf([{ ...long, effects, effectName: "wasserstein/std", threshold: 0.1 }]), {
      width: 80,
    });
    expect(Math.max(...lines(text).map(displayWidth))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^c7 .*unresolved$/m);
  });

  it("lists the pairs of columns that go together in another way, each with all its coefficients", () => {
    const pair = (
      method: "pearson" | "spearman",
      columns: readonly [string, string],
      current: number,
      drifted = true,
    ) => ({
      ...{ method, columns, reference: 0.82, current, drifted },
      ...{ rows: { reference: 100, current: 100 }, pValue: 1e-9, adjustedPValue: 1e-8 },
    });
    const price = ["price", "area"] as const;
    const correlations = {
      ...{ drifted: 3, tested: 4950, threshold: 0.25, level: 0.005 },
      pairs: [
        pair("pearson", price, 0.31),
        pair("spearman", price, -0.001),
        pair("pearson", ["a\n", "b"], 0),
        pair("pearson", ["c", "d"], 0.5, false),
      ],
    };
    const report = { ...reportOf([column("price")]), correlations };
    const text = renderText(report);
    expect(text).toContain(
      "Correlations: 3 of 4,950 coefficients changed (by 0.25 or more, p ≤ 0.005).\n" +
        "  price ~ area: 0.82 → 0.31 (Pearson), 0.82 → 0.00 (Spearman)\n",
    );
    expect(text).not.toContain("c ~ d");
    expect(lines(text).every((line) => displayWidth(line) <= 100)).toBe(true);
    const many = Array.from({ length: 30 }, (_, k) => pair("pearson", [`x${k}`, "y"], 0));
    const long = renderText({ ...report, correlations: { ...correlations, drifted: 30, pairs: many } });
    expect(long).toContain("x19 ~ y");
    expect(long).not.toContain("x20 ~ y");
    expect(long).toContain("… and 10 more");
    const none = { ...correlations, drifted: 0, pairs: [] };
    expect(renderText({ ...report, correlations: none })).toContain("Correlations: 0 of 4,950 coefficients changed");
    expect(renderText(reportOf([column("price")]))).not.toContain("Correlations");
  });

  it("shows between which numbers lies what is not exact", () => {
    const bounded = (interval: readonly [number, number], adjustedPValue: readonly [number, number]) => {
      const effects = [{ name: "ks", value: interval[0], threshold: 0.04, interval }];
      const changes = { effects, effect: interval[0], exact: false, bounds: { adjustedPValue } };
      const [, row = ""] = tableOf(renderText(reportOf([column("a", changes)]), { width: 110 }));
      return row.replaceAll(/ +/g, " ");
    };
    expect(bounded([0.01, 0.02], [0.2, 0.9])).toMatch(/^a anderson-darling 0.432 0.2–0.9 ks 0.01–0.02 < 0.04 /);
    expect(bounded([0.031, 0.0456], [1e-9, 1e-5])).toMatch(/ 1.0e-9–1.0e-5 ks 0.031–0.0456 ~ 0.04 /);
    expect(bounded([0.05, 0.05000001], [0.3, 0.3])).toMatch(/ 0.432 0.3 ks 0.05 ≥ 0.04 /);
  });
});
