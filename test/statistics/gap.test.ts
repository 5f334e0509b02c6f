import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerNow } from "../../dist/source/plan.js";
import { prepare, withSides } from "../../dist/source/sides.js";
import { fullWalkPlan } from "../../dist/statistics/full-walk.js";
import { gapPlan, ratioOf } from "../../dist/statistics/gap.js";
import { largestGap } from "./naive.js";
import { sample, shapeNames, twoSamples } from "./samples.js";

type Input = Parameters<typeof withSides>[1];

const found = (reference: Input, current: Input) =>
  withSides("test", reference, current, (x, y) => {
    const { gap, location, n, m } = answerNow(gapPlan(), x, y);
    return { gap: Number(gap), location, n, m };
  });

const walked = (reference: Input, current: Input) =>
  withSides("test", reference, current, (x, y) => {
    const { gap, location, n, m } = answerNow(fullWalkPlan(), x, y);
    return { gap: Number(gap), location, n, m };
  });

describe("the largest gap", () => {
  it("is the naive one, with its sign and place, on small samples of every shape", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        const expected = largestGap(reference, current);
        fc.pre(expected.n > 0 && expected.m > 0);
        expect(found(reference, current)).toEqual(expected);
        expect(walked(reference, current)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  for (const shape of shapeNames) {
    it(`found by cells is the one a walk over everything finds: ${shape}`, () => {
      for (const [n, m] of [
        [20_000, 15_000],
        [40_000, 30],
        [30, 40_000],
      ] as const) {
        const reference = sample(shape, n, 1);
        const current = sample(shape, m, 2);
        const changed = reference.map((x, k) => (k % 100 === 0 ? current[k % m]! : x));
        for (const other of [current, changed, reference.slice()]) {
          const expected = walked(reference, other);
          expect(found(reference, other)).toEqual(expected);
          expect(found(prepare(reference), other)).toEqual(expected);
        }
      }
    });
  }

  it("of 64-bit integers that differ only beyond 2^53 is exact", () => {
    const far = 2n ** 60n;
    const reference = BigInt64Array.from({ length: 9000 }, (_, k) => far + BigInt(k));
    const current = BigInt64Array.from({ length: 9000 }, (_, k) => far + BigInt(k + 90));
    expect(found(reference, current)).toEqual({ gap: 90 * 9000, location: far + 89n, n: 9000, m: 9000 });
    expect(found(prepare(reference), current)).toEqual({ gap: 90 * 9000, location: far + 89n, n: 9000, m: 9000 });
  });

  it("of unsigned integers beyond 2^63 keeps their order", () => {
    const top = 2n ** 64n - 20_000n;
    const reference = BigUint64Array.from({ length: 9000 }, (_, k) => (k < 10 ? BigInt(k) : top + BigInt(k)));
    const current = BigUint64Array.from({ length: 9000 }, (_, k) => top + BigInt(k));
    expect(found(reference, current)).toEqual({ gap: 10 * 9000, location: 9n, n: 9000, m: 9000 });
  });

  it("mirrors when the sides are exchanged", () => {
    fc.assert(
      fc.property(twoSamples, ([reference, current]) => {
        const there = found(reference, current);
        const back = found(current, reference);
        expect(Math.abs(back.gap)).toBe(Math.abs(there.gap));
      }),
    );
  });
});

describe("the ratio of a gap", () => {
  it("is the nearest double also where n·m exceeds 2^53", () => {
    expect(ratioOf(-3n, 2, 5)).toBe(0.3);
    // 1/3 of 3·10^17, which no double holds exactly.
    expect(ratioOf(10n ** 17n, 300_000_000, 1_000_000_000)).toBe(1 / 3);
    expect(ratioOf(300_000_000n * 1_000_000_000n, 300_000_000, 1_000_000_000)).toBe(1);
  });
});
