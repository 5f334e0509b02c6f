import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextColumn } from "../../dist/column/column.js";
import { columnOf } from "../../dist/column/column-of.js";
import { countNamed } from "../../dist/engine/categories.js";
import { categorySource } from "../../dist/source/categories.js";
import { answerNow } from "../../dist/source/plan.js";
import { prepare } from "../../dist/source/sides.js";
import type { Source } from "../../dist/source/source.js";
import { categoryCellsPlan } from "../../dist/statistics/category-cells.js";
import { chiSquareOf, chiSquareTest } from "../../dist/statistics/chi-square.js";
import { jensenShannon } from "../../dist/statistics/jensen-shannon.js";
import { permutationTest } from "../../dist/statistics/permutation-test.js";
import { gTest, powerDivergenceTest } from "../../dist/statistics/power-divergence-test.js";
import { psi } from "../../dist/statistics/psi.js";
import { expectClose } from "./oracle.js";
import { randomFrom } from "./samples.ts";

const reference = { counts: { a: 50, b: 30, c: 10, other: 6, d: 3, e: 1 } };
const current = { counts: { a: 20, b: 15, c: 5, other: 6, f: 4 } };

describe("topK and minShare", () => {
  it("leave the most frequent categories of both sides together, and count the rest as one cell", () => {
    const found = chiSquareTest(reference, current, { topK: 3 });
    const { statistic, pValue } = chiSquareOf([50, 30, 10, 10], [20, 15, 5, 10]);
    expect(found).toMatchObject({ statistic, pValue, degreesOfFreedom: 3, categories: 3 });
    // A category that is called other is one of those in it here, and keeps its cell below.
    expect(found.grouped).toEqual({ categories: 4, reference: 10, current: 10 });
    const four = chiSquareTest(reference, current, { topK: 4 });
    expect(four.statistic).toBe(chiSquareOf([50, 30, 10, 6, 4], [20, 15, 5, 6, 4]).statistic);
    expect(four.grouped).toEqual({ categories: 3, reference: 4, current: 4 });
    expect(chiSquareTest(reference, current, { topK: 7 })).toEqual(chiSquareTest(reference, current));
    for (const { newCategories, vanishedCategories } of [found, four]) {
      expect(newCategories).toEqual({ count: 1, share: 0.08, names: ["f"] });
      expect(vanishedCategories).toEqual({ count: 2, share: 0.04, names: ["d", "e"] });
    }
  });

  it("leave those that have a share of all rows, and of these the most frequent ones", () => {
    // 150 rows: 0.08 are 12, which both c and other have.
    const found = chiSquareTest(reference, current, { minShare: 0.08 });
    expect(found).toMatchObject({ categories: 4, grouped: { categories: 3, reference: 4, current: 4 } });
    expect(chiSquareTest(reference, current, { minShare: 0.0801 })).toMatchObject({ categories: 3 });
    expect(chiSquareTest(reference, current, { minShare: 0.08, topK: 2 })).toMatchObject({
      categories: 2,
      grouped: { categories: 5, reference: 20, current: 15 },
    });
    expect(chiSquareTest(reference, current, { minShare: 0 }).grouped).toBeNull();
    const none = chiSquareTest(reference, current, { minShare: 0.9 });
    expect(none).toMatchObject({ status: "constant", categories: 0, grouped: { categories: 7, reference: 100 } });
  });

  it("mean the same to every function on categories", () => {
    const [x, y] = [{ counts: [50, 30, 20] }, { counts: [20, 15, 15] }];
    const options = { topK: 2 };
    for (const test of [chiSquareTest, gTest, powerDivergenceTest]) {
      const { statistic, pValue } = test(x, y);
      expect(test(reference, current, options)).toMatchObject({ statistic, pValue });
    }
    const shown = { names: ["a", "b"], reference: [50, 30], current: [20, 15], categories: 2 };
    const grouped = { categories: 5, reference: 20, current: 15 };
    for (const distance of [psi, jensenShannon]) {
      const found = distance(reference, current, options);
      expect(found.distance).toBe(distance(x, y).distance);
      expect(found.cells).toMatchObject({ ...shown, grouped });
      expect(distance(reference, current).cells).toMatchObject({ categories: 7, grouped: null });
    }
    const [all, some] = [
      permutationTest(x, y, "total-variation"),
      permutationTest(reference, current, "total-variation", options),
    ];
    expect(some.statistic).toBe(all.statistic);
    expect([all.grouped, some.grouped]).toEqual([null, grouped]);
  });

  it("group alike in any order of rows, and columns as their counts", () => {
    const names = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "other", ""), { minLength: 1, maxLength: 40 });
    const options = fc.record({
      topK: fc.integer({ min: 1, max: 8 }),
      minShare: fc.double({ min: 0, max: 0.3, noNaN: true }),
    });
    fc.assert(
      fc.property(names, names, options, (x, y, grouping) => {
        const found = chiSquareTest(x, y, grouping);
        expect(chiSquareTest([...x].reverse(), y, grouping)).toEqual(found);
        expect(chiSquareTest(prepare(x), y, grouping)).toEqual(found);
        expectClose(chiSquareTest(y, x, grouping).statistic, found.statistic, 1e-11);
        const { grouped } = found;
        const own = new Set([...x, ...y]).size;
        expect(found.categories + (grouped?.categories ?? 0)).toBe(own);
        expect(found.categories).toBeLessThanOrEqual(grouping.topK);
      }),
    );
  });

  it("keep the level of the test, which grouping what is rare on either side would not", () => {
    const random = randomFrom(5);
    const draw = (rows: number) => {
      const counts: Record<string, number> = {};
      for (let k = 0; k < rows; k++) {
        const name = `c${Math.floor(300 * random())}`;
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return { counts };
    };
    for (const grouping of [{ topK: 10 }, { minShare: 0.004 }]) {
      let rejected = 0;
      for (let k = 0; k < 200; k++) if (chiSquareTest(draw(2000), draw(100), grouping).pValue <= 0.05) rejected++;
      // 5 % and three standard errors.
      expect(rejected / 200).toBeLessThan(0.097);
      expect(rejected / 200).toBeGreaterThan(0.003);
    }
  });

  it("are refused where they are none, and for bins", () => {
    for (const topK of [0, 1.5, -1, 2 ** 23]) {
      expect(() => chiSquareTest(["a"], ["b"], { topK })).toThrow("chiSquareTest: topK must be a whole number from 1");
    }
    expect(() => psi(["a"], ["b"], { topK: "3" as never })).toThrow(TypeError);
    expect(() => gTest(["a"], ["b"], { minShare: 1 })).toThrow(
      "gTest: minShare must be a number from 0 up to 1, got 1",
    );
    expect(() => jensenShannon(["a"], ["b"], { minShare: null as never })).toThrow(TypeError);
    expect(() => psi([1, 2], [2, 3], { topK: 1 })).toThrow(
      "psi: topK and minShare are of categories, and numbers are binned",
    );
    expect(psi([1, 2], [2, 3], { topK: 1, bins: "distinct" }).cells).toMatchObject({ names: ["2"] });
    expect(() => permutationTest([1], [2], "ks", { topK: 1 })).toThrow("topK and minShare are of categories");
    expect(() => permutationTest([1], [2], () => 0, { topK: 1 })).toThrow(RangeError);
  });
});

