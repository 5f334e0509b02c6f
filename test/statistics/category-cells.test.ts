import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categoryCells } from "../../dist/statistics/category-cells.js";

const side = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 4 })), { maxLength: 400 });

function categoriesOf(rows: readonly (readonly [number, number])[]) {
  const counts = new Map(rows.map(([name, count]) => [`name ${name}`, count]));
  return { counts, other: 0, distinct: counts.size, empty: 0 };
}

describe("categoryCells", () => {
  it("aligns both sides: the first hundred by count and name, all others by their counts", () => {
    fc.assert(
      fc.property(side, side, (x, y) => {
        const [reference, current] = [categoriesOf(x), categoriesOf(y)];
        const cells = categoryCells(reference, current);
        const all = [...new Set([...reference.counts.keys(), ...current.counts.keys()])];
        const count = (of: typeof reference, name: string): number => of.counts.get(name) ?? 0;
        expect([...cells.names].sort()).toEqual(all.sort());
        expect([...cells.reference]).toEqual(cells.names.map((name) => count(reference, name)));
        expect([...cells.current]).toEqual(cells.names.map((name) => count(current, name)));
        const first = all.sort((a, b) => count(reference, b) - count(reference, a) || (a < b ? -1 : 1)).slice(0, 100);
        expect(cells.names.slice(0, 100)).toEqual(first);
        const pairs = cells.names.slice(100).map((name) => [count(reference, name), count(current, name)] as const);
        expect(pairs).toEqual([...pairs].sort((a, b) => b[0] - a[0] || b[1] - a[1]));
      }),
    );
  });

  it("names new and vanished categories, the most frequent first", () => {
    fc.assert(
      fc.property(side, side, (x, y) => {
        const [reference, current] = [categoriesOf(x), categoriesOf(y)];
        const { newCategories, vanishedCategories } = categoryCells(reference, current);
        for (const [found, of, other] of [
          [newCategories, current, reference],
          [vanishedCategories, reference, current],
        ] as const) {
          const alone = [...of.counts].filter(([name]) => !other.counts.has(name));
          const total = [...of.counts.values()].reduce((sum, count) => sum + count, 0);
          const share = alone.reduce((sum, [, count]) => sum + count, 0) / (total || 1);
          const names = alone.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
          expect(found).toEqual({ count: alone.length, share, names: names.slice(0, 100) });
        }
      }),
    );
  });
});
