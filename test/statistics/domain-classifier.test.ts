import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { domainLevels, levels, cases as nullCases } from "../../bench/calibration/domain-classifier.js";
import { tableOf } from "../../dist/column/table-of.js";
import { domainClassifier } from "../../dist/statistics/domain-classifier.js";
import { edgesOf } from "../../dist/statistics/feature-codes.js";
import { ksTest } from "../../dist/statistics/ks-test.js";
import { oracle, sampleOf, type WrittenSample } from "./oracle.ts";
import { randomFrom, sample } from "./samples.ts";

interface Case {
  readonly name: string;
  readonly reference: WrittenSample[];
  readonly current: WrittenSample[];
  readonly auc: number;
  readonly standardDeviation: number;
}
const { cases } = oracle<{ cases: Case[] }>("domain-classifier");
const table = (columns: readonly WrittenSample[]) =>
  Object.fromEntries(columns.map((column, k) => [`x${k}`, sampleOf(column)]));

const normals = (rows: number, columns: number, seed: number) =>
  Object.fromEntries(Array.from({ length: columns }, (_, k) => [`x${k}`, sample("normal", rows, seed * 100 + k)]));

describe("domainClassifier", () => {
  it.each(cases)("tells sides apart as well as scikit-learn's trees: $name", async (one) => {
    const { auc } = await domainClassifier(table(one.reference), table(one.current));
    expect(Math.abs(auc! - one.auc)).toBeLessThan(4 * one.standardDeviation);
  });

  it("finds a correlation that changed its sign, which no test of one column does", async () => {
    const reference = table(cases[0]!.reference);
    // The same values in every column, but where x1 was largest it is now smallest.
    const ranks = Array.from(reference.x1!.keys()).sort((a, b) => reference.x1![a]! - reference.x1![b]!);
    const reversed = reference.x1!.slice();
    ranks.forEach((row, k) => {
      reversed[row] = reference.x1![ranks[ranks.length - 1 - k]!]!;
    });
    const current: typeof reference = { ...reference, x1: reversed };
    for (const name of ["x0", "x1", "x2"] as const) expect(ksTest(reference[name]!, current[name]!).pValue).toBe(1);
    const found = await domainClassifier(reference, current);
    expect(found.pValue).toBeLessThan(1e-15);
    expect(found.interval![0]).toBeGreaterThan(0.6);
    const [first, second, third] = found.importances;
    expect([first!.column, second!.column].sort()).toEqual(["x0", "x1"]);
    expect(third!.share).toBeLessThan(0.15);
    expect(found.importances.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it("keeps its level", async () => {
    const { own } = await domainLevels(nullCases[0]!.draw, 60);
    levels.forEach((level, k) => {
      expect(own[k]).toBeLessThan(level + 3 * Math.sqrt((level * (1 - level)) / 60));
    });
  });

  it("finds a changed share of missing values, and new categories", async () => {
    const random = randomFrom(1);
    const numbers = (missing: number) => Array.from({ length: 400 }, () => (random() < missing ? null : random()));
    const texts = (other: number) =>
      Array.from({ length: 400 }, () => (random() < other ? "new" : random() < 0.5 ? "a" : "b"));
    const reference = { number: numbers(0), text: texts(0), same: texts(0.2) };
    const found = await domainClassifier(reference, { number: numbers(0.3), text: texts(0), same: texts(0.2) });
    expect(found.pValue).toBeLessThan(1e-6);
    expect(found.importances[0]).toMatchObject({ column: "number" });
    const other = await domainClassifier(reference, { number: numbers(0), text: texts(0.3), same: texts(0.2) });
    expect(other.pValue).toBeLessThan(1e-6);
    expect(other.importances[0]).toMatchObject({ column: "text" });
  });

  it("gives the same for the same seed, in any form and chunks", async () => {
    const random = randomFrom(3);
    const side = (rows: number) => ({
      number: Array.from({ length: rows }, () => (random() < 0.1 ? null : Math.fround(random()))),
      flag: Array.from({ length: rows }, () => random() < 0.3),
      text: Array.from({ length: rows }, () => (random() < 0.1 ? null : "abcdef"[Math.floor(6 * random())]!)),
    });
    const [reference, current] = [side(500), side(300)];
    const options = { sample: 200, seed: 5, trees: 20 };
    const expected = await domainClassifier(reference, current, options);
    expect(expected).toMatchObject({ n: 500, m: 300, sampled: { reference: 200, current: 200 }, status: "ok" });
    const types = { number: new arrow.Float32(), flag: new arrow.Bool() };
    const texts = [new arrow.Utf8(), new arrow.Utf8View(), new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())];
    for (const [k, type] of texts.entries()) {
      const vectors = (rows: ReturnType<typeof side>) =>
        Object.fromEntries(
          Object.entries({ ...types, text: type }).map(([name, type]) => {
            const values: unknown[] = rows[name as keyof typeof rows];
            const at = 37 * (k + 1);
            return [
              name,
              arrow.vectorFromArray(values.slice(0, at), type).concat(arrow.vectorFromArray(values.slice(at), type)),
            ];
          }),
        );
      expect(await domainClassifier(vectors(reference), vectors(current), options)).toEqual(expected);
    }
    expect(await domainClassifier(tableOf(reference), tableOf(current), options)).toEqual(expected);
    expect(JSON.parse(JSON.stringify(expected))).toEqual(expected);
    const other = await domainClassifier(reference, current, { ...options, seed: 6 });
    expect(other.auc).not.toBe(expected.auc);
  });

  it("does not change what monotone functions leave: only the order of values counts", async () => {
    const [reference, current] = [normals(150, 3, 1), normals(150, 3, 2)];
    const map = (side: typeof reference, f: (x: number) => number) =>
      Object.fromEntries(Object.entries(side).map(([name, values]) => [name, values.map(f)]));
    const expected = await domainClassifier(reference, current);
    expect(
      await domainClassifier(
        map(reference, (x) => x ** 3),
        map(current, (x) => x ** 3),
      ),
    ).toEqual(expected);
  });

  it("looks at the components of vectors, and adds up their shares", async () => {
    const table = (seed: number, shift: number) => ({
      x: sample("normal", 300, seed),
      v: { values: sample("normal", 900, seed + 50).map((x, k) => (k % 3 === 1 ? x + shift : x)), dimension: 3 },
    });
    const { auc, importances, skipped } = await domainClassifier(table(1, 0), table(2, 2));
    expect(auc).toBeGreaterThan(0.85);
    expect(importances.map(({ column }) => column)).toEqual(["v", "x"]);
    expect(importances[0]!.share).toBeGreaterThan(0.8);
    expect(skipped).toEqual([]);
    const holes = table(2, 0);
    holes.v.values.fill(Number.NaN, 0, 450);
    expect((await domainClassifier({ v: table(1, 0).v }, { v: holes.v })).pValue).toBeLessThan(1e-6);
    const wide = { v: { values: new Float64Array(1025 * 30), dimension: 1025 } };
    const left = await domainClassifier(
      { ...wide, w: table(1, 0).v.values.slice(0, 30) },
      { ...wide, w: table(1, 0).x.slice(0, 30) },
    );
    expect(left.skipped).toEqual([{ column: "v", reason: "too-many-components" }]);
    const other = { v: { values: new Float64Array(60), dimension: 2 } };
    const found = await domainClassifier({ v: { values: new Float64Array(30), dimension: 1 } }, other);
    expect(found.skipped).toEqual([{ column: "v", reason: "type-changed" }]);
  });

  it("leaves columns out with a reason, and has a status without any", async () => {
    const numbers = Array.from({ length: 30 }, (_, k) => k);
    const dates = numbers.map((day) => new Date(day * 864e5));
    const names = Array.from({ length: 3000 }, (_, k) => `row ${k}`);
    const shared = { date: dates, constant: numbers.map(() => 7), empty: numbers.map(() => null), changed: numbers };
    const found = await domainClassifier(
      { ...shared, gone: numbers, vectors: { values: new Float64Array(60), dimension: 2 } },
      { ...shared, changed: numbers.map(String), vectors: { values: new Float64Array(60), dimension: 2 } },
    );
    expect(found).toMatchObject({ status: "no-column", auc: null, pValue: null, importances: [] });
    expect(Object.fromEntries(found.skipped.map(({ column, reason }) => [column, reason]))).toEqual({
      date: "temporal",
      constant: "constant",
      empty: "constant",
      changed: "type-changed",
      gone: "missing-in-current",
      vectors: "constant",
    });
    const identifiers = await domainClassifier({ name: names }, { name: names });
    expect(identifiers.skipped).toEqual([{ column: "name", reason: "too-many-categories" }]);
    expect(await domainClassifier({ x: numbers }, { x: [1, 2] })).toMatchObject({ status: "few" });
    expect(await domainClassifier({}, {})).toMatchObject({ status: "few" });
  });

  it("finds differences of few rows too, and nothing where there are none", async () => {
    const side = (seed: number) => ({ x: sample("normal", 25, seed), y: sample("normal", 25, seed + 50) });
    const shifted = ({ x, y }: ReturnType<typeof side>) => ({ x: x.map((value) => value + 2), y });
    const found = await domainClassifier(side(1), shifted(side(2)));
    expect(found.pValue).toBeLessThan(0.005);
    expect(found.auc).toBeGreaterThan(0.8);
    const pValues = await Promise.all(
      Array.from({ length: 40 }, async (_, k) => (await domainClassifier(side(k), side(k + 100), { seed: k })).pValue!),
    );
    expect(pValues.filter((p) => p <= 0.05).length).toBeLessThan(0.05 * 40 + 3 * Math.sqrt(40 * 0.05 * 0.95));
    // Not all alike: something was learned.
    expect(new Set(pValues).size).toBeGreaterThan(30);
  });

  it("gives others their turn after each column and within a fold", async () => {
    const [reference, current] = [normals(400, 150, 1), normals(400, 150, 2)];
    let asked = 0;
    const signal = { throwIfAborted: () => void asked++ };
    const found = await domainClassifier(reference, current, { signal, trees: 200 });
    // A part of a fold looks at 2^22 codes at most: 640 rows of 150 columns make 43 trees, so that there are 5 parts.
    expect(asked).toBeGreaterThanOrEqual(150 + 8 + 5 * 5);
    expect(await domainClassifier(reference, current, { trees: 200 })).toEqual(found);
    const stop = {
      throwIfAborted: () => {
        if (asked-- <= 0) throw new Error("enough");
      },
    };
    asked = 20;
    await expect(domainClassifier(reference, current, { signal: stop })).rejects.toThrow("enough");
  });

  it("tells its progress, lets others have their turn, and stops on request", async () => {
    const [reference, current] = [normals(60, 1, 1), normals(60, 1, 2)];
    const seen: number[] = [];
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const onProgress = ({ done, total }: { done: number; total: number }) => {
      expect(total).toBe(8);
      seen.push(done);
    };
    await domainClassifier(reference, current, { onProgress });
    clearInterval(timer);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(turns).toBeGreaterThan(0);
    const control = new AbortController();
    const stop = { onProgress: () => control.abort(new Error("enough")), signal: control.signal };
    await expect(domainClassifier(reference, current, stop)).rejects.toThrow("enough");
  });

  it("refuses what is no table and options out of range", async () => {
    const x = normals(30, 1, 1);
    const refused = (options: object, reference: unknown = x) =>
      expect(domainClassifier(reference as typeof x, x, options)).rejects;
    await refused({}, 5).toThrow(TypeError);
    await refused({ folds: 1 }).toThrow("domainClassifier: folds must be a whole number from 2 to 100, got 1");
    await refused({ sample: "all" }).toThrow(TypeError);
    await refused({ trees: 0 }).toThrow(RangeError);
    await refused({ seed: -1 }).toThrow(RangeError);
    await refused({ confidence: 2 }).toThrow(RangeError);
    await refused({ columns: ["y"] }).toThrow('domainClassifier: no column "y"; there are x0');
    await refused({ columns: "x0" }).toThrow(TypeError);
    await refused({ signal: {} }).toThrow(TypeError);
    await refused({ onProgress: 1 }).toThrow(TypeError);
    await refused({ depth: 3 }).toThrow("there is no option");
  });
});

describe("bins", () => {
  it("are one for each distinct value where there are few, else of equally many values", () => {
    expect([...edgesOf(Float64Array.of(3, 1, Number.NaN, 2, 1))]).toEqual([1, 2]);
    expect([...edgesOf(Float64Array.of(5, 5))]).toEqual([]);
    const edges = edgesOf(Float64Array.from({ length: 6300 }, (_, k) => k));
    expect([...edges]).toEqual(Array.from({ length: 62 }, (_, k) => 100 * (k + 1) - 1));
  });
});
