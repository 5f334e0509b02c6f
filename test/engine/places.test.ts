/** Looking few values up among many in order, against counting them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Grid } from "../../dist/engine/grid.js";
import { lookUp, placesFor } from "../../dist/engine/places.js";
import { withScratch } from "../../dist/engine/workspace.js";
import { gridFor } from "../../dist/source/grid-for.js";
import { randomFrom } from "../statistics/samples.ts";
import { alignments, arena } from "./arena.ts";

const inOrder = (values: Iterable<number>) => Float64Array.from(values).sort();
const naive = (among: Float64Array, values: Float64Array) => [
  ...Array.from(values, (value) => among.filter((other) => other < value).length),
  ...Array.from(values, (value) => among.filter((other) => other <= value).length),
];

function places(
  among: Float64Array,
  before: Uint32Array | null,
  values: Float64Array,
  gridOf: (count: number) => Grid,
): number[] {
  const known = placesFor(among, before, gridOf)!;
  return withScratch((engine, take) => {
    const address = take(8 * values.length);
    engine.f64.set(values, address / 8);
    const out = take(8 * values.length);
    lookUp(known, address, values.length, out);
    return Array.from(engine.u32.subarray(out / 4, out / 4 + 2 * values.length));
  });
}

/** Values as people have them: with ties, far tails, of all magnitudes, far from zero. */
const shapes: Record<string, (random: () => number) => number> = {
  uniform: (random) => random(),
  "one decimal": (random) => Math.round(100 * random()) / 10,
  "one value": () => 3,
  "heavy tails": (random) => Math.tan(Math.PI * (random() - 0.5)),
  "all magnitudes": (random) => (random() < 0.5 ? -1 : 1) * 2 ** (600 * random() - 300),
  "far from zero": (random) => 1e9 + random(),
  "in the last digits": (random) => 1 + Math.floor(64 * random()) * Number.EPSILON,
};

describe("lookUp", () => {
  it("finds every place, by every kind of grid, among few and among many", () => {
    const cases = fc.record({
      shape: fc.constantFrom(...Object.keys(shapes)),
      size: fc.constantFrom(1, 2, 63, 1000, 5000),
      seed: fc.integer(),
      byKey: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ shape, size, seed, byKey }) => {
        const random = randomFrom(seed);
        const draw = () => shapes[shape]!(random) + 0;
        const among = inOrder(Array.from({ length: size }, draw));
        const values = inOrder([...Array.from({ length: 40 }, draw), among[0]!, among[size - 1]!, -1e300, 0, 1e300]);
        const gridOf = (count: number): Grid =>
          byKey ? { by: "key", low: -(2n ** 62n), shift: 54, count: 512 } : gridFor(among, count);
        expect(places(among, null, values, gridOf)).toEqual(naive(among, values));
      }),
      { numRuns: 120 },
    );
  });

  it("does without a copy of more than 32 768 values what it does with one", () => {
    const random = randomFrom(1);
    const among = inOrder(
      Array.from({ length: 40_000 }, (_, k) => (k % 3 === 0 ? Math.round(random() * 500) / 500 : random())),
    );
    const values = inOrder([...Array.from({ length: 200 }, (_, k) => (k % 2 ? k / 200 : random())), -1, 2]);
    expect(places(among, null, values, (count) => gridFor(among, count))).toEqual(naive(among, values));
  });

  it("counts all values where only the distinct ones are looked among", () => {
    const among = Float64Array.of(1, 2, 5);
    const found = places(among, Uint32Array.of(0, 10, 11, 31), Float64Array.of(0, 1, 2, 3, 5, 6), (count) =>
      gridFor(among, count),
    );
    expect(found).toEqual([0, 0, 10, 11, 11, 31, 0, 10, 11, 11, 31, 31]);
  });
});

describe("the kernel placesOf", () => {
  it("counts fractions in cells of up to 16 values, and in larger ones, at every alignment", () => {
    for (const size of [0, 1, 7, 8, 15, 16, 17, 40]) {
      const fractions = Uint16Array.from({ length: size }, (_, k) => 1000 + 10 * (k >> 1));
      const own = Uint16Array.of(0, 1000, 1005, 1010, 1000 + 5 * size, 65_535);
      for (const offset of alignments(8)) {
        const memory = arena();
        const index = memory.input(new Uint16Array(own.length).fill(1), offset & 7);
        const fractionsAt = memory.input(own, offset & 7);
        // What lies in the cells beside has fractions too.
        const all = memory.input(Uint16Array.of(1000, ...fractions, ...new Uint16Array(20).fill(1000)), offset & 7);
        const starts = memory.input(Uint32Array.of(0, 1, 1 + size, 21 + size), offset & 7);
        const out = memory.room(8 * own.length, offset & 7);
        const doubtful = memory.room(4 * own.length, offset & 7);
        const count = memory.kernels.placesOf(index, fractionsAt, own.length, starts, all, out, doubtful);
        memory.check();
        const below = Array.from(own, (limit) => 1 + fractions.filter((fraction) => fraction < limit).length);
        const upTo = Array.from(own, (limit) => 1 + fractions.filter((fraction) => fraction <= limit).length);
        expect(Array.from(memory.u32(out, 2 * own.length))).toEqual([...below, ...upTo]);
        const open = [...own.keys()].filter((k) => below[k] !== upTo[k]);
        expect(Array.from(memory.u32(doubtful, count))).toEqual(open);
      }
    }
  });

  it("has a sibling that counts values in order into bins", () => {
    const values = Float64Array.of(-5, 0, 0, 1, 2.5, 2.5, 9);
    for (const offset of alignments(8)) {
      const memory = arena();
      const edges = memory.input(Float64Array.of(-7, 0, 1, 2.5, 3, 10), offset);
      const counts = memory.room(7 * 4, offset & 7);
      memory.kernels.countBetween(memory.input(values, offset), values.length, edges, 6, counts);
      memory.check();
      expect(Array.from(memory.u32(counts, 7))).toEqual([0, 1, 2, 1, 2, 1, 0]);
    }
  });
});
