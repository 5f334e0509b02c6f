import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf } from "../../dist/column/column-of.js";
import { countValues } from "../../dist/engine/categories.js";
import { firstChunk } from "../column/naive.js";
import { sorted } from "./naive.js";

function counted(input: Parameters<typeof columnOf>[0], limit?: number) {
  const column = columnOf(input);
  const found = countValues(column.chunks as never, null, limit);
  return found && { ...found, counts: sorted(found.counts) };
}

describe("countValues", () => {
  it("names truth values false and true", () => {
    expect(counted([true, false, null, true])).toMatchObject({
      counts: { '"false"': 1, '"true"': 2 },
      rows: 4,
      nulls: 1,
    });
  });

  it("names numbers as JavaScript prints them, -0 as 0, and counts NaN apart", () => {
    const found = counted([0, -0, 1.5, null, Number.NaN, Number.POSITIVE_INFINITY, 1e21]);
    expect(found).toMatchObject({ counts: { '"0"': 2, '"1.5"': 1, '"Infinity"': 1, '"1e+21"': 1 }, nulls: 1, nan: 1 });
  });

  it("keeps all digits of 64-bit integers, the largest and smallest too", () => {
    const signed = [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 0n];
    const counts = Object.fromEntries(signed.map((x) => [`"${x}"`, x === 2n ** 63n - 1n ? 2 : 1]));
    expect(counted(BigInt64Array.from(signed))?.counts).toEqual(
      sorted(Object.entries(counts).map(([k, v]) => [k.slice(1, -1), v])),
    );
    const unsigned = [2n ** 64n - 1n, 2n ** 63n - 1n, 2n ** 63n, 0n];
    expect(Object.keys(counted(BigUint64Array.from(unsigned))!.counts)).toEqual(unsigned.map((x) => `"${x}"`).sort());
  });

  it("counts as a Map does, whatever the typed array", () => {
    const arrays = [
      Int8Array,
      Uint8Array,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
    ];
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 3000 }),
        fc.constantFrom(...arrays),
        (values, array) => {
          const expected = new Map<string, number>();
          for (const value of values) expected.set(String(value), (expected.get(String(value)) ?? 0) + 1);
          expect(counted(array.from(values))?.counts).toEqual(sorted(expected));
        },
      ),
    );
  });

  it("gives up at one distinct value too many, wherever it is", () => {
    const values = Float64Array.from({ length: 200_000 }, (_, k) => k % 20);
    expect(countValues(columnOf(values).chunks as never, null, 20)?.distinct).toBe(20);
    values[199_999] = 20;
    expect(countValues(columnOf(values).chunks as never, null, 20)).toBe(null);
    expect(countValues(columnOf(values).chunks as never, null, 21)?.distinct).toBe(21);
  });

  it("finds room for many distinct values when asked to", () => {
    const values = Float64Array.from({ length: 300_000 }, (_, k) => k / 3);
    expect(countValues(columnOf(values).chunks as never, null, 2 ** 22)?.distinct).toBe(300_000);
  });

  it("counts the selected rows only, chunk by chunk", () => {
    const chunk = firstChunk(columnOf([1, 2, null, 1, Number.NaN])) as never;
    const found = countValues([chunk, chunk], { bits: Uint8Array.of(0b1110_1011, 0b01), offset: 1 });
    expect({ ...found, counts: sorted(found!.counts) }).toMatchObject({
      rows: 6,
      nulls: 2,
      nan: 1,
      counts: { '"1"': 2, '"2"': 1 },
    });
  });
});
