/** What holds for every statistic, whatever form its columns come in. */
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerNow } from "../../dist/source/plan.js";
import { type NumericInput, prepare } from "../../dist/source/sides.js";
import { denseSource } from "../../dist/source/values.js";
import { andersonDarlingTest } from "../../dist/statistics/anderson-darling.js";
import { distributionDistance } from "../../dist/statistics/distribution-distance.js";
import { ecdf, ecdfAt } from "../../dist/statistics/ecdf.js";
import { fullWalkPlan } from "../../dist/statistics/full-walk.js";
import { gapPlan } from "../../dist/statistics/gap.js";
import { histogram } from "../../dist/statistics/histogram.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { kuiperTest } from "../../dist/statistics/kuiper.js";
import { moments, momentsPlan } from "../../dist/statistics/moments.js";
import { permutationTest } from "../../dist/statistics/permutation-test.js";
import { quantiles, quantilesPlan } from "../../dist/statistics/quantile.js";
import { summary } from "../../dist/statistics/summary.js";
import { tTest, tTestPlan } from "../../dist/statistics/t-test.js";
import { areaPlan, wasserstein } from "../../dist/statistics/wasserstein.js";
import { randomFrom, sample } from "./samples.ts";

/** Every statistic of one column. */
const ofOne: Record<string, (column: NumericInput) => object> = {
  moments,
  quantiles: (column) => quantiles(column, [0, 0.1, 0.5, 0.77, 1]),
  histogram: (column) => histogram(column, { bins: 13 }),
  ecdf: (column) => ecdf(column),
  "ecdf at most 9 steps": (column) => ecdf(column, { points: 9 }),
  ecdfAt: (column) => ecdfAt(column, [-1, -0.5, 0, 0.25, 1e5]),
  summary(column) {
    // The forms differ in what they call their type.
    const { kind, type, ...found } = summary(column);
    return found;
  },
  "histogram by edges": (column) => histogram(column, { bins: [-2, -1, 0, 0.5, 3], sums: true }),
};

/** Every statistic of two. */
const ofTwo: Record<string, (reference: NumericInput, current: NumericInput) => object> = {
  ksTest: (x, y) => ksTest(x, y),
  andersonDarlingTest,
  wasserstein: (x, y) => wasserstein(x, y),
  "wasserstein with a p-value": (x, y) => wasserstein(x, y, { significance: "resampled", permutations: 9 }),
  "wasserstein over iqr": (x, y) => wasserstein(x, y, { normalize: "iqr" }),
  tTest: (x, y) => tTest(x, y),
  "p-norm of distribution functions": (x, y) => distributionDistance(x, y, { p: 3, of: "ecdf" }),
  permutationTest: (x, y) => permutationTest(x, y, "wasserstein", { permutations: 9 }),
  kuiperTest: (x, y) => kuiperTest(x, y),
};

/** Sums of several kinds of blocks: bit-identical for equal rows, and within this where nulls move the blocks' ends. */
const sums = 1e-13;

/** Both equal, numbers to a relative error of `sums`; what was missing is not looked at. */
function expectSame(found: unknown, expected: unknown, where: string): void {
  if (Object.is(found, expected)) return;
  if (typeof found === "number" && typeof expected === "number") {
    const error =
      found === expected ? 0 : Math.abs(found - expected) / Math.max(1, Math.abs(found), Math.abs(expected));
    expect(error, `${where}: ${found} for ${expected}`).toBeLessThanOrEqual(sums);
  } else if (typeof found === "object" && found !== null && typeof expected === "object" && expected !== null) {
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [key, value] of Object.entries(found)) {
      if (key !== "missing") expectSame(value, (expected as Record<string, unknown>)[key], `${where}.${key}`);
    }
  } else expect(found, where).toEqual(expected);
}

/** Numeric types, and what a value becomes in each. */
const types: Record<string, { type: arrow.DataType; stored: (x: number) => number | bigint }> = {
  Int8: { type: new arrow.Int8(), stored: (x) => Math.max(-128, Math.min(127, Math.round(40 * x))) },
  Int16: { type: new arrow.Int16(), stored: (x) => Math.round(1000 * x) },
  Int32: { type: new arrow.Int32(), stored: (x) => Math.round(1e6 * x) },
  Int64: { type: new arrow.Int64(), stored: (x) => BigInt(Math.round(1e9 * x)) },
  Uint8: { type: new arrow.Uint8(), stored: (x) => Math.min(255, Math.round(60 * Math.abs(x))) },
  Uint16: { type: new arrow.Uint16(), stored: (x) => Math.round(1000 * Math.abs(x)) },
  Uint32: { type: new arrow.Uint32(), stored: (x) => Math.round(1e8 * Math.abs(x)) },
  Uint64: { type: new arrow.Uint64(), stored: (x) => BigInt(Math.round(1e9 * Math.abs(x))) },
  Float16: { type: new arrow.Float16(), stored: (x) => Math.round(32 * x) / 32 },
  Float32: { type: new arrow.Float32(), stored: Math.fround },
  Float64: { type: new arrow.Float64(), stored: (x) => x },
  Bool: { type: new arrow.Bool(), stored: (x) => Number(x > 0) },
  "Dictionary of Int32": {
    type: new arrow.Dictionary(new arrow.Int32(), new arrow.Int16()),
    stored: (x) => Math.round(8 * x),
  },
  Duration: { type: new arrow.DurationMicrosecond(), stored: (x) => BigInt(Math.round(1e6 * x)) },
};

