import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plot, sparkline, thinned } from "../../dist/render/plot.js";

describe("a row of blocks", () => {
  it("has a block for each value, from low and below to high and above", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8, -5, 99], 20, 0, 8)).toBe("▁▂▃▄▅▆▇██▁█");
    expect(sparkline([1, null, 3], 20, 0, 4)).toBe("▃·▇");
    expect(sparkline([5, 5], 20, 5, 5)).toBe("▁▁");
    expect(sparkline([], 20, 0, 1)).toBe("");
  });

  it("keeps the furthest of neighbours that share a cell", () => {
    expect(thinned([1, 9, 2, 3, null, null, -7, 4], 4, 0)).toEqual([9, 3, null, -7]);
    const value = fc.option(fc.integer({ min: -9, max: 9 }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (values, width) => {
        const cells = thinned(values, width, 0);
        expect(cells).toHaveLength(Math.min(values.length, width));
        const furthest = (some: readonly (number | null)[]) =>
          Math.max(-1, ...some.flatMap((x) => (x === null ? [] : Math.abs(x))));
        expect(furthest(cells)).toBe(furthest(values));
      }),
    );
  });
});

describe("a plot", () => {
  it("stacks blocks, eight steps a row", () => {
    const lines = plot([0, 4, 8, null, 15.9, -3], { width: 10, height: 2, low: 0, high: 16 });
    expect(lines).toEqual(["  ▁ █ ", "▁▅█·█▁"]);
  });

  it("is as high as it is told, and each column is filled from below", () => {
    const value = fc.option(fc.double({ min: -1, max: 9, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        (values, height) => {
          const lines = plot(values, { width: 30, height, low: 0, high: 8 });
          expect(lines).toHaveLength(height);
          for (const [k, one] of values.entries()) {
            const column = lines.map((line) => line[k]).join("");
            expect(column).toMatch(one === null ? /^ *·$/ : /^ *[▁▂▃▄▅▆▇█]█*$/);
          }
        },
      ),
    );
  });
});
