import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjust, type Correction } from "../../dist/statistics/adjust.js";
import { expectClose, oracle } from "./oracle.ts";

const corrections = ["bonferroni", "holm", "bh", "by"] as const;

const { cases } = oracle<{ cases: ({ name: string; pValues: number[] } & Record<Correction, number[]>)[] }>("adjust");

type RCase = { name: string; pValues: (number | null)[] } & Record<Correction, (number | null)[]>;

const { cases: casesOfR } = oracle<{ cases: RCase[] }>("adjust-r");

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

describe("adjusted p-values", () => {
  for (const expected of cases) {
    for (const correction of corrections) {
      it(`by ${correction} are those of the oracle: ${expected.name}`, () => {
        const found = adjust(expected.pValues, correction);
        expect(found.length).toBe(expected.pValues.length);
        for (const [k, value] of found.entries()) expectClose(value, expected[correction][k]!, 1e-14);
      });
    }
  }

  for (const expected of casesOfR) {
    for (const correction of corrections) {
      it(`by ${correction} are those of R's p.adjust: ${expected.name}`, () => {
        const found = adjust(expected.pValues, correction);
        expect(found.length).toBe(expected.pValues.length);
        for (const [k, value] of found.entries()) expectClose(value, expected[correction][k]!, 1e-14);
      });
    }
  }

  it("are Benjamini and Hochberg's unless asked for others", () => {
    expect(adjust([0.01, 0.02, 0.03])).toEqual(adjust([0.01, 0.02, 0.03], "bh"));
  });

  it("of nothing are nothing, and what was not tested neither counts nor changes", () => {
    for (const correction of corrections) {
      expect(adjust([], correction)).toEqual([]);
      expect(adjust([null, null], correction)).toEqual([null, null]);
      const [first, , second] = adjust([0.01, null, 0.2], correction);
      expect([first, second]).toEqual(adjust([0.01, 0.2], correction));
    }
  });

  it("refuse what is no probability", () => {
    for (const wrong of [-1e-9, 1.01, Number.NaN]) expect(() => adjust([0.5, wrong])).toThrow(RangeError);
  });

  it("never fall below the p-values, never exceed 1, keep their order, and do not depend on it", () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(...corrections), (values, correction) => {
        const before = values.slice();
        const found = adjust(values, correction) as number[];
        expect(values).toEqual(before);
        const order = values.map((_, k) => k).sort((a, b) => values[a]! - values[b]!);
        for (const [k, index] of order.entries()) {
          expect(found[index]!).toBeGreaterThanOrEqual(values[index]! * (1 - 1e-15));
          expect(found[index]!).toBeLessThanOrEqual(1);
          if (k > 0) expect(found[index]!).toBeGreaterThanOrEqual(found[order[k - 1]!]!);
        }
        const reversed = adjust(values.slice().reverse(), correction);
        expect(reversed.reverse()).toEqual(found);
      }),
    );
  });

  it("stand in the order bh, holm, bonferroni, and bh below by", () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const [bonferroni, holm, bh, by] = corrections.map((correction) => adjust(values, correction) as number[]);
        for (const k of values.keys()) {
          expect(holm![k]!).toBeLessThanOrEqual(bonferroni![k]!);
          expect(bh![k]!).toBeLessThanOrEqual(holm![k]! * (1 + 1e-15));
          expect(bh![k]!).toBeLessThanOrEqual(by![k]!);
        }
      }),
    );
  });
});
