import * as arrow from "apache-arrow";
import fc from "fast-check";
import { type ColumnReport, compare, type DriftReport, prepare, type TableInput } from "smirnov";
import { describe, expect, it } from "vitest";
import { randomFrom, sample, shapeNames } from "../statistics/samples.ts";

const units = { s: arrow.TimeUnit.SECOND, ms: arrow.TimeUnit.MILLISECOND } as const;

/** Makers of columns of every kind: the same numbers for the same seed. */
const makers: Record<string, (length: number, seed: number) => unknown> = {
  ...Object.fromEntries(shapeNames.map((shape) => [shape, (n: number, seed: number) => sample(shape, n, seed)])),
  "some null": (n, seed) => Array.from(sample("normal", n, seed), (x) => (x > 0.7 ? null : x)),
  "all null": (n) => Array(n).fill(null),
  "all NaN": (n) => new Float64Array(n).fill(Number.NaN),
  single: (n, seed) => Float32Array.from(sample("normal", n, seed)),
  "small integers": (n, seed) => Int8Array.from(sample("normal", n, seed), (x) => Math.round(40 * x)),
  "64-bit integers": (n, seed) => BigInt64Array.from(sample("normal", n, seed), (x) => BigInt(Math.round(1e6 * x))),
  "integers beyond 2^53": (n, seed) =>
    BigInt64Array.from(sample("normal", n, seed), (x) => 2n ** 60n + BigInt(Math.round(300 * x))),
  "unsigned integers": (n, seed) =>
    BigUint64Array.from(sample("normal", n, seed), (x) => 2n ** 63n + BigInt(Math.round(1e9 * x))),
  "truth values": (n, seed) => Array.from(sample("normal", n, seed), (x) => x > 0.3),
  text: (n, seed) => Array.from(sample("normal", n, seed), (x) => ["a", "b", "", "d"][Math.floor(Math.abs(x))] ?? null),
  names: (n, seed) => Array.from(sample("normal", n, seed), String),
  dates: (n, seed) => Array.from(sample("normal", n, seed), (x) => new Date(Math.round(1e12 + 1e9 * x))),
  seconds: (n, seed) => stamps(n, seed, "s"),
  milliseconds: (n, seed) => stamps(n, seed, "ms"),
  vectors: (n, seed) => ({ values: sample("normal", 2 * n, seed), dimension: 2 }),
};

function stamps(n: number, seed: number, unit: keyof typeof units) {
  const perSecond = unit === "s" ? 1 : 1000;
  const values = BigInt64Array.from(sample("normal", n, seed), (x) => BigInt(Math.round(1e6 * x) * perSecond));
  const type = new arrow.Timestamp(units[unit]);
  return arrow.makeVector(arrow.makeData({ type, length: n, data: values }));
}

