import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import { emptyMoments, exponentOf, mergedMoments } from "../../dist/profile/moments.js";
import type { NumberProfile, ProfileMoments } from "../../dist/profile/profile.js";
import { profileColumn } from "../../dist/profile/profile-column.js";
import { exactMoments } from "./naive.ts";

const momentsOf = (values: readonly number[]) => {
  const column = columnOf(Float64Array.from(values));
  if (column.kind !== "numeric") throw new TypeError("numbers");
  return (profileColumn(column) as NumberProfile).moments;
};

/** Relative to what each sum is made of: m3 of symmetric values is 0. */
function expectExact(found: ProfileMoments, values: readonly number[], tolerance = 1e-13) {
  const expected = exactMoments(values, found.exponent);
  const { count, mean, m2, m3, m4 } = expected;
  expect(found.count).toBe(count);
  expect(Math.abs(found.mean - mean)).toBeLessThanOrEqual(tolerance * Math.abs(mean) + 1e-16 * Math.sqrt(m2 / count));
  expect(Math.abs(found.m2 - m2)).toBeLessThanOrEqual(tolerance * m2);
  expect(Math.abs(found.m3 - m3)).toBeLessThanOrEqual(
    tolerance * Math.max(Math.abs(m3), Math.sqrt(m2) * Math.sqrt(m4)),
  );
  expect(Math.abs(found.m4 - m4)).toBeLessThanOrEqual(tolerance * m4);
  const sorted = Float64Array.from(values).sort();
  expect([found.min, found.max]).toEqual([sorted[0]! + 0, sorted.at(-1)! + 0]);
}

const scaled = fc
  .tuple(fc.constantFrom(0, -700, 700, -1000, 980, 200, -240), fc.constantFrom(0, 1, 1000, 2 ** 40))
  .chain(([power, offset]) =>
    fc.array(
      fc.double({ min: -1, max: 1, noNaN: true }).map((x) => (x + offset) * 2 ** power),
      { minLength: 1, maxLength: 12 },
    ),
  );

describe("merged moments", () => {
  it("are those of all values at once, whatever the scales, offsets and order", () => {
    fc.assert(
      fc.property(fc.array(scaled, { minLength: 1, maxLength: 5 }), fc.boolean(), (parts, fromEnd) => {
        const all = parts.map(momentsOf);
        const found = fromEnd
          ? all.reduceRight((sum, part) => mergedMoments(sum, part), emptyMoments)
          : all.reduce((sum, part) => mergedMoments(sum, part), emptyMoments);
        expectExact(found, parts.flat());
      }),
      { numRuns: 300 },
    );
  });

  it("agree in every digit of a double, in whatever order they are merged", () => {
    const parts = Array.from({ length: 400 }, (_, k) =>
      momentsOf(Array.from({ length: 50 }, (_, i) => 1e9 + Math.sin(k * 50 + i) * (1 + (k % 7)))),
    );
    const forward = parts.reduce(mergedMoments);
    const backward = parts.reduceRight((sum, part) => mergedMoments(sum, part));
    let level = parts;
    while (level.length > 1) {
      level = Array.from({ length: Math.ceil(level.length / 2) }, (_, k) =>
        2 * k + 1 < level.length ? mergedMoments(level[2 * k]!, level[2 * k + 1]!) : level[2 * k]!,
      );
    }
    for (const name of ["mean", "m2", "m3", "m4"] as const) {
      const scale = name === "m3" ? Math.sqrt(forward.m2 * forward.m4) : forward[name];
      expect(Math.abs(backward[name] - forward[name])).toBeLessThanOrEqual(2e-16 * scale);
      expect(Math.abs(level[0]![name] - forward[name])).toBeLessThanOrEqual(2e-16 * scale);
    }
  });

  it("of no values change nothing, and infinities are counted", () => {
    const some = momentsOf([1, 2, Number.POSITIVE_INFINITY]);
    const infinite = momentsOf([Number.NEGATIVE_INFINITY]);
    expect(mergedMoments(some, emptyMoments)).toEqual(some);
    expect(mergedMoments(emptyMoments, some)).toEqual(some);
    expect(mergedMoments(infinite, some)).toEqual({ ...some, negativeInfinity: 1 });
    expect(mergedMoments(some, infinite)).toEqual({ ...some, negativeInfinity: 1 });
  });

  it("are 0 but for the mean where all values are equal", () => {
    for (const value of [0, 3, -1e300, 5e-324, 1e-200]) {
      const { mean, exponent, m2, m3, m4 } = mergedMoments(momentsOf([value, value]), momentsOf([value]));
      const half = Math.trunc(exponent / 2);
      expect([mean * 2 ** half * 2 ** (exponent - half), m2, m3, m4]).toEqual([value, 0, 0, 0]);
    }
  });

  it("have an exponent that the largest magnitude alone decides", () => {
    expect([0, 1, 2 ** 200, 2 ** -200].map(exponentOf)).toEqual([0, 0, 0, 0]);
    expect([2 ** 201, 1.5 * 2 ** 300, Number.MAX_VALUE].map(exponentOf)).toEqual([202, 301, 1024]);
    expect([2 ** -201, 2 ** -990, 2 ** -1022, 5e-324].map(exponentOf)).toEqual([-200, -989, -1000, -1000]);
  });

  it("of more than a block are those of the naive two-pass sums", () => {
    const values = Array.from({ length: 200_000 }, (_, k) => 1e6 + Math.sin(k) * Math.exp(k % 5));
    expectExact(momentsOf(values), values);
  });
});
