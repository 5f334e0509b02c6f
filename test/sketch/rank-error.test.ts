import { describe, expect, it } from "vitest";
import { addQuantiles, emptyQuantiles } from "../../dist/sketch/quantile-sketch.js";
import { rankError } from "../../dist/sketch/rank-error.js";
import { sketchRank } from "../../dist/sketch/sorted-view.js";
import { randoms } from "./naive.ts";

/** P(Σ of `halvings[h]` times ±2^h ≥ t), by adding one after the other. */
function tail(halvings: readonly number[], t: number): number {
  let shares = new Map([[0, 1]]);
  halvings.forEach((many, h) => {
    for (let k = 0; k < many; k++) {
      const next = new Map<number, number>();
      for (const [sum, share] of shares) {
        for (const step of [-(2 ** h), 2 ** h]) next.set(sum + step, (next.get(sum + step) ?? 0) + share / 2);
      }
      shares = next;
    }
  });
  let sum = 0;
  for (const [value, share] of shares) if (value >= t) sum += share;
  return sum;
}

const with_ = (halvings: number[], count: number) => ({ ...emptyQuantiles(), count, halvings });

describe("rankError", () => {
  it("is no smaller than the exact tail of the sum asks for, and less than Hoeffding's bound", () => {
    for (const halvings of [[40], [8, 8, 8, 8], [100, 40, 12, 3, 1], [0, 0, 200], [3, 2, 60]]) {
      for (const confidence of [0.5, 0.99, 1 - 1e-9]) {
        const count = 4096;
        const certain = halvings.reduce((sum, many, h) => sum + many * 2 ** h, 0);
        const odds = (1 - confidence) / (2 * 4096);
        const t = rankError(with_(halvings, count), confidence) * count - 1;
        if (t + 1 >= certain) continue;
        expect(tail(halvings, t)).toBeLessThanOrEqual(odds);
        // Not much larger either: Chernoff's bound is off by a factor, which a few units make up for.
        expect(tail(halvings, 0.85 * t)).toBeGreaterThan(odds);
        const variance = halvings.reduce((sum, many, h) => sum + many * 4 ** h, 0);
        expect(t).toBeLessThan(Math.sqrt(2 * variance * Math.log(1 / odds)));
      }
    }
  });

  it("is certain where that is less: no sum of errors is larger", () => {
    expect(rankError(with_([3, 1, 0, 2], 1000))).toBe(21 / 1000);
    expect(rankError(with_([1], 1000))).toBe(1 / 1000);
    expect(rankError(with_([], 1000))).toBe(0);
    expect(rankError(emptyQuantiles())).toBe(0);
  });

  it("grows with the confidence that is asked for, and never says more than all", () => {
    const sketch = with_([50, 50, 50, 50], 100_000);
    const errors = [0.5, 0.9, 0.99, 0.999999, 1 - 1e-12].map((confidence) => rankError(sketch, confidence));
    expect(errors).toEqual(errors.slice().sort());
    expect(new Set(errors).size).toBe(5);
    expect(rankError(with_([2 ** 52, 2 ** 52], 5))).toBe(1);
    for (const wrong of [0, 1, -1, NaN]) expect(() => rankError(sketch, wrong)).toThrow(RangeError);
  });

  it("is of errors that are right on average and as large as they are counted", () => {
    const random = randoms(11);
    let sum = 0;
    let squares = 0;
    let counted = 0;
    const rounds = 2000;
    for (let round = 0; round < rounds; round++) {
      const sketch = emptyQuantiles(8);
      const values = Float64Array.from({ length: 3000 }, random);
      for (let from = 0; from < 3000; from += 100) addQuantiles(sketch, values.slice(from, from + 100).sort());
      const error = sketchRank(sketch, 0.4) * 3000 - values.filter((x) => x <= 0.4).length;
      sum += error;
      squares += error * error;
      counted += sketch.halvings.reduce((total, many, h) => total + many * 4 ** h, 0);
    }
    // A pair of halvings errs with probability 1/2 at a point of random data.
    expect(Math.abs(sum) / Math.sqrt(squares)).toBeLessThan(4);
    expect(squares / counted).toBeGreaterThan(0.4);
    expect(squares / counted).toBeLessThan(0.6);
  });
});
