/** Truth values and small integers, which are counted without a hash table. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countValues } from "../../dist/engine/categories.js";
import { bitsOf, type FixedChunk, type Layout } from "../../src/engine/chunk.js";
import { bitmap, bitmapOf } from "./naive.js";

const arrays = { i8: Int8Array, u8: Uint8Array, i16: Int16Array, u16: Uint16Array } as const;

type Small = keyof typeof arrays | "bit";

/** Values of a type from one end of its range to the other; null rows hold a value all the same. */
const columns = fc.constantFrom<Small>("bit", "i8", "u8", "i16", "u16").chain((layout) => {
  const values = 2 ** bitsOf[layout];
  const least = layout.startsWith("i") ? -values / 2 : 0;
  const value = fc.oneof(fc.integer({ min: least, max: least + values - 1 }), fc.constantFrom(least, least + 1, 0));
  const part = fc.array(fc.tuple(value, fc.boolean()), { maxLength: 60 });
  return fc.record({ layout: fc.constant(layout), parts: fc.array(part, { maxLength: 4 }), offset: fc.nat(9) });
});

function chunkOf(layout: Small, rows: readonly (readonly [number, boolean])[], offset: number): FixedChunk {
  const values = rows.map(([value]) => value);
  const bits =
    layout === "bit"
      ? bitmapOf(
          values.map((value) => value !== 0),
          offset % 8,
        )
      : null;
  const bytes = bits ?? new Uint8Array(arrays[layout as keyof typeof arrays].from(values).buffer);
  const present = rows.map(([, valid]) => valid);
  const validity = present.every(Boolean) ? null : bitmapOf(present, offset);
  const fixed = { length: rows.length, layout: layout as Layout, bytes, bitOffset: bits ? offset % 8 : 0, scale: 0 };
  return { ...fixed, validity, validityOffset: validity ? offset : 0 };
}

const nameOf = (layout: Small, value: number): string => (layout === "bit" ? String(value !== 0) : String(value));

function naive(layout: Small, rows: readonly (readonly [number, boolean])[]): [string, number][] {
  const counts = new Map<number, number>();
  for (const [value, valid] of rows) if (valid) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).map(([value, count]) => [nameOf(layout, value), count]);
}

describe("countValues of truth values and small integers", () => {
  it("counts as a Map does, in the order of the values, whatever the chunks", () => {
    fc.assert(
      fc.property(columns, ({ layout, parts, offset }) => {
        const chunks = parts.map((part) => chunkOf(layout, part, offset));
        const rows = parts.flat();
        const found = countValues(chunks, null, 2 ** 16)!;
        expect([...found.counts]).toEqual(naive(layout, rows));
        expect(found).toMatchObject({ rows: rows.length, nulls: rows.filter(([, valid]) => !valid).length, nan: 0 });
      }),
    );
  });

  it("counts the selected rows only", () => {
    fc.assert(
      fc.property(columns, bitmap(256), ({ layout, parts, offset }, bits) => {
        const chunks = parts.map((part) => chunkOf(layout, part, 1));
        const rows = parts.flat().filter((_, row) => ((bits[(offset + row) >> 3]! >> ((offset + row) & 7)) & 1) === 1);
        const found = countValues(chunks, { bits, offset }, 2 ** 16)!;
        expect([...found.counts]).toEqual(naive(layout, rows));
        expect(found.rows).toBe(rows.length);
      }),
    );
  });

  it("gives up beyond the limit, and not at it", () => {
    fc.assert(
      fc.property(columns, ({ layout, parts, offset }) => {
        const chunks = [chunkOf(layout, [[0, false]], 0), ...parts.map((part) => chunkOf(layout, part, offset))];
        const distinct = naive(layout, parts.flat()).length;
        expect(countValues(chunks, null, distinct)?.counts.size).toBe(distinct);
        if (distinct > 0) expect(countValues(chunks, null, distinct - 1)).toBeNull();
      }),
    );
  });

  it("counts many rows over several blocks, and gives up early", () => {
    const values = Int16Array.from({ length: 300_000 }, (_, k) => (k * k) % 1999);
    const expected = naive(
      "i16",
      Array.from(values, (value) => [value, true] as const),
    );
    const chunk = { ...chunkOf("i16", [], 0), length: values.length, bytes: new Uint8Array(values.buffer) };
    const [head, tail] = [values.subarray(0, 70_001), values.subarray(70_001)].map((part) => ({
      ...chunk,
      length: part.length,
      bytes: new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
    }));
    expect([...countValues([chunk])!.counts]).toEqual(expected);
    expect([...countValues([head!, tail!])!.counts]).toEqual(expected);
    expect(countValues([chunk], null, expected.length - 1)).toBeNull();
    expect(countValues([head!, tail!], null, 20)).toBeNull();
  });

  it("counts many truth values with nulls", () => {
    const rows = Array.from({ length: 200_000 }, (_, k) => [k % 3 === 0 ? 1 : 0, k % 7 > 0] as const);
    expect([...countValues([chunkOf("bit", rows, 5)])!.counts]).toEqual(naive("bit", rows));
  });
});
