import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areaBetween } from "../../dist/engine/walk.js";
import { area, largestGap, ordered } from "../statistics/naive.ts";
import { randomFrom, sample, twoSamples } from "../statistics/samples.ts";
import { alignments, arena, doubleOf, lengths } from "./arena.ts";

const shapes = ["normal", "ten integers", "two values", "zeros of both signs", "infinities", "powers of two"];

const inOrder = (values: Float64Array) => Float64Array.from(ordered(values));

const state = (bytes: number) => BigInt64Array.from({ length: bytes / 8 }, () => 0n);

/** Walks both sides from one round of stretches to the next; [end of x, end of y] a round. */
function fullWalk(x: Float64Array, y: Float64Array, rounds: readonly (readonly [number, number])[], offset = 0) {
  const memory = arena();
  const { kernels } = memory;
  const at = memory.room(120, offset);
  kernels.gatherKeys(memory.input(state(120)), 0, 15, 0n, at);
  let [i, j] = [0, 0];
  for (const [toX, toY] of rounds) {
    const xs = memory.keys(x.slice(i, toX), offset);
    const ys = memory.keys(y.slice(j, toY), offset);
    const scratch = memory.room(kernels.mergeScratch());
    kernels.fullWalkF64(at, xs, toX - i, ys, toY - j, BigInt(x.length), BigInt(y.length), scratch);
    [i, j] = [toX, toY];
  }
  memory.check();
  const counts = memory.i64(at, 15);
  const numbers = memory.f64(at, 10);
  const location = counts[3] === 0n ? null : doubleOf(counts[4]!);
  const upTo = (values: Float64Array): number => values.filter((value) => value <= location!).length;
  if (location !== null) expect(Number(counts[14]), "values up to the location").toBe(upTo(x) + upTo(y));
  return {
    i: Number(counts[0]),
    j: Number(counts[1]),
    gap: Number(counts[3]),
    location,
    area: numbers[6]! + numbers[7]!,
    weighted: numbers[8]! + numbers[9]!,
  };
}

function ksWalk(x: Float64Array, y: Float64Array, segments: readonly number[], atLeast = 0, offset = 0, direction = 0) {
  const memory = arena();
  const at = memory.room(24, offset);
  memory.kernels.gatherKeys(memory.input(BigInt64Array.of(BigInt(atLeast), 0n, 0n)), 0, 3, 0n, at);
  const sizes = memory.input(Uint32Array.from(segments));
  const [xs, ys] = [memory.input(x, offset), memory.input(y, offset)];
  memory.kernels.ksWalkF64(at, xs, ys, sizes, segments.length / 4, BigInt(x.length), BigInt(y.length), direction);
  memory.check();
  const gap = Number(memory.i64(at, 3)[1]);
  return { gap, location: gap === 0 ? null : memory.f64(at, 3)[2]! };
}

/** Everything that a walk finds, one distinct value after the other; the sum inside A² as src/statistics/full-walk.ts has it. */
function naiveWalk(x: Float64Array, y: Float64Array) {
  const [n, m] = [x.length, y.length];
  const all = n + m;
  const found = { i: 0, j: 0, gap: 0, location: null as number | null, area: 0, weighted: 0 };
  let previous = 0;
  const countOf = (side: Float64Array): Map<number, number> => {
    const counts = new Map<number, number>();
    for (const value of side) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  };
  const [ofX, ofY] = [countOf(x), countOf(y)];
  for (const value of ordered(new Set([...x, ...y]))) {
    const [a, b] = [ofX.get(value) ?? 0, ofY.get(value) ?? 0];
    const before = found.i * m - found.j * n;
    found.area += before === 0 ? 0 : Math.abs(before) * (value - previous);
    const pooled = found.i + found.j + (a + b) / 2;
    const variance = pooled * (all - pooled) - (all * (a + b)) / 4;
    if (variance > 0) found.weighted += ((a + b) * (before + (a * m - b * n) / 2) ** 2) / variance;
    found.i += a;
    found.j += b;
    const gap = found.i * m - found.j * n;
    if (Math.abs(gap) > Math.abs(found.gap) || (gap > 0 && gap === -found.gap))
      Object.assign(found, { gap, location: value });
    previous = value;
  }
  return found;
}