/** Numbers may differ in their last digits, and p-values by more, as much as their logarithm is large; all else is equal. */
function expectSame(found: unknown, wanted: unknown, path = ""): void {
  if (typeof wanted === "number" && typeof found === "number") {
    const size = Math.max(Math.abs(found), Math.abs(wanted));
    const relative = /pValue|PValue/.test(path) ? 1e-12 * (1 - Math.log(Math.max(size, 1e-300))) : 1e-12;
    expect(Math.abs(found - wanted), `${path}: ${found} for ${wanted}`).toBeLessThanOrEqual(relative * size);
  } else if (typeof wanted === "object" && wanted !== null) {
    expect(Object.keys(found as object), path).toEqual(Object.keys(wanted));
    for (const [key, value] of Object.entries(wanted)) {
      expectSame((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else expect(found, path).toBe(wanted);
}

const methods = ["ks", "t-test", "wasserstein", "psi", "jensen-shannon", "chi-square"];

describe("a prepared table", () => {
  it("gives the report of the table it was made from, whatever the columns hold", async () => {
    const names = Object.keys(makers);
    const tables = fc.record({
      n: fc.constantFrom(1, 19, 150, 400, 3000),
      m: fc.constantFrom(1, 20, 64, 300),
      seed: fc.integer(),
      kinds: fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { minLength: 4, maxLength: 4 }),
      method: fc.constantFrom(undefined, undefined, ...methods),
    });
    await fc.assert(
      fc.asyncProperty(tables, async ({ n, m, seed, kinds, method }) => {
        const side = (rows: number, which: 0 | 1, from: number) => {
          const same = names.map((name, k) => [name, makers[name]!(rows, from + k)] as const);
          const mixed = kinds.map((pair, k) => [`mixed ${k}`, makers[pair[which]]!(rows, from + k)] as const);
          return Object.fromEntries([...same, ...mixed]) as unknown as TableInput;
        };
        const [before, after] = [side(n, 0, seed), side(m, 1, seed + 1000)];
        const options = { temporal: n % 2 === 1, ...(method === undefined ? {} : { method }) };
        const wanted = await compare(before, after, options);
        expectSame(await compare(prepare(before), after, options), wanted);
      }),
      { numRuns: 10 },
    );
  });

  it("gives the same where text became numbers and columns come and go", async () => {
    const before = { a: ["x", "y"], b: [1, 2], c: sample("normal", 300, 1), d: Array<null>(2).fill(null) };
    const half = { ...before, c: [1, 2] };
    const after = { a: [1, 2], b: ["x", "y"], e: [1, 2], d: ["x", "y"] };
    expectSame(await compare(prepare(half), after), await compare(half, after));
  });

  it("keeps the reasons, types and statuses of what cannot be judged", async () => {
    const list = arrow.vectorFromArray([[1], [2]], new arrow.List(new arrow.Field("item", new arrow.Float64())));
    const before = { list, x: [1, 2] } as unknown as TableInput;
    const prepared = prepare(before);
    expect([...prepared.unsupported.keys()]).toEqual(["list"]);
    expect(await compare(prepared, before)).toEqual(await compare(before, before));
  });

  it("is plain data that survives a structured clone, and that comparisons leave as it was", async () => {
    const before = { x: sample("normal", 500, 1), t: Array.from(sample("normal", 500, 2), (x) => (x > 0 ? "a" : "b")) };
    const after = { x: sample("normal", 40, 3), t: Array.from(sample("normal", 40, 4), (x) => (x > 1 ? "a" : "b")) };
    const prepared = prepare(before);
    const copy = structuredClone(prepared);
    const report = await compare(prepared, after);
    expect(await compare(copy, after)).toEqual(report);
    expect(copy).toEqual(prepared);
  });

  it("may be compared with many windows at the same time", async () => {
    const random = randomFrom(7);
    const names = Array.from({ length: 30 }, (_, k) => `column ${k}`);
    const table = (rows: number, seed: number) =>
      Object.fromEntries(
        names.map((name, k) => [name, sample(k % 3 === 0 ? "one decimal" : "normal", rows, seed + k)]),
      );
    const prepared = prepare(table(4000, 1));
    const windows = Array.from({ length: 8 }, (_, k) => table(20 + Math.floor(300 * random()), 1000 * (k + 1)));
    const alone: DriftReport[] = [];
    for (const window of windows) alone.push(await compare(prepared, window));
    // So that other comparisons get their turns in between.
    const options = { onProgress: () => void spend(1) };
    expect(await Promise.all(windows.map((window) => compare(prepared, window, options)))).toEqual(alone);
  });

  it("takes tables that a column could be mistaken for", async () => {
    const table = { values: sample("normal", 50, 1), dimension: sample("normal", 50, 2) };
    const prepared = prepare(table);
    expect([...prepared.columns.keys()]).toEqual(["values", "dimension"]);
    const report = await compare(prepared, table);
    expect(Object.values<ColumnReport>(report.columns).map(({ status }) => status)).toEqual(["ok", "ok"]);
  });

  it("refuses what is no table", () => {
    expect(() => prepare({ a: [1, 2], b: [1] })).toThrow(RangeError);
    expect(() => prepare({ a: 5 } as never)).toThrow(TypeError);
    expect(() => prepare(5 as never)).toThrow("prepare: reference needs a typed array, an array or an Arrow Vector");
  });
});

function spend(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
