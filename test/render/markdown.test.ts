import { renderMarkdown } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { column, driftedColumn, everything, reportOf } from "./fixture.ts";
import { elementsOf } from "./markdown-html.ts";
import { checkResult, everyResult, qualityOf, regressionModel, suiteResult } from "./quality-fixture.ts";

const names = { reference: "monday.csv", current: "tuesday.csv" };

describe("renderMarkdown", () => {
  it("begins with the verdict, or with that of the checks", () => {
    expect(renderMarkdown(everything, { names })).toMatch(
      /^\*\*No drift\.\*\* 2 of 7 judged columns drifted\. `monday\.csv` → `tuesday\.csv`\.\n/,
    );
    expect(renderMarkdown(reportOf([driftedColumn("a")]))).toMatch(/^\*\*Drift\.\*\* /);
    expect(renderMarkdown(reportOf([]))).toMatch(/^\*\*Not judged\.\*\* /);
    expect(renderMarkdown(everything, { checks: everyResult })).toMatch(
      /^\*\*Checks failed\.\*\* 1 failed, 1 could not be told, 1 warned, 1 skipped, 1 passed \(`prices`\)\.\n\n\*\*No drift/,
    );
    const passed = suiteResult([checkResult("pass")], null);
    expect(renderMarkdown(everything, { checks: passed })).toMatch(/^\*\*Checks passed\.\*\* 1 passed\.\n/);
  });

  it("says under the verdict which columns vanished, appeared or are of another type", () => {
    expect(renderMarkdown(everything)).toContain(
      "\n\n**Vanished:** `is missing-in-current` · **Appeared:** `is missing-in-reference` · **New type:** `is type-changed`\n\n| column",
    );
    expect(renderMarkdown(everything)).toMatch(/^\| `is missing-in-current` \| vanished \|/m);
    expect(renderMarkdown(reportOf([column("a")]))).not.toMatch(/Vanished|Appeared|New type/);
    const gone = Array.from({ length: 12 }, (_, k) =>
      column(`c${k}`, { status: "missing-in-current", severity: "none" }),
    );
    expect(renderMarkdown(reportOf(gone))).toContain("`c9`, … (12 in all)\n");
  });

  it("shows what drifted, may have, or is another table, and folds the rest", () => {
    const source = renderMarkdown(everything);
    const [open = "", folded = ""] = source.split("<details>");
    const rows = (text: string) => Array.from(text.matchAll(/^\| `([^`]*)` \|/gm), ([, name]) => name);
    expect(rows(open)).toEqual([
      ...["delay", "地域", "distance"],
      ...["is missing-in-reference", "is missing-in-current", "is type-changed"],
    ]);
    expect(rows(folded)).toHaveLength(Object.keys(everything.columns).length - 6);
    expect(folded).toMatch(/^\n<summary>11 other columns<\/summary>\n\n\| column /);
    expect(folded).toContain("\n\n</details>\n");
    const { html } = elementsOf(source);
    expect(html.match(/<table>/g)).toHaveLength(2);
    expect(html.match(/<tr>/g)).toHaveLength(2 + Object.keys(everything.columns).length);
  });

  it("lists failures first, then what could not be told, warnings and what was skipped", () => {
    const source = renderMarkdown(everything, { checks: everyResult });
    const found = Array.from(source.matchAll(/^\| (?:\*\*)?(fail|error|warn|skip|pass)/gm), ([, status]) => status);
    expect(found).toEqual(["fail", "error", "warn", "skip"]);
    expect(source).toContain("should be ≤ 0.05; rows 3, 17, 22, … (12 in all) |");
  });

  it("tells what is notable of both tables, of segments and of the model", () => {
    const { columns, dataset } = reportOf([driftedColumn("a"), column("b")]);
    const segment = { values: { c: "x" }, status: "ok" as const, reason: "", share: { reference: 1, current: 1 } };
    const rows = { reference: 1200, current: 30 };
    const quiet = { ...dataset, driftedColumns: 0, possibleColumns: 0 };
    const source = renderMarkdown({
      ...reportOf([driftedColumn("a")]),
      quality: qualityOf("price"),
      modelQuality: regressionModel("y"),
      segments: {
        "c=x": { ...segment, rows, dataset, columns },
        "c=y": { ...segment, rows, dataset: quiet, columns: {} },
        "c=z": { ...segment, status: "new", rows, dataset: quiet, columns: {} },
      },
    });
    expect(source).toContain("| `c=x` | 1,200 → 30 | 1 of 2 drifted | `a` |\n| `c=z` | 1,200 → 30 | new |  |\n");
    expect(source).toContain("\n1 segment without drift.\n");
    expect(source).toContain("\n- **missing:** `price` 0 % → 12 %\n");
    expect(source).toContain("\n- **duplicated columns:** `price` = `steady` (current)\n");
    expect(source).toContain("\nModel: regression of `y`, 900 → 900 rows, 95 % intervals.\n");
    expect(source.slice(0, source.indexOf("\n| "))).toContain("\n\n**The model became worse:** mean absolute error.\n");
    expect(source).toContain(
      "| mean absolute error | 1 &#91;0.95, 1.05&#93; | 1.5 &#91;1.45, 1.55&#93; | +0.5 &#91;0.43, 0.57&#93; **worse** |",
    );
  });

  it("ends with how it was computed, in a line", () => {
    expect(renderMarkdown(everything).trimEnd().split("\n").at(-1)).toBe(
      "<sub>508,239 reference rows, 1 current row · p: adjusted for 7 columns (Benjamini-Hochberg) · drift ≤ 0.005, " +
        "possible ≤ 0.05 · at most 0.5 % of comparisons of unchanged tables call any column drifted · Smirnov 0.1.0</sub>",
    );
  });

  it("shows as many rows of a table as it is told, and counts the others", () => {
    const report = reportOf([
      ...Array.from({ length: 70 }, (_, k) => driftedColumn(`d${k}`)),
      ...Array.from({ length: 9 }, (_, k) => column(`c${k}`)),
    ]);
    const rows = (most?: number) => renderMarkdown(report, most === undefined ? {} : { most }).match(/^\| `/gm)?.length;
    expect(rows()).toBe(59);
    expect(rows(5)).toBe(10);
    const source = renderMarkdown(report, { most: 5 });
    expect(source).toContain("\n\n… and 65 more columns to look at.\n");
    expect(source).toContain("\n\n… and 4 more columns.\n\n</details>");
  });

  it("never is longer than a comment may be, and says so where it was cut", () => {
    const text = (k: number) => `${k} ${"<>|".repeat(40)}`;
    const columns = Array.from({ length: 3000 }, (_, k) => ({ ...driftedColumn(text(k)), change: text(k) }));
    const report = reportOf(columns);
    for (const most of [10, 400, 3000]) {
      const checks = suiteResult(columns.map(({ column: name }) => checkResult("fail", { name, reason: name })));
      const source = renderMarkdown(report, { most, checks, names: { reference: text(0), current: text(1) } });
      expect(source.length).toBeLessThanOrEqual(65_536);
      expect(source.includes("**Cut here:**")).toBe(most > 10);
      expect(source.trimEnd()).toMatch(/<\/sub>$/);
      const { html } = elementsOf(source);
      expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
    }
  });

  it("names codes with what they hold, whatever that is", () => {
    const { html } = elementsOf(
      renderMarkdown(reportOf(["a|b", "a\\|b", "`x`", " ` "].map((name) => driftedColumn(name)))),
    );
    const cells = Array.from(html.matchAll(/<tr>\n<td><code>(.*?)<\/code>/g), ([, cell]) => cell);
    expect(cells).toEqual(["a|b", "a\\|b", "`x`", " ` "]);
  });

  it("refuses what it cannot render", () => {
    const render = renderMarkdown as (report: unknown, options?: unknown) => string;
    expect(() => render({})).toThrow(new TypeError("renderMarkdown: a report of compare is needed, got an object"));
    expect(() => render(everything, { most: 0 })).toThrow(RangeError);
    expect(() => render(everything, { names: { reference: "a" } })).toThrow(
      new TypeError("renderMarkdown: names must have a text for current, got undefined"),
    );
    expect(() => render(everything, { checks: {} })).toThrow("renderMarkdown: the result of check is needed, got");
    expect(() => render(everything, { check: everyResult })).toThrow(RangeError);
  });
});
