import { describe, expect, it } from "vitest";
import { randomFrom, sample } from "../statistics/samples.ts";
import { type Arena, alignments, arena, keyOf, lengths, rounded } from "./arena.ts";

const shapes = ["normal", "ten integers", "infinities", "some NaN", "one decimal", "zeros of both signs", "subnormal"];

/** A rule from values to cells, and the kernels that follow it. */
interface Rule<T extends Float64Array | BigInt64Array> {
  readonly count: number;
  cell(x: T[number]): number;
  select(memory: Arena, values: number, length: number, open: number, out: number): number;
  place(memory: Arena, values: number, length: number, starts: number, out: number): void;
}

const keyRule = (key: bigint, low: bigint, shift: number, count: number) => {
  const steps = key <= low ? 0n : (key - low) >> BigInt(shift);
  return steps < count ? Number(steps) : count - 1;
};

const edges = [-1, 0, 0, 0.5, 4];
const wideEdges = [-(2n ** 62n), -3n, 0n, 2n ** 53n + 1n];

const doubles: Record<string, Rule<Float64Array>> = {
  scale: {
    count: 21,
    cell: (x) => rounded((x + 2) * 5 > 0 ? Math.min((x + 2) * 5, 20) : 0),
    select: ({ kernels }, values, length, open, out) => kernels.selectByScale(values, length, -2, 5, 21, open, out),
    place: ({ kernels }, values, length, starts, out) => kernels.placeByScale(values, length, -2, 5, 21, starts, out),
  },
  key: {
    count: 30,
    cell: (x) => keyRule(keyOf(x), keyOf(-4), 59, 30),
    select: ({ kernels }, values, length, open, out) =>
      kernels.selectByKey(values, length, keyOf(-4), 59, 30, open, out),
    place: ({ kernels }, values, length, starts, out) =>
      kernels.placeByKey(values, length, keyOf(-4), 59, 30, starts, out),
  },
  edges: {
    count: edges.length + 1,
    cell: (x) => edges.filter((edge) => edge <= x).length - Number(x === 4),
    select: (memory, values, length, open, out) =>
      memory.kernels.selectByEdges(values, length, memory.input(Float64Array.from(edges)), edges.length, 1, open, out),
    place: (memory, values, length, starts, out) =>
      memory.kernels.placeByEdges(values, length, memory.input(Float64Array.from(edges)), edges.length, 1, starts, out),
  },
};

const integers: Record<string, Rule<BigInt64Array>> = {
  "wide key": {
    count: 17,
    cell: (key) => keyRule(key, -(2n ** 63n), 60, 17),
    select: ({ kernels }, keys, length, open, out) =>
      kernels.selectByWideKey(keys, length, -(2n ** 63n), 60, 17, open, out),
    place: ({ kernels }, keys, length, starts, out) =>
      kernels.placeByWideKey(keys, length, -(2n ** 63n), 60, 17, starts, out),
  },
  "wide edges": {
    count: wideEdges.length + 1,
    cell: (key) => wideEdges.filter((edge) => edge <= key).length,
    select: (memory, keys, length, open, out) =>
      memory.kernels.selectByWideEdges(keys, length, memory.input(BigInt64Array.from(wideEdges)), 4, 0, open, out),
    place: (memory, keys, length, starts, out) =>
      memory.kernels.placeByWideEdges(keys, length, memory.input(BigInt64Array.from(wideEdges)), 4, 0, starts, out),
  },
};

const isMissing = (x: number | bigint) => typeof x === "number" && Number.isNaN(x);

const integerSample = (length: number, seed: number) =>
  BigInt64Array.from(sample("normal", length, seed), (x, k) =>
    k % 7 === 0 ? (x < 0 ? -(2n ** 63n) : 2n ** 63n - 1n) : BigInt(Math.round(x * 10 ** (k % 19))),
  );

function check<T extends Float64Array | BigInt64Array>(rule: Rule<T>, values: T, offset: number, seed: number) {
  const memory = arena();
  const random = randomFrom(seed);
  const { length } = values;
  const list: T[number][] = [];
  for (const x of values) list.push(typeof x === "number" ? x + 0 : x);
  const open = Uint8Array.from({ length: rule.count }, () => Number(random() < 0.4));
  const wanted = list.filter((x) => !isMissing(x) && open[rule.cell(x)] === 1);
  const read = (at: number, count: number): (number | bigint)[] =>
    values instanceof Float64Array ? Array.from(memory.f64(at, count)) : Array.from(memory.i64(at, count));

  const out = memory.room(length * 8, offset);
  const kept = rule.select(memory, memory.input(values, offset), length, memory.input(open), out);
  expect(read(out, kept)).toEqual(wanted);

  // Placing keeps the order of what shares a cell.
  const present = list.filter((x) => !isMissing(x));
  const array =
    values instanceof Float64Array ? Float64Array.from(present as number[]) : BigInt64Array.from(present as bigint[]);
  const starts = new Uint32Array(rule.count);
  for (const x of present) for (let cell = rule.cell(x) + 1; cell < rule.count; cell++) starts[cell]!++;
  const startsAt = memory.room(rule.count * 4);
  memory.kernels.alignMask(memory.input(starts), 0, rule.count * 32, startsAt);
  const placed = memory.room(present.length * 8, offset);
  rule.place(memory, memory.input(array, offset), present.length, startsAt, placed);
  const cells = Array.from({ length: rule.count }, (_, cell) => present.filter((x) => rule.cell(x) === cell));
  expect(read(placed, present.length)).toEqual(cells.flat());
  // Every start has moved to its cell's end.
  const ends = cells.map((_, cell) => cells.slice(0, cell + 1).flat().length);
  expect(Array.from(memory.u32(startsAt, rule.count))).toEqual(ends);
  memory.check();
}

describe("selecting open cells and placing values into cells", () => {
  for (const [name, rule] of Object.entries(doubles)) {
    it(`by ${name} is the naive way for every length from 0 to 67, at every alignment`, () => {
      for (const length of lengths) {
        for (const offset of alignments(8)) {
          check(rule, sample(shapes[length % shapes.length]!, length, length), offset, length);
        }
      }
    });
  }

  for (const [name, rule] of Object.entries(integers)) {
    it(`by ${name} is the naive way for every length from 0 to 67, at every alignment`, () => {
      for (const length of lengths) {
        for (const offset of alignments(8)) check(rule, integerSample(length, length), offset, length);
      }
    });
  }

  it("by up to three closed intervals is comparing, for every length from 0 to 67, at every alignment", () => {
    const sets = [
      [-0.5, 0.5],
      [0, 0],
      [-Infinity, -1, 1, Infinity],
      [-2, -1, 0, 0.3, 7, 9],
      [Infinity, Infinity],
      [3, 1],
    ];
    for (const length of lengths) {
      for (const offset of alignments(8)) {
        for (const [k, runs] of sets.entries()) {
          const memory = arena();
          const values = sample(shapes[(k + length) % shapes.length]!, length, length);
          const inRuns = (x: number) => runs.some((low, at) => at % 2 === 0 && x >= low && x <= runs[at + 1]!);
          const out = memory.room(length * 8, offset);
          const runsAt = memory.input(Float64Array.from(runs), offset);
          const kept = memory.kernels.selectByRuns(memory.input(values, offset), length, runsAt, runs.length / 2, out);
          expect(Array.from(memory.f64(out, kept))).toEqual(Array.from(values.filter(inRuns), (x) => x + 0));
          memory.check();
        }
      }
    }
  });
});
