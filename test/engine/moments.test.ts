import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sample } from "../statistics/samples.ts";
import { type Arena, alignments, arena, lengths } from "./arena.ts";

/** By its definition: every sum about the mean, with the finite values only. */
function naive(values: Float64Array) {
  const finite = values.filter(Number.isFinite);
  const n = finite.length;
  const mean = n > 0 ? finite.reduce((sum, x) => sum + x, 0) / n : 0;
  const power = (k: number) => finite.reduce((sum, x) => sum + (x - mean) ** k, 0);
  return {
    count: n,
    mean,
    m2: power(2),
    m3: power(3),
    m4: power(4),
    min: finite.reduce((a, b) => Math.min(a, b), Infinity),
    max: finite.reduce((a, b) => Math.max(a, b), -Infinity),
    positive: values.filter((x) => x === Infinity).length,
    negative: values.filter((x) => x === -Infinity).length,
    nan: values.filter(Number.isNaN).length,
  };
}

/** Of whole numbers, rounded only at the end. */
function exactSums(values: Float64Array) {
  const n = BigInt(values.length);
  const whole = Array.from(values, BigInt);
  const sum = whole.reduce((total, x) => total + x, 0n);
  const squares = whole.reduce((total, x) => total + x * x, 0n);
  const quotient = (x: bigint): number => Number((x * 2n ** 80n) / n) / 2 ** 80;
  return { mean: quotient(sum), m2: quotient(n * squares - sum * sum) };
}

function read({ f64, kernels }: Arena, state: number) {
  const found = f64(state, kernels.momentsSize() / 8);
  return {
    count: found[0]!,
    mean: found[1]! + found[2]!,
    m2: found[3]! + found[4]!,
    m3: found[5]!,
    m4: found[6]!,
    min: found[7]!,
    max: found[8]!,
    positive: found[9]!,
    negative: found[10]!,
    nan: found[11]!,
  };
}

type State = ReturnType<typeof read>;

/** Counts and extremes equal; mean and m2 to `error`, relative to what is summed, the higher sums to ten times that. */
function expectNear(found: State, expected: State, error: number) {
  const spread = Math.sqrt(expected.m2 / Math.max(1, expected.count));
  const scale = Math.max(Math.abs(expected.mean), spread, Number.MIN_VALUE);
  const near = (key: "mean" | "m2" | "m3" | "m4", unit: number) =>
    expect(Math.abs(found[key] - expected[key]), key).toBeLessThanOrEqual(error * unit);
  near("mean", scale);
  near("m2", Math.max(expected.m2, scale ** 2 * 2 ** -52));
  near("m3", 10 * (Math.sqrt(expected.m2 * expected.m4) + scale ** 3 * 2 ** -52));
  near("m4", 10 * (expected.m4 + scale ** 4 * 2 ** -52));
  const exact = ({ count, min, max, positive, negative, nan }: State) => ({ count, min, max, positive, negative, nan });
  expect(exact(found)).toEqual(exact(expected));
}

function stateOf(memory: Arena, pieces: readonly Float64Array[], update: "momentsUpdate2" | "momentsUpdate4") {
  const { kernels } = memory;
  const state = memory.room(kernels.momentsSize());
  kernels.momentsInit(state);
  for (const piece of pieces) {
    kernels[update](state, memory.input(piece), piece.length, memory.room(piece.length * 8));
  }
  return state;
}

const shapes = ["normal", "lognormal", "ten integers", "infinities", "some NaN", "constant", "one decimal"];

