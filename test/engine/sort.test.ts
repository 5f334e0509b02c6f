import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomFrom, sample, shapeNames } from "../statistics/samples.ts";
import { alignments, arena, lengths } from "./arena.ts";

type Numbers = Float64Array | BigInt64Array;

const ascending = (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0);

/** Sorts by the kernel, and looks that nothing else was written to. */
function sorted(values: Numbers, offset = 0): Numbers {
  const memory = arena();
  const { kernels } = memory;
  const { length } = values;
  const at = memory.room(length * 8, offset);
  kernels.gatherKeys(memory.input(values), 0, length, 0n, at);
  const scratch = memory.room(length * 8, offset);
  const counters = memory.room(kernels.sortCounters() * 4);
  const isDouble = values instanceof Float64Array;
  (isDouble ? kernels.sortF64 : kernels.sortI64)(at, length, scratch, counters);
  memory.check();
  return isDouble ? memory.f64(at, length) : memory.i64(at, length);
}

function expectSorted(values: Numbers, offset = 0) {
  // -0 equals 0, so they may stand in either order; everything else has one place.
  const found = sorted(values, offset);
  const expected = values.slice().sort(ascending as never);
  const wrong = found.findIndex((x: number | bigint, k: number) => x !== expected[k]);
  if (wrong >= 0) expect(found[wrong], `value ${wrong} of ${values.length}`).toBe(expected[wrong]);
  expect(found.length).toBe(expected.length);
}

/** Orders that hurt sorts, of positions 0 to length - 1. */
const patterns: Record<string, (k: number, length: number, random: () => number) => number> = {
  sorted: (k) => k,
  reversed: (k, length) => length - k,
  "all equal": () => 7,
  "organ pipe": (k, length) => Math.min(k, length - 1 - k),
  "reversed organ pipe": (k, length) => Math.max(k, length - 1 - k),
  sawtooth: (k) => k % 17,
  "few distinct": (_, __, random) => Math.floor(4 * random()),
  "one outlier": (k, length) => (k === length >> 1 ? 1e300 : k % 5),
  "sorted but for the last": (k, length) => (k === length - 1 ? -1 : k),
  "two runs": (k, length) => (2 * k < length ? 2 * k : 2 * (length - k) - 1),
  "halving ranges": (_, __, random) => 2 ** -Math.floor(1070 * random()),
  "both halving": (_, __, random) => (random() < 0.5 ? -1 : 1) * 2 ** -Math.floor(1070 * random()),
  "crowded beside a spread": (_, __, random) => (random() < 0.99 ? 1 + 1e-12 * random() : 1e6 * random()),
  infinities: (_, __, random) => (random() < 0.3 ? Infinity : random() < 0.3 ? -Infinity : random()),
  subnormals: (_, __, random) => Math.floor(100 * random() - 50) * 5e-324,
  "zeros of both signs": (_, __, random) => (random() < 0.5 ? -0 : random() < 0.5 ? 0 : random() - 0.5),
  "whole range": (_, __, random) => (random() - 0.5) * Number.MAX_VALUE * 2,
};

/** Around each border between the ways of sorting. */
const borders = [23, 24, 25, 127, 128, 1000, 4095, 4096, 4097, 5000];

const patternOf = (name: string, length: number, seed = length) => {
  const random = randomFrom(seed);
  return Float64Array.from({ length }, (_, k) => patterns[name]!(k, length, random));
};

/** Signed integers that keep a pattern, extremes of 64 bits among them. */
function integersOf(name: string, length: number): BigInt64Array {
  const random = randomFrom(length + 1);
  return BigInt64Array.from(patternOf(name, length), (x) => {
    if (random() < 0.01) return random() < 0.5 ? -(2n ** 63n) : 2n ** 63n - 1n;
    const bounded = Math.max(-(2 ** 62), Math.min(2 ** 62, Number.isFinite(x) ? x * 1e3 : x));
    return BigInt(Math.round(bounded)) + (random() < 0.5 ? 2n ** 53n + 1n : 0n);
  });
}

describe("the sort kernels", () => {
  it("order every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const name of Object.keys(patterns)) {
          expectSorted(patternOf(name, length), offset);
          expectSorted(integersOf(name, length), offset);
        }
      }
    }
  });

  for (const name of Object.keys(patterns)) {
    it(`order what hurts sorts, around every border between their ways: ${name}`, () => {
      for (const length of borders) {
        expectSorted(patternOf(name, length));
        expectSorted(integersOf(name, length));
      }
    });
  }

  it("order samples of every shape and any length up to 5000", () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapeNames), fc.nat(5000), fc.integer(), (shape, length, seed) => {
        expectSorted(sample(shape, length, seed).filter((x) => !Number.isNaN(x)));
      }),
      { numRuns: 150 },
    );
  });

  it("order what takes several levels: a hundred thousand values", () => {
    for (const shape of ["normal", "cauchy", "powers of two", "an outlier", "ten integers", "infinities"]) {
      expectSorted(sample(shape, 100_000, 3));
    }
    const random = randomFrom(5);
    const whole = BigInt64Array.from({ length: 60_000 }, () =>
      BigInt.asIntN(64, BigInt(Math.floor(random() * 2 ** 53)) << 12n),
    );
    expectSorted(whole);
  });

  it("order any keys, the extremes of 64 bits among them", () => {
    const key = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 0n),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), (keys) => expectSorted(BigInt64Array.from(keys))),
      { numRuns: 100 },
    );
  });

  it("order inside each cell only", () => {
    for (const length of [...lengths, 300, 5000]) {
      const memory = arena();
      const { kernels } = memory;
      const random = randomFrom(length);
      const values = patternOf("both halving", length);
      const keys = integersOf("sawtooth", length);
      const ends: number[] = [];
      for (let end = 0; end < length; ) {
        end = Math.min(length, end + Math.floor(random() * 40 * (random() < 0.1 ? 20 : 1)));
        ends.push(end);
      }
      const expected = <T extends Numbers>(array: T): T => {
        const out = array.slice() as T;
        for (const [k, end] of ends.entries()) out.subarray(k > 0 ? ends[k - 1] : 0, end).sort(ascending as never);
        return out;
      };
      const endsAt = memory.input(Uint32Array.from(ends));
      const counters = memory.room(kernels.sortCounters() * 4);
      const scratch = memory.room(length * 8);
      const at = memory.room(length * 8);
      kernels.gatherKeys(memory.input(values), 0, length, 0n, at);
      kernels.sortCellsF64(at, endsAt, ends.length, scratch, counters);
      expect(Buffer.compare(memory.bytes(at, length * 8), new Uint8Array(expected(values).buffer))).toBe(0);
      const wide = memory.room(length * 8);
      kernels.gatherKeys(memory.input(keys), 0, length, 0n, wide);
      kernels.sortCellsI64(wide, endsAt, ends.length, scratch, counters);
      expect(Buffer.compare(memory.bytes(wide, length * 8), new Uint8Array(expected(keys).buffer))).toBe(0);
      memory.check();
    }
  });
});
