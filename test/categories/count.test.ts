import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CategoryChunk, countCategories } from "../../dist/engine/categories.js";
import { countTexts } from "../../dist/engine/category-texts.js";
import type { TextChunk } from "../../src/engine/chunk.js";
import { asciiChunk, countNaively, sorted, storages, type Texts, texts } from "./naive.js";

function counted(chunks: readonly CategoryChunk[], selection: { bits: Uint8Array; offset: number } | null = null) {
  const { counts, rows, nulls, other, nan, distinct, empty } = countCategories(chunks, selection);
  expect({ other, nan, distinct, empty }).toEqual({
    other: 0,
    nan: 0,
    distinct: counts.size,
    empty: counts.get("") ?? 0,
  });
  return { counts: sorted(counts), rows, nulls };
}

describe.each(Object.entries(storages))("countCategories of %s", (_, store) => {
  it("counts as a Map does", () => {
    fc.assert(
      fc.property(texts, fc.nat(20), (values, offset) => {
        expect(counted([store(values, offset)])).toEqual(countNaively(values));
      }),
    );
  });

  it("does not depend on how the column is cut into chunks", () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 4 }), fc.nat(9), (parts, offset) => {
        expect(counted(parts.map((part) => store(part, offset)))).toEqual(countNaively(parts.flat()));
      }),
    );
  });

  it("counts the selected rows only", () => {
    fc.assert(
      fc.property(
        fc.array(texts, { maxLength: 3 }),
        fc.nat(9),
        fc.uint8Array({ minLength: 40, maxLength: 40 }),
        (parts, offset, bits) => {
          const selected = parts
            .flat()
            .filter((_, row) => ((bits[(offset + row) >> 3]! >> ((offset + row) & 7)) & 1) === 1);
          expect(
            counted(
              parts.map((part) => store(part, 1)),
              { bits, offset },
            ),
          ).toEqual(countNaively(selected));
        },
      ),
    );
  });

  it("counts many rows over many blocks", () => {
    const values = Array.from({ length: 20_000 }, (_, k) =>
      k % 7 === 0 ? null : `${"long ".repeat(k % 5)}${(k * k) % 60}`,
    );
    expect(counted([store(values, 5)])).toEqual(countNaively(values));
  });
});

describe("countCategories", () => {
  it("knows texts that are longer than a block, between short ones and alone", () => {
    const long = "0123456789".repeat(10_000);
    const values = ["a", long, `${long}!`, null, "", long, `!${long.slice(1)}`, "a"];
    for (const name of ["Utf8", "LargeUtf8", "Utf8View"]) {
      expect(counted([storages[name]!(values, 3)])).toEqual(countNaively(values));
      expect(counted([storages[name]!([long], 0)])).toEqual(countNaively([long]));
    }
  });

  it("counts a million distinct texts", () => {
    const values = Array.from({ length: 1_000_000 }, (_, k) => (k % 2 ? `${k}` : `number ${k}`));
    const { counts, distinct } = countCategories([asciiChunk(values)]);
    expect(distinct).toBe(1_000_000);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    expect([...counts.keys()].slice(0, 4)).toEqual(["number 0", "1", "number 2", "3"]);
  });

  it("keeps the most frequent categories, ties by name, and counts the rest as other", () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(...Object.keys(storages)),
        (values, limit, name) => {
          const found = countCategories([storages[name]!(values, 2)], null, limit);
          const all = Object.entries(countNaively(values).counts).map(
            ([quoted, count]) => [quoted.slice(1, -1), count] as const,
          );
          const kept = all.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit);
          expect(sorted(found.counts)).toEqual(sorted(kept));
          expect(found.distinct).toBe(all.length);
          expect(found.other).toBe(
            all.reduce((sum, [, count]) => sum + count, 0) - kept.reduce((sum, [, count]) => sum + count, 0),
          );
          expect(found.empty).toBe(values.filter((value) => value === "").length);
        },
      ),
    );
  });

  it("keeps few of a million exactly", () => {
    const values = Array.from({ length: 1_000_000 }, (_, k) => (k % 4 === 0 ? `often ${k % 12}` : `${k}`));
    const { counts, other, distinct } = countCategories([asciiChunk(values)], null, 3);
    expect([...counts]).toEqual([
      ["often 0", 83_334],
      ["often 4", 83_333],
      ["often 8", 83_333],
    ]);
    expect({ other, distinct }).toEqual({ other: 750_000, distinct: 750_003 });
  });

  it("counts in several passes what one table cannot hold", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(1, 8, 64), fc.integer({ min: 1, max: 70 }), (values, passes, limit) => {
        const chunk = storages.Utf8!(values, 1) as TextChunk;
        const found = countTexts({ chunks: [{ chunk, row: 0 }], buffers: 0 }, null, limit, passes);
        const once = countCategories([chunk], null, limit);
        expect(sorted(found.counts)).toEqual(sorted(once.counts));
        expect(found).toMatchObject({ distinct: once.distinct, empty: once.empty, rows: once.rows });
        expect(found.values).toBe(once.rows - once.nulls);
      }),
    );
  });

  it("reads malformed UTF-8 as U+FFFD and counts alike what reads alike", () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0x61, 0xfe, 0x61, 0xff, 0xc3, 0xa9);
    const chunk = { length: 4, validity: null, validityOffset: 0, offsets: Int32Array.of(0, 2, 4, 6, 8), bytes };
    expect([...countCategories([chunk]).counts]).toEqual([
      ["a\ufffd", 3],
      ["é", 1],
    ]);
  });

  it("counts alike what reads alike also where no text is longer than a byte", () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x61, 0xff);
    const chunk = { length: 4, validity: null, validityOffset: 0, offsets: Int32Array.of(0, 1, 2, 3, 4), bytes };
    expect(countCategories([chunk])).toMatchObject({
      counts: new Map(Object.entries({ "\ufffd": 3, a: 1 })),
      other: 0,
    });
  });

  it("gives each chunk its own dictionary", () => {
    const codes = (values: number[]): Texts => values.map((value) => "abc"[value]!);
    const chunks = [
      storages["dictionary of i8"]!(codes([0, 1]), 1),
      storages["dictionary of i32"]!(codes([2, 1, 1]), 1),
    ];
    expect(counted(chunks)).toEqual(countNaively(["a", "b", "c", "b", "b"]));
  });

  it("keeps lone surrogates of plain strings apart", () => {
    const strings = ["\ud800", "\ud801", "\ufffd"];
    expect(countCategories([{ length: 3, validity: null, validityOffset: 0, strings }]).distinct).toBe(3);
  });

  it("counts nothing in a column without rows", () => {
    const none = { rows: 0, nulls: 0, nan: 0, other: 0, distinct: 0, empty: 0, counts: new Map() };
    expect(countCategories([])).toEqual(none);
    for (const store of Object.values(storages)) expect(countCategories([store([], 0)])).toEqual(none);
  });
});
