import { describe, expect, it } from "vitest";
import { changeOf } from "../../dist/render/change.js";
import { column, driftedColumn, everything } from "./fixture.ts";

const side = { mean: 3.264, standardDeviation: 2, min: 0, max: 9 };
const between = (reference: typeof side, current: typeof side) => ({ summary: { reference, current } });

describe("what moved in a column", () => {
  it("is its mean", () => {
    expect(changeOf({ ...driftedColumn("a"), ...between(side, { ...side, mean: -9.0391 }) })).toBe("mean 3.26 → -9.04");
  });

  it("is its spread, where the mean reads the same", () => {
    const wider = { ...side, mean: 3.2641, standardDeviation: 3 };
    expect(changeOf({ ...driftedColumn("a"), ...between(side, wider) })).toBe("sd 2 → 3");
  });

  it("is the share of nulls, where the verdict is about them", () => {
    expect(changeOf(everything.columns.地域!)).toBe("nulls 0 % → 40 %");
  });

  it("is nothing that can be said in a number of categories, or of equal summaries", () => {
    expect(changeOf(column("a", { summary: null }))).toBe("");
    expect(changeOf(driftedColumn("a"))).toBe("");
  });
});