type Stored = number | bigint | null;

/** A Vector of values in chunks of random lengths, and slices of more than is wanted. */
function vectorOf(name: string, values: readonly Stored[], seed: number): arrow.Vector {
  const { type } = types[name]!;
  const random = randomFrom(seed);
  const written = name === "Bool" ? values.map((value) => value && value === 1) : values;
  // Typed with the fillers' type: Arrow would take the first value's otherwise.
  const filler = written.find((value) => value !== null) ?? null;
  const pieces: arrow.Vector[] = [];
  for (let from = 0; from < written.length; ) {
    const to = Math.min(written.length, from + 1 + Math.floor(random() * written.length));
    const before = Math.floor(random() * 20);
    const padded = [...Array(before).fill(filler), ...written.slice(from, to), null, filler];
    pieces.push(arrow.vectorFromArray(padded, type).slice(before, before + to - from));
    from = to;
  }
  const [first = arrow.vectorFromArray([], type), ...rest] = pieces;
  return first.concat(...rest);
}

const nulled = (values: readonly Stored[], share: number, seed: number): Stored[] => {
  const random = randomFrom(seed);
  return values.map((value) => (random() < share ? null : value));
};

const copyOf = (values: readonly Stored[]) =>
  Float64Array.from(
    values.filter((value) => value !== null),
    Number,
  );

