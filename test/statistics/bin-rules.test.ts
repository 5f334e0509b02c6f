import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import type { WidthRule } from "../../dist/statistics/bin-rules.js";
import { histogram } from "../../dist/statistics/histogram.js";
import { jensenShannon } from "../../dist/statistics/jensen-shannon.js";
import { psi } from "../../dist/statistics/psi.js";
import { expectClose, oracle, sampleOf, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

interface Case {
  name: string;
  rule: WidthRule;
  counts: number[];
  ends: [number, number];
  density: number[];
}

const { cases, samples } = oracle<{ cases: Case[]; samples: Record<string, WrittenSample> }>("bin-rules");
const rules = ["sturges", "doane", "scott", "fd"] as const;

describe("a histogram by a rule", () => {
  for (const { name, rule, counts, ends, density } of cases) {
    it(`has the bins and densities of numpy.histogram, ${rule}: ${name}`, () => {
      const column = sampleOf(samples[name]!);
      for (const input of [column, prepare(column), Array.from(column)]) {
        const found = histogram(input, { bins: rule, density: true });
        expect(found.counts).toEqual(counts);
        expect([found.edges[0], found.edges.at(-1)]).toEqual(ends);
        density.forEach((wanted, k) => {
          if (wanted === 0) expect(found.density![k]).toBe(0);
          else expectClose(found.density![k]!, wanted, 1e-12, "density");
        });
      }
    });
  }

  it("has at least one bin whatever the values, or says that it would need too many", () => {
    for (const shape of shapeNames) {
      for (const rule of [...rules, "quantile"] as const) {
        const column = sample(shape, 500, 7);
        try {
          const { counts, under, over, missing } = histogram(column, { bins: rule });
          const inside = counts.reduce((sum, count) => sum + count, 0);
          expect(inside + under + over).toBe(missing.rows - missing.nan);
          expect(counts.length).toBeGreaterThanOrEqual(1);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }
  });

  it("by quantiles has equally many values in each bin, and one bin around a constant", () => {
    const found = histogram(
      Array.from({ length: 1000 }, (_, k) => (k * 7) % 1000),
      { bins: "quantile" },
    );
    expect(found.counts).toEqual(Array(10).fill(100));
    expect(histogram([3, 3, 3], { bins: "quantile" })).toMatchObject({ counts: [3], edges: [2.5, 3.5] });
    expect(histogram([], { bins: "quantile", density: true })).toMatchObject({ counts: [0], density: [null] });
  });

  it("refuses rules that are none, and a rule with a range", () => {
    expect(() => histogram([1, 2], { bins: "auto" as "fd" })).toThrow(RangeError);
    expect(() => histogram([1, 2], { bins: "fd", range: [0, 1] })).toThrow(RangeError);
  });

  it("gives psi and jensenShannon the same bins", () => {
    const [x, y] = [sample("normal", 800, 1), sample("normal", 300, 2, 0.5)];
    for (const rule of ["doane", "scott", "fd"] as const) {
      const { edges } = histogram(x, { bins: rule });
      expect(psi(x, y, { bins: rule }).distance).toBe(psi(x, y, { bins: edges }).distance);
      expect(jensenShannon(x, y, { bins: rule }).distance).toBe(jensenShannon(x, y, { bins: edges }).distance);
    }
  });
});
