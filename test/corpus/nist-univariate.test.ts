/** NIST's Statistical Reference Datasets: nine samples, the hard ones with tiny spreads far from zero. */
import { readFileSync } from "node:fs";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { type DescribedNumbers, describeProfile, merge, type Profile, profile } from "../../dist/index.js";
import { prepare } from "../../dist/source/sides.js";
import { moments } from "../../dist/statistics/moments.js";
import { corpus, hasCorpus } from "../read/corpus.ts";
import { correctDigits } from "./exact-decimal.ts";

const path = "nist-univariate/nist-univariate.json";

interface Dataset {
  name: string;
  n: number;
  data: string[];
  exact_binary64: { mean: string; std: string };
}

const datasets: Dataset[] = hasCorpus(path) ? JSON.parse(readFileSync(corpus(path), "utf8")).datasets : [];

const vector = (values: readonly (number | null)[]) => arrow.vectorFromArray(values, new arrow.Float64());

/** A null before every third value. */
const withNulls = (values: readonly number[]) => values.flatMap((x, k) => (k % 3 === 0 ? [null, x] : [x]));

function chunked(values: readonly (number | null)[], length: number) {
  const pieces: (typeof values)[] = [];
  for (let from = 0; from < values.length; from += length) pieces.push(values.slice(from, from + length));
  const [first, ...rest] = pieces.map(vector);
  return first!.concat(...rest);
}

const forms: Record<string, (values: number[]) => Parameters<typeof moments>[0]> = {
  Float64Array: (values) => Float64Array.from(values),
  "number[]": (values) => values,
  "number[] with nulls": withNulls,
  "an Arrow Vector": vector,
  "an Arrow Vector with nulls": (values) => vector(withNulls(values)),
  "chunks of 7": (values) => chunked(values, 7),
  "chunks of 64 with nulls": (values) => chunked(withNulls(values), 64),
  "a slice": (values) => vector([1e9, ...values, null, -1e9]).slice(1, values.length + 1),
  "a prepared column": (values) => prepare(values),
};

describe.skipIf(datasets.length === 0)("NIST StRD univariate", () => {
  it("has nine sets", () => {
    expect(datasets.map(({ name }) => name)).toHaveLength(9);
  });

  for (const { name, n, data, exact_binary64: exact } of datasets) {
    for (const [form, made] of Object.entries(forms)) {
      it(`gives mean and standard deviation of ${name} to 15 digits from ${form}`, () => {
        const found = moments(made(data.map(Number)));
        expect(found.count).toBe(n);
        expect(correctDigits(found.mean!, exact.mean)).toBeGreaterThanOrEqual(15);
        expect(correctDigits(found.standardDeviation!, exact.std)).toBeGreaterThanOrEqual(15);
      });
    }

    it(`gives mean and standard deviation of ${name} to 15 digits from profiles of its parts, in any order`, async () => {
      const values = Float64Array.from(data, Number);
      const parts: Profile[] = [];
      for (let at = 0; at < n; at += 7) parts.push(await profile({ x: values.subarray(at, at + 7) }));
      for (const order of [parts, parts.toReversed()]) {
        const found = describeProfile(await merge(order.values())).columns.x as DescribedNumbers;
        expect(found.count).toBe(n);
        expect(correctDigits(found.mean!, exact.mean)).toBeGreaterThanOrEqual(15);
        expect(correctDigits(found.standardDeviation!, exact.std)).toBeGreaterThanOrEqual(15);
      }
    });
  }

  it("is counted in digits that are right", () => {
    expect(correctDigits(0.5, "0.5")).toBe(40);
    expect(correctDigits(0.1, "0.1")).toBe(16);
    expect(correctDigits(1.0011, "1")).toBe(2);
    expect(correctDigits(-2.5e-300, "-2.5e-300")).toBeGreaterThanOrEqual(16);
    expect(correctDigits(1, "2")).toBe(0);
  });
});