describe("the moments kernel", () => {
  it("is the naive one for every length from 0 to 67, at every alignment", () => {
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const shape of shapes) {
          const memory = arena();
          const { kernels } = memory;
          const values = sample(shape, length, length);
          const state = memory.room(kernels.momentsSize(), offset);
          kernels.momentsInit(state);
          kernels.momentsUpdate4(state, memory.input(values, offset), length, memory.room(length * 8, offset));
          expectNear(read(memory, state), naive(values), 1e-13);
          memory.check();
        }
      }
    }
  });

  it("of order 2 has the count, mean and m2 of order 4, and leaves the rest alone", () => {
    for (const length of [...lengths, 1024]) {
      for (const shape of shapes) {
        const memory = arena();
        const values = sample(shape, length, length + 100);
        const both = read(memory, stateOf(memory, [values], "momentsUpdate4"));
        const two = read(memory, stateOf(memory, [values], "momentsUpdate2"));
        expect({ ...two, m2: 0 }).toEqual({ ...both, m2: 0, m3: 0, m4: 0, min: Infinity, max: -Infinity });
        expect(Math.abs(two.m2 - both.m2)).toBeLessThanOrEqual(1e-15 * both.m2);
        memory.check();
      }
    }
  });

  it("of several blocks is that of one block after the other, bit for bit", () => {
    for (const length of [1023, 1024, 1025, 2048, 5000]) {
      for (const update of ["momentsUpdate2", "momentsUpdate4"] as const) {
        const memory = arena();
        const values = sample(length % 2 ? "some NaN" : "lognormal", length, length);
        const blocks = Array.from({ length: Math.ceil(length / 1024) }, (_, k) =>
          values.subarray(k * 1024, Math.min(length, (k + 1) * 1024)),
        );
        const size = memory.kernels.momentsSize();
        expect(memory.bytes(stateOf(memory, [values], update), size)).toEqual(
          memory.bytes(stateOf(memory, blocks, update), size),
        );
        memory.check();
      }
    }
  });

  it("loses no digit where the values that the pilot is made of lie far from the others", () => {
    const whole = sample("normal", 1024, 3).map((x) => Math.round(1000 * x));
    const away: Record<string, (place: number) => boolean> = {
      "the pilot's": (place) => place % 8 < 2,
      "all others": (place) => place % 8 >= 2,
      "one of the pilot's": (place) => place === 8,
      "one other": (place) => place === 7,
      none: () => false,
    };
    for (const [name, isAway] of Object.entries(away)) {
      for (const distance of [1, 1e3, 1e6, 1e9]) {
        for (const length of [1024, 1021, 100, 15, 9, 8, 7, 2]) {
          for (const offset of [0, 1e9]) {
            const values = whole.subarray(0, length).map((x, k) => x + offset + (isAway(k) ? distance : 0));
            const memory = arena();
            for (const update of ["momentsUpdate2", "momentsUpdate4"] as const) {
              const { mean, m2 } = read(memory, stateOf(memory, [values], update));
              const exact = exactSums(values);
              const error = update === "momentsUpdate2" ? 1e-15 : 5e-16;
              expect(Math.abs(m2 - exact.m2), `${name}, ${distance}, ${length}`).toBeLessThanOrEqual(error * exact.m2);
              expect(Math.abs(mean - exact.mean)).toBeLessThanOrEqual(
                2 ** -52 * Math.sqrt(exact.m2 / length + mean ** 2),
              );
            }
          }
        }
      }
    }
  });

  it("changes nothing by an update with no values or a merge with an empty state, and becomes what it merges", () => {
    const memory = arena();
    const { kernels } = memory;
    const size = kernels.momentsSize();
    const empty = stateOf(memory, [], "momentsUpdate4");
    const state = stateOf(memory, [sample("lognormal", 100, 1)], "momentsUpdate4");
    const before = memory.bytes(state, size);
    kernels.momentsUpdate2(state, memory.room(0), 0, memory.room(0));
    kernels.momentsUpdate4(state, memory.room(0), 0, memory.room(0));
    kernels.momentsMerge(state, empty);
    expect(memory.bytes(state, size)).toEqual(before);
    kernels.momentsMerge(empty, state);
    expect(memory.bytes(empty, size)).toEqual(before);
    expect(memory.bytes(state, size)).toEqual(before);
    memory.check();
  });

  it("in pieces is the one in one go, whether updated or merged", () => {
    const cuts = fc.array(fc.nat(1024), { maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.nat(1024), fc.integer(), cuts, (shape, length, seed, at) => {
        const memory = arena();
        const { kernels } = memory;
        const values = sample(shape, length, seed);
        const ends = [...at.map((cut) => Math.min(cut, length)), length].sort((a, b) => a - b);
        const pieces = ends.map((end, k) => values.slice(k > 0 ? ends[k - 1] : 0, end));
        const whole = read(memory, stateOf(memory, [values], "momentsUpdate4"));
        expectNear(read(memory, stateOf(memory, pieces, "momentsUpdate4")), whole, 1e-15);
        const merged = stateOf(memory, [], "momentsUpdate4");
        for (const piece of pieces) {
          const part = stateOf(memory, [piece], "momentsUpdate4");
          const before = memory.bytes(part, kernels.momentsSize());
          kernels.momentsMerge(merged, part);
          expect(memory.bytes(part, kernels.momentsSize())).toEqual(before);
        }
        expectNear(read(memory, merged), whole, 1e-15);
        memory.check();
      }),
      { numRuns: 150 },
    );
  });

  it("merges in either order to the same", () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.nat(300), fc.nat(300), fc.integer(), (shape, n, m, seed) => {
        const memory = arena();
        const [a, b, c, d] = [n, m, n, m].map((length, k) =>
          stateOf(memory, [sample(shape, length, seed + (k % 2))], "momentsUpdate4"),
        );
        memory.kernels.momentsMerge(a!, b!);
        memory.kernels.momentsMerge(d!, c!);
        expectNear(read(memory, a!), read(memory, d!), 1e-15);
      }),
    );
  });

  it("loses no digit over a hundred thousand merged blocks far from zero", () => {
    const memory = arena();
    const { kernels } = memory;
    const block = Float64Array.of(1e8 - 1, 1e8 + 1, 1e8 - 1, 1e8 + 1);
    const part = stateOf(memory, [block], "momentsUpdate4");
    const total = stateOf(memory, [], "momentsUpdate4");
    for (let k = 0; k < 100_000; k++) kernels.momentsMerge(total, part);
    expect(read(memory, total)).toMatchObject({ count: 400_000, mean: 1e8, m2: 400_000, m3: 0, m4: 400_000 });
  });

  it("scales in place by two factors", () => {
    for (const length of lengths) {
      const memory = arena();
      const values = sample("normal", length, length);
      const at = memory.room(length * 8);
      const source = memory.input(values);
      memory.kernels.gatherF64(source, 0, length, at);
      memory.kernels.scale(at, length, 2 ** -700, 2 ** -300);
      expect(memory.f64(at, length)).toEqual(values.map((x) => x * 2 ** -700 * 2 ** -300));
      memory.check();
    }
  });
});
