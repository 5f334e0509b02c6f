import { Float64, Table, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { tableOf } from "../../dist/column/table-of.js";
import { robustZ } from "../../dist/statistics/correlation-change.js";
import { correlationMatrix } from "../../dist/statistics/correlation-matrix.js";
import { midRanks } from "../../dist/statistics/mid-ranks.js";
import { productMoment } from "../../dist/statistics/product-moment.js";
import { oracle, sampleOf, type Written, type WrittenSample } from "./oracle.ts";
import { sample } from "./samples.ts";

type Numbers = readonly (number | null)[] | Float64Array;

const columnsOf = (record: Record<string, unknown>) => [...tableOf(record as never).columns.values()] as never[];
const never = async () => {};

/** One pair alone, in the rows in which both hold a value. */
function naive(x: Numbers, y: Numbers, method: "pearson" | "spearman") {
  const [u, v] = [x, y].map((values) => scored(values, method));
  const rows = [...u!.keys()].filter((k) => !Number.isNaN(u![k]!) && !Number.isNaN(v![k]!));
  const [a, b] = [u!, v!].map((values) => Float64Array.from(rows, (k) => values[k]!));
  const r = productMoment(a!, b!);
  return r === null ? null : { r, n: rows.length, variance: robustZ(a!, b!, r).variance };
}

function scored(values: Numbers, method: "pearson" | "spearman"): Float64Array {
  const all = Float64Array.from(values, (value) => value ?? Number.NaN);
  if (method === "pearson") return all;
  const present = all.filter((value) => !Number.isNaN(value));
  const ranks = midRanks(present);
  let next = 0;
  return all.map((value) => (Number.isNaN(value) ? value : ranks[next++]!));
}

/** Columns of every kind there is, of a number of rows that fills no block. */
function columns(rows: number): Record<string, Numbers> {
  const [a, b, c] = [1, 2, 3].map((seed) => sample("normal", rows, seed)) as [Float64Array, Float64Array, Float64Array];
  const holed = (values: Float64Array, every: number) => Array.from(values, (x, k) => (k % every === 0 ? null : x));
  return {
    a,
    b: b.map((x, k) => x + a[k]!),
    twice: a.map((x) => 2 * x),
    far: c.map((x, k) => 1e9 + x + a[k]!),
    heavy: b.map((x) => Math.exp(3 * x)),
    huge: c.map((x, k) => 1e300 * (x + b[k]!)),
    tiny: c.map((x, k) => 2 ** -1030 * Math.round(1e6 * (x - a[k]!))),
    ties: a.map((x) => Math.round(x) + 0),
    nulls: holed(
      b.map((x, k) => x - c[k]!),
      3,
    ),
    NaN: c.map((x, k) => (k % 5 === 1 ? Number.NaN : x + b[k]!)),
    apart: holed(
      c.map((x, k) => (k % 3 === 0 ? 1e12 : x)),
      7,
    ),
    constant: new Float64Array(rows).fill(0.1),
    empty: new Array(rows).fill(null),
    infinite: a.map((x, k) => (k === 3 ? Number.POSITIVE_INFINITY : x)),
  };
}

describe("the matrix of correlations", () => {
  it.each([
    ["pearson", 21],
    ["pearson", 5003],
    ["spearman", 21],
    ["spearman", 5003],
  ] as const)("holds the %s of each pair alone, of %d rows, and the variance its rows show", async (method, rows) => {
    const record = columns(rows);
    // What is far from zero moves nearer without rounding: a pair alone would lose digits to its mean.
    const values = Object.values({ ...record, far: (record.far as Float64Array).map((x) => x - 1e9) });
    const matrix = await correlationMatrix(columnsOf(record), method, never);
    const pairs: [number, number][] = [];
    for (let i = 0; i < values.length; i++) {
      for (let j = i + 1; j < values.length; j++) {
        const expected = naive(values[i]!, values[j]!, method);
        const found = matrix.of(i, j);
        const which = `${Object.keys(record)[i]}, ${Object.keys(record)[j]}`;
        if (expected === null) expect(found, which).toBeNull();
        else {
          expect(found!.n, which).toBe(expected.n);
          expect(Math.abs(found!.r - expected.r), which).toBeLessThan(1e-12);
          pairs.push([i, j]);
        }
      }
    }
    const again = await matrix.confirmed(pairs);
    pairs.forEach(([i, j], k) => {
      const { r, variance } = naive(values[i]!, values[j]!, method)!;
      if (Math.abs(r) > 0.9999) return;
      expect(again[k]!.value).toBeCloseTo(Math.atanh(r), 10);
      expect(Math.abs(again[k]!.variance / variance - 1)).toBeLessThan(1e-9);
    });
    expect(matrix.of(0, 2)!.r).toBe(1);
  });

  it("is the oracle's", async () => {
    interface Case {
      readonly x?: WrittenSample;
      readonly y?: WrittenSample;
      readonly pearson?: { readonly coefficient: Written };
      readonly spearman?: { readonly coefficient: Written };
    }
    for (const one of oracle<{ cases: Case[] }>("correlation").cases) {
      if (!one.x || !one.y) continue;
      for (const method of ["pearson", "spearman"] as const) {
        const matrix = await correlationMatrix(columnsOf({ x: sampleOf(one.x), y: sampleOf(one.y) }), method, never);
        expect(Math.abs(matrix.of(0, 1)!.r - Number(one[method]!.coefficient))).toBeLessThan(1e-14);
      }
    }
  });

  it("does not depend on chunks, to the last bit", async () => {
    const rows = 9001;
    const record = columns(rows);
    const names = ["a", "far", "nulls", "NaN", "heavy"];
    const part = (name: string, from: number, to: number) =>
      vectorFromArray([...record[name]!].slice(from, to), new Float64());
    const cuts = [0, 1, 700, 701, 5000, rows];
    const cut = new Table(
      Object.fromEntries(
        names.map((name) => {
          const [first, ...rest] = cuts.slice(1).map((to, k) => part(name, cuts[k]!, to));
          return [name, first!.concat(...rest)];
        }),
      ),
    );
    expect(tableOf(cut).columns.get("a")!.chunks).toHaveLength(5);
    for (const method of ["pearson", "spearman"] as const) {
      const [one, other] = [
        await correlationMatrix(
          columnsOf(Object.fromEntries(names.map((name) => [name, record[name]]))),
          method,
          never,
        ),
        await correlationMatrix([...tableOf(cut).columns.values()] as never[], method, never),
      ];
      for (let i = 0; i < names.length; i++) {
        for (let j = i + 1; j < names.length; j++) expect(other.of(i, j)).toEqual(one.of(i, j));
      }
      expect(await other.confirmed([[0, 2]])).toEqual(await one.confirmed([[0, 2]]));
    }
  });

  it("reads numbers of every width, and takes its pauses", async () => {
    const rows = 5000;
    const whole = Float64Array.from(sample("normal", rows, 4), (x) => Math.round(20 * x));
    const table = {
      f64: whole,
      i8: Int8Array.from(whole),
      i32: Int32Array.from(whole),
      i64: BigInt64Array.from(whole, BigInt),
      f32: Float32Array.from(whole),
      other: sample("normal", rows, 5),
    };
    let pauses = 0;
    const matrix = await correlationMatrix(columnsOf(table), "spearman", async () => {
      pauses++;
    });
    expect(pauses).toBeGreaterThanOrEqual(6);
    for (let i = 1; i < 5; i++) {
      expect(matrix.of(0, i)).toEqual({ r: 1, n: rows });
      expect(matrix.of(i, 5)).toEqual(matrix.of(0, 5));
    }
  });
});
