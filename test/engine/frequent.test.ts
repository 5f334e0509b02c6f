import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finishFrequent, frequentOn, startFrequent } from "../../dist/engine/frequent.js";
import type { Values } from "../../dist/engine/grid.js";
import { withScratch } from "../../dist/engine/workspace.js";

/** Ten that occur more than once, most frequent first, then the smallest. */
function naive(values: readonly (number | bigint)[]) {
  const counts = new Map<number | bigint, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const listed = [...counts].map(([value, count]) => ({ value, count })).filter(({ count }) => count > 1);
  listed.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return { distinct: counts.size, mostCommon: listed.slice(0, 10) };
}

function found(...parts: Values[]) {
  const known = parts.reduce((state, part) => frequentOn(state, part), startFrequent());
  return { ...finishFrequent(known, parts[0] ?? new Float64Array(0)), whole: known.whole };
}

/** Runs of chosen lengths, so that ties of every size occur at every place. */
const runs = fc.array(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 70 })), { maxLength: 60 });
const expanded = (lengths: readonly number[], named: (run: number) => number): number[] =>
  lengths.flatMap((length, run) => new Array<number>(length).fill(named(run)));

describe("the most frequent of values in order", () => {
  it("are those that counting finds, of doubles and of both kinds of 64-bit integers", () => {
    fc.assert(
      fc.property(runs, (lengths) => {
        const values = expanded(lengths, (run) => run - 7.5);
        expect(found(Float64Array.from(values))).toEqual({ ...naive(values), whole: values.length === 0 });
        const signed = expanded(lengths, (run) => run).map((value) => BigInt(value) - 30n + (2n ** 62n - 5n));
        expect(found(BigInt64Array.from(signed))).toEqual({ ...naive(signed), whole: true });
        const unsigned = signed.map((value) => value + 2n ** 63n - 2n ** 62n);
        expect(found(BigUint64Array.from(unsigned))).toEqual({ ...naive(unsigned), whole: true });
      }),
      { numRuns: 200 },
    );
  });

  it("are the same in pieces as in one go, as long as equal values stay together", () => {
    fc.assert(
      fc.property(runs, fc.nat(59), (lengths, cut) => {
        const at = expanded(lengths.slice(0, cut), () => 0).length;
        const values = Float64Array.from(expanded(lengths, (run) => run / 3));
        expect(found(values.subarray(0, at), values.subarray(at))).toEqual(found(values));
      }),
    );
  });

  it("are found where values lie in engine memory, at every place and length, without reading past them", () => {
    for (let length = 0; length <= 40; length++) {
      withScratch(({ f64 }, take) => {
        for (const offset of [0, 1, 2, 3]) {
          const at = take((length + 8) * 8) / 8 + offset;
          // What lies beside them equals the first and the last.
          f64.fill(1, at - offset, at);
          f64.fill(9, at + length, at + length + 4);
          const values = f64.subarray(at, at + length);
          values.forEach((_, k) => {
            values[k] = k < length / 2 ? 1 : 9;
          });
          const { distinct, mostCommon } = found(values);
          expect({ distinct, mostCommon }).toEqual(naive(Array.from(values)));
        }
      });
    }
  });

  it("know whole numbers and infinities from others, wherever the other is", () => {
    const whole = Float64Array.from({ length: 37 }, (_, k) => k - 12);
    expect(found(whole).whole).toBe(true);
    expect(found(Float64Array.of(Number.NEGATIVE_INFINITY, ...whole, 1e300, Number.POSITIVE_INFINITY)).whole).toBe(
      true,
    );
    for (let k = 0; k < whole.length; k++) {
      const other = whole.slice();
      other[k]! += 0.5;
      expect(found(other).whole, `at ${k}`).toBe(false);
    }
  });

  it("are found of more values than are copied at once, with a tie across the border", () => {
    const values = Float64Array.from({ length: 200_000 }, (_, k) => (k > 65_000 && k < 66_000 ? 65_001 : k));
    const { distinct, mostCommon } = found(values);
    expect({ distinct, mostCommon }).toEqual({ distinct: 199_002, mostCommon: [{ value: 65_001, count: 999 }] });
  });
});