describe("the walk kernels", () => {
  it("find the naive largest gap and area for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const shape of shapes) {
          const x = inOrder(sample(shape, length, length));
          const y = inOrder(sample(shape, (length * 7) % 61, length + 1, length % 3 === 0 ? 0.5 : 0));
          const { gap, location, n, m } = largestGap(x, y);
          const segment = [0, 0, n, m];
          if (n > 0 && m > 0) expect(ksWalk(x, y, segment, 0, offset)).toEqual({ gap, location });
          const found = fullWalk(x, y, [[n, m]], offset);
          if (n > 0 && m > 0) expect(found).toMatchObject({ i: n, j: m, gap, location });
          const expected = area(x, y) * n * m;
          if (Number.isFinite(expected)) expect(Math.abs(found.area - expected)).toBeLessThanOrEqual(1e-13 * expected);
        }
      }
    }
  });

  it("continue from round to round as if they had not stopped", () => {
    fc.assert(
      fc.property(twoSamples, fc.integer(), ([reference, current], seed) => {
        const [x, y] = [inOrder(reference), inOrder(current)];
        fc.pre(x.length > 0 && y.length > 0);
        const random = randomFrom(seed);
        // Rounds end between values, never inside a run of equal ones.
        const cuts = [random(), random()].map((share) => x[Math.floor(share * x.length)]!).sort((a, b) => a - b);
        const rounds = [...cuts, Infinity].map((cut) =>
          [x, y].map((side) => side.filter((value) => (cut === Infinity ? true : value < cut)).length),
        ) as [number, number][];
        const whole = fullWalk(x, y, [[x.length, y.length]]);
        const inRounds = fullWalk(x, y, rounds);
        expect({ ...inRounds, area: 0, weighted: 0 }).toEqual({ ...whole, area: 0, weighted: 0 });
        for (const key of ["area", "weighted"] as const) {
          if (!Number.isFinite(whole[key])) continue;
          expect(Math.abs(inRounds[key] - whole[key])).toBeLessThanOrEqual(1e-14 * whole[key]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("find the same among thousands of values that all differ, and wherever a few of them do not", () => {
    const length = 4500;
    const sides = {
      "in turns": (k: number) => k % 2 === 0,
      "one after the other": (k: number) => k < 1700,
      "at random": (
        (random) => () =>
          random() < 0.3
      )(randomFrom(5)),
    };
    for (const [name, isReference] of Object.entries(sides)) {
      for (const tie of [null, 0, 700, 1022, 1023, 1024, 2046, 2047, 2048, 3071, 4094, 4095, 4498]) {
        // From below zero to above, each value by itself but one pair.
        const values = Array.from({ length }, (_, k) => 0.37 * (k === tie ? k + 1 : k) - 800);
        const reference = values.map((_, k) => isReference(k));
        const x = Float64Array.from(values.filter((_, k) => reference[k]));
        const y = Float64Array.from(values.filter((_, k) => !reference[k]));
        const [n, m] = [x.length, y.length];
        const found = fullWalk(x, y, [[n, m]], name === "in turns" ? 0 : 8);
        const { area, weighted, ...exact } = naiveWalk(x, y);
        expect(found, `${name}, ${tie}`).toMatchObject(exact);
        expect(Math.abs(found.area - area)).toBeLessThanOrEqual(1e-12 * area);
        expect(Math.abs(found.weighted - weighted)).toBeLessThanOrEqual(1e-12 * weighted);
      }
    }
  });

  it("find in open segments alone what lies there, and skip those that cannot reach the bound", () => {
    const x = Float64Array.of(1, 2, 3, 10, 11, 12);
    const y = Float64Array.of(4, 5, 6, 7, 8, 9);
    // The first three of x lie before all of y: the gap is 3 · 6 there, and 3 · 6 - 6 · 6 where y ends.
    expect(ksWalk(x, y, [0, 0, 3, 0])).toEqual({ gap: 18, location: 3 });
    expect(ksWalk(x, y, [0, 0, 3, 0], 18)).toEqual({ gap: 18, location: 3 });
    expect(ksWalk(x, y, [0, 0, 3, 0], 19)).toEqual({ gap: 0, location: null });
    expect(ksWalk(x, y, [0, 0, 3, 0, 3, 0, 0, 6])).toEqual({ gap: 18, location: 3 });
    expect(ksWalk(x, y, [0, 0, 3, 0, 3, 0, 0, 6], 19)).toEqual({ gap: 0, location: null });
  });

  it("take the smallest value that attains the gap, and the positive one of two equal ones", () => {
    expect(ksWalk(Float64Array.of(2, 3), Float64Array.of(1, 4), [0, 0, 2, 2])).toEqual({ gap: 2, location: 3 });
    expect(ksWalk(Float64Array.of(1, 4), Float64Array.of(2, 3), [0, 0, 2, 2])).toEqual({ gap: 2, location: 1 });
    expect(fullWalk(Float64Array.of(2, 3), Float64Array.of(1, 4), [[2, 2]])).toMatchObject({ gap: 2, location: 3 });
  });

  it("find the largest gap of one sign alone where asked to, and its smallest place", () => {
    fc.assert(
      fc.property(twoSamples, fc.constantFrom(1, -1), ([reference, current], direction) => {
        const [x, y] = [inOrder(reference), inOrder(current)];
        fc.pre(x.length > 0 && y.length > 0);
        let expected: { gap: number; location: number | null } = { gap: 0, location: null };
        for (const value of ordered(new Set([...x, ...y]))) {
          const below = (side: Float64Array) => side.filter((v) => v <= value).length;
          const gap = below(x) * y.length - below(y) * x.length;
          if (gap * direction > expected.gap * direction) expected = { gap, location: value };
        }
        expect(ksWalk(x, y, [0, 0, x.length, y.length], 0, 0, direction)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("keep the order of 64-bit integers to both ends of their range", () => {
    const least = -(2n ** 63n);
    const x = BigInt64Array.of(least, least + 1n, 0n, 2n ** 63n - 1n);
    const y = BigInt64Array.of(least + 1n, 2n ** 63n - 2n);
    const memory = arena();
    const { kernels } = memory;
    const at = memory.room(24);
    kernels.gatherKeys(memory.input(state(24)), 0, 3, 0n, at);
    kernels.ksWalkI64(at, memory.input(x), memory.input(y), memory.input(Uint32Array.of(0, 0, 4, 2)), 1, 4n, 2n, 0);
    expect(Array.from(memory.i64(at, 3))).toEqual([2n, 2n, least]);
    const full = memory.room(120);
    kernels.gatherKeys(memory.input(state(120)), 0, 15, 0n, full);
    kernels.fullWalkI64(full, memory.input(x), 4, memory.input(y), 2, 4n, 2n, memory.room(kernels.mergeScratch()));
    expect(Array.from(memory.i64(full, 5))).toEqual([4n, 2n, 2n, 2n, least]);
    // (2·1 + 0·2^63 + 2·(2^63 - 2) + 2·1), as doubles: gaps 2, 0, 2, -2 over the steps.
    expect(memory.f64(full, 8)[6]! + memory.f64(full, 8)[7]!).toBe(2 * (2 ** 63 - 2) + 4);
    memory.check();
  });

  it("add the area of stretches that begin and end between values", () => {
    fc.assert(
      fc.property(twoSamples, fc.nat(5), ([reference, current], pieces) => {
        const finite = (values: Float64Array) => inOrder(values.filter((x) => Math.abs(x) < 1e300));
        const [x, y] = [finite(reference), finite(current)];
        fc.pre(x.length > 0 && y.length > 0);
        const [n, m] = [x.length, y.length];
        const all = ordered([...x, ...y]);
        const low = all[0]!;
        const high = all[all.length - 1]!;
        // Stretches of equal numbers of pooled values, end to end, with ends halfway to the next.
        const ends = Array.from({ length: pieces }, (_, k) => all[Math.floor(((k + 1) * all.length) / (pieces + 1))]!);
        const borders = [low, ...ends, high];
        const memory = arena();
        const records = new DataView(new ArrayBuffer((borders.length - 1) * 32));
        let [i, j] = [0, 0];
        for (let k = 0; k + 1 < borders.length; k++) {
          const last = k + 2 === borders.length;
          const upTo = (side: Float64Array) => side.filter((v) => last || v < borders[k + 1]!).length;
          const [nextI, nextJ] = [upTo(x), upTo(y)];
          for (const [at, value] of [i, j, nextI - i, nextJ - j].entries())
            records.setUint32(k * 32 + at * 4, value, true);
          records.setFloat64(k * 32 + 16, borders[k]!, true);
          records.setFloat64(k * 32 + 24, borders[k + 1]!, true);
          [i, j] = [nextI, nextJ];
        }
        const sum = memory.room(16);
        memory.kernels.gatherF64(memory.input(new Float64Array(2)), 0, 2, sum);
        memory.kernels.areaWalkF64(
          sum,
          memory.input(x),
          memory.input(y),
          memory.input(records),
          borders.length - 1,
          n,
          m,
        );
        const [found, rest] = memory.f64(sum, 2);
        const expected = area(x, y) * n * m;
        expect(Math.abs(found! + rest! - expected)).toBeLessThanOrEqual(1e-12 * expected);
        memory.check();
      }),
      { numRuns: 200 },
    );
  });

  it("leave no area behind the last value of sides of which the product is beyond 2^53", () => {
    const [n, m] = [95_000_001, 95_000_003];
    for (const [a, b] of [
      [2, 1],
      [1, 2],
      [2, 2],
      [3, 2],
    ] as const) {
      const x = Float64Array.from({ length: a }, (_, k) => k);
      const y = Float64Array.from({ length: b }, (_, k) => k + 0.5);
      const segments = { count: 1, sizes: Uint32Array.of(n - a, m - b, a, b) };
      const found = areaBetween(x, y, segments, Float64Array.of(0, Number.POSITIVE_INFINITY), n, m);
      let expected = 0n; // in halves
      for (let half = 0; half < 6; half++) {
        const upTo = (side: Float64Array) => side.filter((value) => value <= half / 2).length;
        const gap = BigInt(n - a + upTo(x)) * BigInt(m) - BigInt(m - b + upTo(y)) * BigInt(n);
        expected += gap < 0n ? -gap : gap;
      }
      // Each of up to five gaps may be rounded to the next even number.
      expect(Math.abs(found - Number(expected) / 2)).toBeLessThanOrEqual(5);
    }
  });
});
