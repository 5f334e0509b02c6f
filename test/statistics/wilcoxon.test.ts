import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../dist/source/sides.js";
import { wilcoxonTest } from "../../dist/statistics/wilcoxon.js";
import { expectClose, oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample, shapeNames } from "./samples.ts";

type Laws = { readonly asymptotic: Written; readonly uncorrected: Written; readonly exact?: Written };
type Found = { readonly statistic: number } & Record<"two-sided" | "less" | "greater", Laws>;
interface Case extends Record<"wilcoxon" | "pratt", Found> {
  readonly name: string;
  readonly reference: WrittenSample;
  readonly current: WrittenSample;
}

const { cases } = oracle<{ cases: Case[] }>("wilcoxon");
const alternatives = ["two-sided", "less", "greater"] as const;
const choices = ["wilcoxon", "pratt"] as const;

describe("Wilcoxon's signed-rank test", () => {
  for (const expected of cases) {
    it(`sums ranks and has both laws for every alternative: ${expected.name}`, () => {
      const [x, y] = [sampleOf(expected.reference), sampleOf(expected.current)];
      for (const zeros of choices) {
        for (const alternative of alternatives) {
          const { asymptotic, uncorrected, exact } = expected[zeros][alternative];
          const { statistic } = expected[zeros];
          const normally = wilcoxonTest(x, y, { alternative, zeros, method: "asymptotic" });
          expect(normally).toMatchObject({ statistic, method: "asymptotic", n: x.length });
          expectClose(normally.pValue, asymptotic, 1e-11);
          const plain = wilcoxonTest(x, y, { alternative, zeros, method: "asymptotic", continuity: false });
          expectClose(plain.pValue, uncorrected, 1e-11);
          const found = wilcoxonTest(x, y, { alternative, zeros });
          if (exact === undefined) expect(found).toEqual(normally);
          else {
            expect(found.method).toBe("exact");
            expectClose(found.pValue, exact, 1e-11);
            expect(wilcoxonTest(x, y, { alternative, zeros, method: "exact" })).toEqual(found);
          }
        }
      }
    });
  }

  it("sums the naive ranks of samples of every shape", () => {
    const shapes = fc.constantFrom(...shapeNames);
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 150 }), fc.integer(), (shape, n, seed) => {
        const [x, y] = [sample(shape, n, seed), sample(shape, n, seed + 1)];
        const d = Array.from(x, (value, k) => (value === y[k] ? 0 : value / 2 - y[k]! / 2)).filter(
          (value) => !Number.isNaN(value),
        );
        fc.pre(d.length > 0);
        for (const zeros of choices) {
          const ranked = d.filter((value) => value !== 0 || zeros === "pratt").map(Math.abs);
          const rankOf = (value: number) =>
            ranked.filter((other) => other < value).length + (ranked.filter((other) => other === value).length + 1) / 2;
          const positive = d.filter((value) => value > 0).reduce((sum, value) => sum + rankOf(value), 0);
          const negative = d.filter((value) => value < 0).reduce((sum, value) => sum + rankOf(-value), 0);
          const found = wilcoxonTest(x, y, { zeros });
          expect(found).toMatchObject({
            statistic: positive,
            n: d.length,
            zeros: d.filter((value) => value === 0).length,
          });
          expectClose(found.effect, positive + negative > 0 ? (positive - negative) / (positive + negative) : 0, 1e-14);
          const [greater, less] = [
            wilcoxonTest(x, y, { zeros, alternative: "greater" }),
            wilcoxonTest(y, x, { zeros, alternative: "less" }),
          ];
          expectClose(less.pValue, greater.pValue, 1e-12);
        }
      }),
    );
  });

  it("does not change under scaling, whatever overflows, nor with rows in another order", () => {
    const [x, y] = [sample("normal", 3000, 1), sample("normal", 3000, 2, 0.05)];
    const found = wilcoxonTest(x, y);
    for (const scale of [2 ** -600, 2 ** 1020]) {
      const scaled = [x, y].map((side) => side.map((value) => value * scale));
      expect(wilcoxonTest(scaled[0]!, scaled[1]!)).toEqual(found);
    }
    expect(wilcoxonTest(x.toReversed(), y.toReversed())).toEqual(found);
  });

  it("leaves rows out in which a side is missing, and counts them", () => {
    const found = wilcoxonTest([1, null, 3, Number.NaN, 5], [0, 1, null, 2, 7]);
    expect(found).toMatchObject({ statistic: 1, n: 2, missing: { rows: 5, null: 2, nan: 1 } });
  });

  it("of 64-bit integers beyond 2^53 ranks exact differences", () => {
    const far = 2n ** 60n;
    expect(wilcoxonTest(BigInt64Array.of(far + 1n, far + 5n), BigInt64Array.of(far, far + 3n)).statistic).toBe(3);
  });

  it("refuses columns of unequal length or without order, no pairs, and exact laws that take for ever", () => {
    expect(() => wilcoxonTest([1, 2], [1])).toThrow(
      "wilcoxonTest: paired rows need columns of equal length, got 2 and 1 rows",
    );
    expect(() => wilcoxonTest([null], [1])).toThrow(
      "wilcoxonTest: at least one row with a value on both sides is needed, got 0",
    );
    expect(() => wilcoxonTest(prepare([1, 2]), [1, 2])).toThrow(TypeError);
    for (const bad of [{ zeros: "split" }, { method: "best" }, { alternative: "more" }]) {
      expect(() => wilcoxonTest([1, 2], [3, 4], bad as object)).toThrow(RangeError);
    }
    const [x, y] = [sample("normal", 5000, 1), sample("normal", 5000, 2)];
    expect(() => wilcoxonTest(x, y, { method: "exact" })).toThrow("would take");
  });
});