/** A side that keeps only so many categories by name, as all do beyond four million. */
function cutTo(most: number, column: TextColumn, asked: string[][]): Source {
  const whole = categorySource(column);
  const counted = categorySource(column);
  return {
    ...whole,
    categories: () => counted.categories(most),
    countsOf(names) {
      asked.push([...names]);
      return whole.countsOf(names);
    },
  };
}

describe("sides with more categories than are kept by name", () => {
  const random = randomFrom(9);
  const draw = (rows: number, shift: number) =>
    Array.from({ length: rows }, () => `k${Math.floor(shift + 1 / (random() + 0.002))}`);
  const [x, y] = [draw(5000, 0), draw(3000, 3)];
  const columns = [columnOf(x, "x", "test"), columnOf(y, "y", "test")] as [TextColumn, TextColumn];
  const whole = columns.map((column) => categorySource(column)) as [Source, Source];

  it("have exact counts of the most frequent ones, and of all others together", () => {
    for (const grouping of [{ topK: 5 }, { topK: 25 }, { minShare: 0.02 }, { topK: 3, minShare: 0.01 }]) {
      const asked: string[][] = [];
      const [a, b] = columns.map((column) => cutTo(60, column, asked)) as [Source, Source];
      const found = answerNow(categoryCellsPlan(grouping), a, b);
      const expected = answerNow(categoryCellsPlan(grouping), ...whole);
      expect(found.names).toEqual(expected.names);
      expect(found.reference).toEqual(expected.reference);
      expect(found.current).toEqual(expected.current);
      expect(found.grouped).toEqual({ ...expected.grouped, categories: null });
      // Names that one list has and the other left out are asked for.
      expect(asked.length).toBeGreaterThan(0);
      for (const name of found.newCategories.names) expect(x).not.toContain(name);
      for (const name of found.vanishedCategories.names) expect(y).not.toContain(name);
    }
  });

  it("are refused ungrouped, and with a share that too many have", () => {
    const [a, b] = columns.map((column) => cutTo(60, column, [])) as [Source, Source];
    expect(() => answerNow(categoryCellsPlan(), a, b)).toThrow("topK or minShare puts the rare ones together");
    expect(() => answerNow(categoryCellsPlan({ minShare: 1e-6 }), a, b)).toThrow("minShare 0.000001 leaves more than");
  });

  it("are counted by name in whatever way text is stored", () => {
    const texts = ["a", "b", "a", null, "other", "b", "a"];
    const stored = {
      strings: texts,
      utf8: arrow.vectorFromArray(texts, new arrow.Utf8()),
      dictionary: arrow.vectorFromArray(texts, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
    };
    for (const [how, column] of Object.entries(stored)) {
      const source = categorySource(columnOf(column, "x", "test") as TextColumn);
      const found = source.countsOf(["a", "other", "none"]);
      expect([found.get("a"), found.get("other"), found.get("none") ?? 0], how).toEqual([3, 1, 0]);
      const { chunks } = columnOf(column, "x", "test") as TextColumn;
      expect([...countNamed(chunks, new Set(["a", "other", "none"]))].sort(), how).toEqual([
        ["a", 3],
        ["other", 1],
      ]);
    }
  });
});
