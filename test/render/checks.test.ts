import { stripVTControlCharacters } from "node:util";
import { renderChecks } from "smirnov/render";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../dist/render/display-width.js";
import { checkResult, everyResult, suiteResult } from "./quality-fixture.ts";

describe("renderChecks", () => {
  it.each([80, 120])(
    "shows failures first, then errors, warnings and what was skipped, in %i columns",
    async (width) => {
      await expect(renderChecks(everyResult, { width })).toMatchFileSnapshot(`golden/checks-${width}.txt`);
    },
  );

  it("adds colours when asked for, and nothing else", async () => {
    const colourful = renderChecks(everyResult, { width: 80, colour: true });
    expect(stripVTControlCharacters(colourful)).toBe(renderChecks(everyResult, { width: 80 }));
    await expect(colourful).toMatchFileSnapshot("golden/checks-80-colour.txt");
  });

  it("is a line where everything passed, or nothing was checked", () => {
    const passed = suiteResult(
      Array.from({ length: 1200 }, () => checkResult("pass")),
      null,
    );
    expect(renderChecks(passed)).toBe("Checks: passed. 1,200 passed.\n");
    expect(renderChecks(suiteResult([]))).toBe("Checks of prices: passed. Nothing was checked.\n");
  });

  it("stays within the width, wide characters included", () => {
    const reason = "地域".repeat(3).concat(" ").repeat(30);
    const result = suiteResult([checkResult("fail", { name: "地域 ".repeat(50), reason }), checkResult("warn")]);
    for (let width = 60; width <= 160; width += 10) {
      const lines = renderChecks(result, { width }).split("\n");
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    }
  });

  it("does not say twice what a name was made of", () => {
    const made = { name: "missing share of price ≤ 0.05", expected: "≤ 0.05" };
    const own = { ...made, name: "prices are there" };
    const text = renderChecks(suiteResult([checkResult("fail", made), checkResult("fail", own)]), { width: 200 });
    expect(text).toContain("\nfail   missing share of price is 0.12, should be ≤ 0.05\n");
    expect(text).toContain("\nfail   prices are there: missing share of price is 0.12, should be ≤ 0.05\n");
  });

  it("counts what is too much to show", () => {
    const many = suiteResult(Array.from({ length: 103 }, (_, k) => checkResult("fail", { name: `check ${k}` })));
    const lines = renderChecks(many, { width: 200 }).trimEnd().split("\n");
    expect(lines).toHaveLength(2 + 100 + 1);
    expect(lines.at(-1)).toBe("       … and 3 more checks like it");
  });

  it("refuses what it cannot render", () => {
    const render = renderChecks as (result: unknown) => string;
    expect(() => render(undefined)).toThrow(
      new TypeError("renderChecks: the result of check is needed, got undefined"),
    );
  });
});
