import { stripVTControlCharacters } from "node:util";
import { renderText } from "smirnov/render";
import { describe, expect, it } from "vitest";
import type { ModelQualityReport } from "../../dist/drift/model-quality-report.js";
import { displayWidth } from "../../dist/render/display-width.js";
import { column, reportOf } from "./fixture.ts";
import { columnQuality, estimated, noChange, qualityOf, regressionModel, tableQuality } from "./quality-fixture.ts";

const plain = reportOf([column("price")]);
const withQuality = { ...plain, quality: qualityOf("price"), modelQuality: regressionModel("price") };
const section = (text: string, name: string) => text.split(`\n${name}:`)[1]?.split("\n\n")[0];

describe("renderText of quality", () => {
  it.each([80, 120])("shows what is notable, and a model's metrics, in %i columns", async (width) => {
    await expect(renderText(withQuality, { width })).toMatchFileSnapshot(`golden/quality-${width}.txt`);
  });

  it("adds colours when asked for, and nothing else", () => {
    const colourful = renderText(withQuality, { width: 100, colour: true });
    expect(stripVTControlCharacters(colourful)).toBe(renderText(withQuality, { width: 100 }));
    const [line = ""] = colourful.split("\n").filter((one) => one.includes("mean absolute error"));
    expect(line.startsWith("\x1b[31m  mean absolute error")).toBe(true);
  });

  it("says so where nothing is notable, and nothing where quality was not asked for", () => {
    const table = tableQuality({ price: columnQuality() });
    const unnoted = { reference: table, current: table, changes: { price: noChange } };
    expect(renderText({ ...plain, quality: unnoted })).toContain("\n\nQuality: nothing notable.\n\n");
    expect(renderText(plain)).not.toMatch(/Quality|Model/);
  });

  it("puts what changed most first, names ten columns and counts the rest", () => {
    const columns = (missing: (k: number) => number) =>
      Object.fromEntries(Array.from({ length: 13 }, (_, k) => [`c${k}`, columnQuality({ null: missing(k) })]));
    const reference = tableQuality(columns(() => 5));
    const current = tableQuality(columns((k) => 5 + 10 * k));
    const text = section(
      renderText({ ...plain, quality: { reference, current, changes: {} } }, { width: 300 }),
      "Quality",
    );
    expect(text).toMatch(/^\n {2}missing: c12 0\.5 % → 12 \d?%|^\n {2}missing: c12 0\.5 % → 1[23] %/);
    expect(text).toMatch(/c11 .*, c3 0\.5 % → 3\.5 %, … and 3 more$/);
  });

  it("does not tell that current points in time are later, only that some are earlier", () => {
    const table = tableQuality({ day: { ...columnQuality(), kind: "temporal" } });
    const told = (below: number) => {
      const outOfRange = { below, above: 900, share: (900 + below) / 1000, rows: null };
      const changes = { day: { ...noChange, outOfRange } } as never;
      return renderText({ ...plain, quality: { reference: table, current: table, changes } });
    };
    expect(told(0)).toContain("Quality: nothing notable.");
    expect(section(told(2), "Quality")).toContain("out of range: day 90 % (2 below, 900 above)");
  });

  it("tells duplicated rows that are not known of one side, and rows of no side", () => {
    const [one, other] = [tableQuality({}, { duplicatedRows: null }), tableQuality({}, { duplicatedRows: 5 })];
    const text = renderText({ ...plain, quality: { reference: one, current: other, changes: {} } });
    expect(section(text, "Quality")).toBe("\n  duplicated rows: unknown → 5 (0.5 %)");
    const unknown = { reference: one, current: one, changes: {} };
    expect(renderText({ ...plain, quality: unknown })).toContain("Quality: nothing notable.");
  });

  it("counts a column that is missing on a side, with a name that means something to JavaScript", () => {
    const reference = tableQuality({});
    const current = tableQuality({ toString: columnQuality({ nan: 100, value: 900 }) });
    const text = renderText({ ...plain, quality: { reference, current, changes: {} } });
    expect(section(text, "Quality")).toBe("\n  missing: toString – → 10 %");
  });

  it("stays within the width, long names included", () => {
    const long = {
      ...plain,
      quality: qualityOf("地域 ".repeat(30)),
      modelQuality: regressionModel("地域 ".repeat(30)),
    };
    for (let width = 80; width <= 160; width += 10) {
      const widest = Math.max(...renderText(long, { width }).split("\n").map(displayWidth));
      expect(widest).toBeLessThanOrEqual(width);
    }
  });
});

describe("renderText of a model", () => {
  it("says why a side has no metrics", () => {
    const reasons = { reference: "", current: 'the current side has no value of "y" yet' };
    const one = { ...regressionModel("y"), current: null, reasons, differences: {}, worse: [] } as ModelQualityReport;
    const text = renderText({ ...plain, modelQuality: one });
    expect(text).toContain("\nModel: regression of y, 900 → 0 rows.\n");
    expect(text).toMatch(/^ {2}mean absolute error +1 \[0\.95, 1\.05\] +– +–$/m);
    expect(text).toContain('\n  The current side has no value of "y" yet.\n');
    const none = renderText({ ...plain, modelQuality: { ...one, reference: null } as ModelQualityReport });
    expect(none).toContain('\n\nModel: regression of y, 0 → 0 rows.\n  The current side has no value of "y" yet.\n\n');
  });

  it("calls worse what the report does, and better what rose beyond chance where more is better", () => {
    const lineOf = (name: string, differences: ModelQualityReport["differences"], worse: readonly string[]) => {
      const report = { ...plain, modelQuality: { ...regressionModel("y"), differences, worse } };
      return renderText(report)
        .split("\n")
        .find((line) => line.startsWith(`  ${name} `));
    };
    const r2 = (low: number, high: number) => ({ r2: estimated((low + high) / 2, [low, high]) });
    expect(lineOf("R²", r2(0.1, 0.3), [])).toMatch(/\+0\.2 \[0\.1, 0\.3\] better$/);
    expect(lineOf("R²", r2(-0.1, 0.3), [])).toMatch(/\+0\.1 \[-0\.1, 0\.3\]$/);
    expect(lineOf("R²", r2(-0.3, -0.1), ["r2"])).toMatch(/-0\.2 \[-0\.3, -0\.1\] worse$/);
    const error = { meanAbsoluteError: estimated(-0.5, [-0.6, -0.4]) };
    expect(lineOf("mean absolute error", error, [])).toMatch(/ better$/);
    const bias = { meanError: estimated(-0.5, [-0.6, -0.4]) };
    expect(lineOf("mean error", bias, [])).not.toMatch(/better|worse/);
  });
});