describe("every statistic", () => {
  for (const name of Object.keys(types)) {
    it(`of sliced, chunked, nullable ${name} is that of a Float64Array of its values`, () => {
      const sizes = [1, 2, 63, 64, 65, 700, 3000, 9000];
      for (const [k, size] of sizes.entries()) {
        const { stored } = types[name]!;
        const x = nulled(Array.from(sample("normal", size, k), stored), k % 2 === 0 ? 0.2 : 0, k);
        const y = nulled(Array.from(sample("normal", 500, k + 50, 0.3), stored), 0.1, k);
        const [reference, current] = [vectorOf(name, x, k), vectorOf(name, y, k + 1)];
        const [plain, other] = [copyOf(x), copyOf(y)];
        for (const [method, statistic] of Object.entries(ofOne)) {
          expectSame(statistic(reference), statistic(plain), `${method} of ${size}`);
        }
        for (const [method, statistic] of Object.entries(ofTwo)) {
          if (method === "tTest" && plain.length < 2) continue;
          if (plain.length === 0) continue;
          expectSame(statistic(reference, current), statistic(plain, other), `${method} of ${size}`);
        }
        expect(moments(reference).missing).toEqual({ rows: size, null: size - plain.length, nan: 0 });
      }
    });
  }

  it("is the same, bit for bit, however a column is cut into chunks", () => {
    const values = Array.from(sample("lognormal", 40_000, 9));
    const x = nulled(values, 0.05, 3) as (number | null)[];
    const y = sample("lognormal", 30_000, 10);
    const whole = arrow.vectorFromArray(x, new arrow.Float64());
    for (const seed of [1, 2, 3]) {
      const cut = vectorOf("Float64", x, seed);
      for (const statistic of Object.values(ofOne)) expect(statistic(cut)).toEqual(statistic(whole));
      for (const statistic of Object.values(ofTwo)) expect(statistic(cut, y)).toEqual(statistic(whole, y));
    }
  });

  it("is the same from every form of the same doubles", () => {
    const values = sample("one decimal", 3000, 4);
    const other = sample("one decimal", 2500, 5, 0.1);
    const shifted = new Float64Array(3002);
    shifted.set(values, 1);
    const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
    shared.set(values);
    const forms: NumericInput[] = [
      Array.from(values),
      shifted.subarray(1, 3001),
      shared,
      arrow.makeVector(values),
      arrow.vectorFromArray(Array.from(values), new arrow.Float64()),
    ];
    for (const form of forms) {
      for (const statistic of Object.values(ofOne)) expect(statistic(form)).toEqual(statistic(values));
      for (const statistic of Object.values(ofTwo)) expect(statistic(form, other)).toEqual(statistic(values, other));
    }
  });

  it("is the same with a prepared reference, and with two", () => {
    for (const shape of [
      "normal",
      "lognormal",
      "ten integers",
      "some NaN",
      "infinities",
      "an outlier",
      "huge",
      "subnormal",
    ]) {
      for (const [n, m] of [
        [40, 30],
        [5000, 6000],
        [20_000, 300],
      ] as const) {
        const [x, y] = [sample(shape, n, 1), sample(shape, m, 2, 0.1)];
        const [first, second] = [prepare(x), prepare(y)];
        for (const [method, statistic] of Object.entries(ofTwo)) {
          const found = statistic(x, y);
          const where = `${method} of ${n} and ${m} ${shape}`;
          expectSame(statistic(first, y), found, where);
          expectSame(statistic(first, second), found, where);
          expect((statistic(first, y) as { missing: unknown }).missing).toEqual(
            (found as { missing: unknown }).missing,
          );
        }
        for (const [method, statistic] of Object.entries(ofOne)) {
          expectSame(statistic(first), statistic(x), `${method} of ${n} ${shape}`);
        }
      }
    }
  });

  it("of a column of 64-bit integers beyond 2^53 is the same with a prepared reference", () => {
    const far = 2n ** 61n;
    const integers = (length: number, step: bigint) =>
      BigInt64Array.from({ length }, (_, k) => far + BigInt((k * 7919) % 5003) * step);
    for (const [n, m] of [
      [50, 40],
      [9000, 7000],
    ] as const) {
      const [x, y] = [integers(n, 1n), integers(m, 2n)];
      for (const statistic of Object.values(ofTwo)) expectSame(statistic(prepare(x), y), statistic(x, y), `${n}`);
    }
  });

  it("leaves its inputs as they were, to the last byte", () => {
    for (const shape of ["normal", "infinities", "some NaN", "huge", "subnormal", "zeros of both signs"]) {
      for (const length of [100, 9000]) {
        const x = sample(shape, length, 1);
        const y = Array.from(sample(shape, length, 2));
        const z = BigInt64Array.from({ length }, (_, k) => 2n ** 60n - BigInt(k) * 10_000n);
        const v = vectorOf("Float32", nulled(Array.from(x), 0.3, 1), 5);
        const p = prepare(x);
        const bytes = () => [
          Uint8Array.from(new Uint8Array(x.buffer)),
          new Uint8Array(Float64Array.from(y).buffer),
          Uint8Array.from(new Uint8Array(z.buffer)),
          ...v.data.flatMap(({ values, nullBitmap }) => [
            Uint8Array.from(new Uint8Array(values.buffer)),
            Uint8Array.from(nullBitmap),
          ]),
          Uint8Array.from(new Uint8Array(p.values.buffer)),
          Uint8Array.from(new Uint8Array(p.counts.buffer)),
        ];
        const before = bytes();
        for (const column of [x, y, z, v, p] as NumericInput[]) {
          for (const statistic of Object.values(ofOne)) statistic(column);
          for (const other of [x, y, z, v] as NumericInput[]) {
            for (const statistic of Object.values(ofTwo)) statistic(column, other);
          }
        }
        const after = bytes();
        for (const [k, array] of before.entries()) expect(Buffer.compare(array, after[k]!), `${shape} ${k}`).toBe(0);
      }
    }
  });

  it("of selected rows is that of a copy of them", () => {
    const plans = [
      gapPlan,
      fullWalkPlan,
      areaPlan,
      tTestPlan,
      () => momentsPlan(1),
      () => quantilesPlan(1, [0.1, 0.5]),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom("normal", "ten integers", "lognormal", "infinities"),
        fc.oneof(fc.integer({ min: 2, max: 300 }), fc.constant(9001)),
        fc.nat(7),
        fc.integer(),
        (shape, length, offset, seed) => {
          const values = sample(shape, length, seed);
          const random = randomFrom(seed + 1);
          const bits = Uint8Array.from({ length: Math.ceil((length + offset) / 8) }, () => 256 * random());
          const chosen = values.filter((_, row) => (bits[(row + offset) >> 3]! >> ((row + offset) & 7)) & 1);
          const column = (array: Float64Array, selection: { bits: Uint8Array; offset: number } | null) => {
            const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
            const chunk = {
              layout: "f64",
              length: array.length,
              bytes,
              bitOffset: 0,
              scale: 0,
              validity: null,
              validityOffset: 0,
            } as const;
            return denseSource({ chunks: [chunk], rows: array.length, representation: "f64", selection });
          };
          const reference = column(sample(shape, 9000, 3), null);
          const selected = column(values, { bits, offset });
          const copy = column(chosen, null);
          for (const plan of plans) {
            const found = answerNow<object | null>(plan() as never, reference, selected);
            const expected = answerNow<object | null>(plan() as never, reference, copy);
            expectSame({ ...found, ordered: null }, { ...expected, ordered: null }, plan.name);
          }
          const { rows, null: missing } = selected.missing();
          expect({ rows, missing }).toEqual({ rows: chosen.length, missing: 0 });
        },
      ),
      { numRuns: 40 },
    );
  });
});
