/** Fine grids put every value where coarse ones do: the rules are the same, only the counters differ. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCells } from "../../dist/engine/cells.js";
import { denseOf } from "../../dist/engine/dense.js";
import { countFine, type FineGrid, orderFine } from "../../dist/engine/fine-cells.js";
import { orderCells } from "../../dist/engine/order.js";

const number = fc.oneof(
  fc.double(),
  fc.double({ min: -4, max: 4, noNaN: true }),
  fc.constantFrom(0, -0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const values = fc.array(number, { maxLength: 3000 }).map((some) => Float64Array.from(some));
const byScale = fc.tuple(fc.double({ min: -5, max: 1, noNaN: true }), fc.integer({ min: 2, max: 60_000 }));
const byKey = fc.tuple(
  fc.bigInt(-(2n ** 62n), 2n ** 62n),
  fc.integer({ min: 30, max: 55 }),
  fc.integer({ min: 2, max: 60_000 }),
);
const grids: fc.Arbitrary<FineGrid> = fc.oneof(
  byScale.map(([low, count]) => ({ by: "scale" as const, low, scale: count / 6, count })),
  byKey.map(([low, shift, count]) => ({ by: "key" as const, low, shift, count })),
);
const wide = fc.array(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), { maxLength: 500 });

/** Every third cell that holds values. */
const someOf = (counts: Uint32Array) =>
  Uint32Array.from([...counts.keys()].filter((cell) => counts[cell]! > 0).filter((_, k) => k % 3 === 0));
const totalOf = (open: Uint32Array, counts: Uint32Array) => open.reduce((sum, cell) => sum + counts[cell]!, 0);

describe("fine cells", () => {
  it("are counted as coarse ones, and their values ordered alike", () => {
    fc.assert(
      fc.property(values, grids, (some, grid) => {
        const column = denseOf(some);
        const expected = countCells(column, grid);
        expect(countFine(column, grid)).toEqual(expected);
        const open = someOf(expected.counts);
        const found = orderFine(column, grid, open, totalOf(open, expected.counts));
        expect(found).toEqual(orderCells(column, grid, open, expected.counts));
      }),
    );
  });

  it("hold 64-bit integers that doubles do not, signed or not", () => {
    fc.assert(
      fc.property(wide, byKey, fc.boolean(), (some, [low, shift, count], unsigned) => {
        const grid = { by: "key", low, shift, count } as const;
        const column = denseOf(unsigned ? BigUint64Array.from(some) : BigInt64Array.from(some));
        const expected = countCells(column, grid);
        expect(countFine(column, grid)).toEqual(expected);
        const open = someOf(expected.counts);
        const found = orderFine(column, grid, open, totalOf(open, expected.counts));
        expect(found).toEqual(orderCells(column, grid, open, expected.counts));
      }),
    );
  });

  it("may be more than an index of 16 bits holds", () => {
    const some = Float64Array.from({ length: 100_000 }, (_, k) => (k * 7919) % 100_003);
    const grid = { by: "scale", low: 0, scale: 10, count: 1_000_030 } as const;
    const { counts } = countCells(denseOf(some), grid);
    expect(counts).toHaveLength(1_000_030);
    expect([counts[0], counts[5], counts[79_190]]).toEqual([1, 0, 1]);
    const open = Uint32Array.from({ length: 500_000 }, (_, cell) => cell);
    expect(orderCells(denseOf(some), grid, open, counts)).toEqual(some.filter((x) => x < 50_000).sort());
  });
});
