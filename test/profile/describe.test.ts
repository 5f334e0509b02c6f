import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { describeProfile, moments, profile, toColumns } from "../../dist/index.js";
import type { DescribedNumbers, DescribedText } from "../../dist/profile/describe-profile.js";
import { sample } from "../statistics/samples.ts";

const table = {
  price: sample("normal", 100_000, 1),
  stars: Int32Array.from({ length: 100_000 }, (_, k) => 1 + (k % 5)),
  when: Array.from({ length: 100_000 }, (_, k) => new Date(1.7e12 + 1000 * k)),
  city: Array.from({ length: 100_000 }, (_, k) => (k % 10 === 0 ? null : k % 3 === 0 ? "Oslo" : "Bergen")),
  user: Array.from({ length: 100_000 }, (_, k) => `user ${k}`),
  vectors: { values: new Float32Array(100_000), dimension: 1 },
};
const found = describeProfile(await profile(table));
const numbers = (name: string) => found.columns[name] as DescribedNumbers;
const text = (name: string) => found.columns[name] as DescribedText;

describe("describeProfile", () => {
  it("has the moments that moments has", () => {
    const expected = moments(table.price);
    const { kind, type, quantiles, rankError, distinct, ...rest } = numbers("price");
    expect([kind, type]).toEqual(["numeric", "Float64"]);
    for (const [name, value] of Object.entries(expected)) {
      if (typeof value !== "number") expect(rest[name as never]).toEqual(value);
      else
        expect(Math.abs((rest[name as never] as number) - value)).toBeLessThanOrEqual(
          1e-13 * Math.max(1, Math.abs(value)),
        );
    }
    expect(quantiles.map(({ probability }) => probability)).toEqual([0.05, 0.25, 0.5, 0.75, 0.95]);
    const sorted = table.price.slice().sort();
    for (const { probability, value } of quantiles) {
      const below = sorted.findLastIndex((x) => x <= (value as number)) + 1;
      expect(Math.abs(below / sorted.length - probability)).toBeLessThanOrEqual(rankError + 1e-5);
    }
    expect(rankError).toBeGreaterThan(0);
    expect(rankError).toBeLessThan(0.02);
    expect(Math.abs(distinct.estimate / 100_000 - 1)).toBeLessThan(5 * distinct.error);
  });

  it("is exact where values are few", () => {
    const { quantiles, rankError, distinct, mean } = numbers("stars");
    expect(quantiles.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5]);
    expect([rankError, distinct, mean]).toEqual([0, { estimate: 5, error: 0 }, 3]);
    expect(text("city")).toMatchObject({ distinct: { estimate: 2, error: 0 }, error: 0, other: 0, count: 90_000 });
    expect(text("city").categories).toEqual([
      { name: "Bergen", count: 60_000 },
      { name: "Oslo", count: 30_000 },
    ]);
  });

  it("says how far counts of heavy hitters may be off", () => {
    const { error, distinct, other, categories } = text("user");
    expect(error).toBeGreaterThan(0);
    expect(other + categories.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
    expect(Math.abs(distinct.estimate / 100_000 - 1)).toBeLessThan(5 * distinct.error);
  });

  it("tells points in time as text, lists what is not supported, and fits into JSON", () => {
    expect(numbers("when")).toMatchObject({
      min: "2023-11-14T22:13:20.000Z",
      max: "2023-11-16T01:59:59.000Z",
      mean: null,
    });
    expect(found.unsupported).toEqual({ vectors: "FixedSizeList[1]<Float32>" });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it("of no values has nulls", async () => {
    const none = describeProfile(await profile({ a: [null], b: [Number.NaN] }));
    for (const column of Object.values(none.columns) as DescribedNumbers[]) {
      expect(column).toMatchObject({ count: 0, mean: null, min: null, max: null, distinct: { estimate: 0, error: 0 } });
      expect(column.quantiles.every(({ value }) => value === null)).toBe(true);
    }
  });

  it("refuses what is no profile and no option", async () => {
    const one = await profile({ a: [1] });
    expect(() => describeProfile({} as never)).toThrow("describeProfile: needs a profile");
    expect(() => describeProfile(one, { quantiles: [2] })).toThrow(RangeError);
    expect(() => describeProfile(one, { quantiles: 0.5 as never })).toThrow(TypeError);
    expect(() => describeProfile(one, { categories: -1 })).toThrow(RangeError);
  });
});

describe("toColumns", () => {
  it("has a row a column, as Arrow and Smirnov take them", async () => {
    const columns = toColumns(await profile(table));
    expect(columns.column).toEqual(["price", "stars", "when", "city", "user"]);
    expect(columns.q50!.slice(1, 4)).toEqual([3, null, null]);
    expect(columns.mostFrequent).toEqual([null, null, null, "Bergen", null]);
    const read = arrow.tableFromArrays(columns as never);
    expect(read.numRows).toBe(5);
    expect(read.getChild("mean")!.get(1)).toBe(3);
    expect((await profile(columns as never)).rows).toBe(5);
  });

  it("never counts more distinct values than there are values", async () => {
    const numbers = Array.from({ length: 20_000 }, (_, k) => Math.sqrt(k + 0.5));
    const found = await profile({ numbers, texts: numbers.map(String) });
    for (const { distinct } of Object.values(describeProfile(found).columns)) {
      expect(distinct.error).toBeGreaterThan(0);
      expect(distinct.estimate).toBeGreaterThan(19_000);
      expect(distinct.estimate).toBeLessThanOrEqual(20_000);
    }
    const texts = found.columns.get("texts")!;
    expect(texts.kind === "categorical" && texts.categories.distinct).toBeLessThanOrEqual(20_000);
  });
});
