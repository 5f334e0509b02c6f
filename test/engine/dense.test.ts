import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitsOf, type FixedChunk, type Layout } from "../../dist/engine/chunk.js";
import { type Dense, eachBlock, withResident } from "../../dist/engine/dense.js";
import { momentsOf } from "../../dist/engine/moments.js";
import { denseValues } from "../../dist/engine/sample.js";
import { withScratch } from "../../dist/engine/workspace.js";
import { valuesOf } from "../column/naive.js";

const layouts = Object.keys(bitsOf) as Layout[];

/** A chunk of random bytes with random nulls, lying anywhere in its buffers. */
const anyChunk = (layout: Layout, maxLength: number): fc.Arbitrary<FixedChunk> =>
  fc
    .record({
      length: fc.nat(maxLength),
      bitOffset: layout === "bit" ? fc.nat(7) : fc.constant(0),
      validityOffset: fc.nat(17),
      shift: fc.nat(7),
      nulls: fc.constantFrom("none", "some", "all"),
      scale: fc.constant(layout.startsWith("decimal") ? 3 : 0),
      seed: fc.integer(),
    })
    .map(({ length, bitOffset, validityOffset, shift, nulls, scale, seed }) => {
      const random = bytesFrom(seed);
      const size = Math.ceil((bitOffset + length * bitsOf[layout]) / 8);
      const bitmap = Math.ceil((validityOffset + length) / 8);
      return {
        layout,
        length,
        bytes: random(size + shift).subarray(shift),
        bitOffset,
        scale,
        validity: nulls === "none" ? null : nulls === "all" ? new Uint8Array(bitmap) : random(bitmap),
        validityOffset,
      };
    });

function bytesFrom(seed: number): (length: number) => Uint8Array {
  let state = seed | 1;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = Math.imul(state, 1664525) + 1013904223;
      return state >>> 24;
    });
}

const column = (chunks: FixedChunk[], selection: Dense["selection"] = null): Dense => ({
  chunks,
  rows: chunks.reduce((sum, { length }) => sum + length, 0),
  representation: "f64",
  selection,
});

/** What the kernels must give: every value that is not null, as the nearest double. */
function naive(chunks: readonly FixedChunk[]): number[] {
  return chunks.flatMap((chunk) =>
    valuesOf({ kind: "numeric", type: "", rows: chunk.length, chunks: [chunk], unitsPerSecond: 1 })
      .filter((value) => value !== null)
      .map((value) => Number(value) / 10 ** chunk.scale),
  );
}

describe("making a column dense", () => {
  for (const layout of layouts) {
    it(`gives the values of ${layout} chunks without the nulls, wherever they lie`, () => {
      fc.assert(
        fc.property(fc.array(anyChunk(layout, 80), { maxLength: 4 }), (chunks) => {
          const found = Array.from(denseValues(column(chunks)));
          const expected = naive(chunks);
          expect(found.length).toBe(expected.length);
          // A decimal beyond 2^53 takes two roundings, all others none.
          for (const [k, value] of expected.entries()) {
            if (layout.startsWith("decimal"))
              expect(Math.abs(found[k]! - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -51);
            else expect(found[k]).toBe(value);
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  it("gives blocks of any length from 0 to 67 at any offset", () => {
    for (let length = 0; length <= 67; length++) {
      const values = Float64Array.from({ length: length + 2 }, (_, k) => k * 1.5);
      for (const offset of [0, 1, 2]) {
        const view = values.subarray(offset, offset + length);
        const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
        const chunk = {
          layout: "f64",
          length,
          bytes,
          bitOffset: 0,
          scale: 0,
          validity: null,
          validityOffset: 0,
        } as const;
        expect(Array.from(denseValues(column([chunk])))).toEqual(Array.from(view));
      }
    }
  });

  it("uses the selected rows only, and counts them", () => {
    fc.assert(
      fc.property(
        fc.array(anyChunk("i16", 3000), { minLength: 1, maxLength: 3 }),
        fc.nat(9),
        fc.integer(),
        (chunks, offset, seed) => {
          const all = column(chunks);
          const bits = bytesFrom(seed)(Math.ceil((all.rows + offset) / 8) + 1);
          const chosen = (row: number) => ((bits[(row + offset) >> 3]! >> ((row + offset) & 7)) & 1) === 1;
          const selected = { ...all, selection: { bits, offset } };
          let row = 0;
          const expected = chunks.flatMap((chunk) => {
            const values = valuesOf({
              kind: "numeric",
              type: "",
              rows: chunk.length,
              chunks: [chunk],
              unitsPerSecond: 1,
            });
            return values.filter(() => chosen(row++));
          });
          expect(Array.from(denseValues(selected))).toEqual(expected.filter((value) => value !== null));
          const { seen } = momentsOf(selected, 2, 0, 0n);
          expect(seen).toEqual({ rows: expected.length, values: expected.filter((value) => value !== null).length });
        },
      ),
      { numRuns: 40 },
    );
  });

  it("gives the same blocks from engine memory as from the column itself, bit for bit", () => {
    fc.assert(
      fc.property(fc.array(anyChunk("f32", 2500), { maxLength: 4 }), (chunks) => {
        const all = column(chunks);
        const resident = withResident([all], ([placed]) => momentsOf(placed!, 4, 0, 0n));
        expect(resident).toEqual(momentsOf(all, 4, 0, 0n));
      }),
      { numRuns: 40 },
    );
  });

  it("does not depend on how a column is cut into chunks", () => {
    fc.assert(
      fc.property(anyChunk("i32", 5000), fc.array(fc.nat(5000), { maxLength: 5 }), (whole, cuts) => {
        const ends = [...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].sort((a, b) => a - b);
        let start = 0;
        const pieces = ends.map((end) => {
          const piece = {
            ...whole,
            length: end - start,
            bytes: whole.bytes.subarray(start * 4, end * 4),
            validityOffset: whole.validityOffset + start,
          };
          start = end;
          return piece;
        });
        expect(momentsOf(column(pieces), 4, 0, 0n)).toEqual(momentsOf(column([whole]), 4, 0, 0n));
      }),
      { numRuns: 60 },
    );
  });

  it("does not depend on whether doubles lie in one piece, in several, or in engine memory, with many blocks", () => {
    for (const rows of [16_383, 16_384, 16_385, 33_000, 70_001]) {
      const random = bytesFrom(rows);
      const values = Float64Array.from(random(rows), (byte, k) => byte + k / 7);
      const whole = chunkOf(values);
      const at = [0, 5, 1024, 20_000, rows];
      const pieces = at.slice(1).map((end, k) => chunkOf(values.subarray(Math.min(at[k]!, rows), Math.min(end, rows))));
      for (const order of [2, 4] as const) {
        const expected = momentsOf(column([whole]), order, 0, 0n);
        expect(expected.count).toBe(rows);
        expect(momentsOf(column(pieces), order, 0, 0n)).toEqual(expected);
        expect(withResident([column([whole])], ([placed]) => momentsOf(placed!, order, 0, 0n))).toEqual(expected);
        expect(withResident([column(pieces)], ([placed]) => momentsOf(placed!, order, 0, 0n))).toEqual(expected);
        const allThere = { ...whole, validity: new Uint8Array(Math.ceil(rows / 8)).fill(0xff) };
        expect(momentsOf(column([allThere]), order, 0, 0n)).toEqual(expected);
      }
    }
  });

  it("reads long chunks with nulls and a selection in stretches, wherever their bitmaps begin", () => {
    for (const layout of ["bit", "i8", "u16", "i32", "f32", "f64", "u64"] as const) {
      for (const [rows, offset] of [
        [40_000, 0],
        [16_384, 3],
        [35_001, 13],
      ] as const) {
        const random = bytesFrom(rows + offset);
        const bitOffset = layout === "bit" ? offset % 8 : 0;
        const whole: FixedChunk = {
          layout,
          length: rows,
          bytes: random(Math.ceil((bitOffset + rows * bitsOf[layout]) / 8)),
          bitOffset,
          scale: 0,
          validity: random(Math.ceil((rows + offset) / 8)),
          validityOffset: offset,
        };
        const few = { ...whole, length: 700 };
        const all = column([few, whole]);
        const bits = random(Math.ceil((all.rows + offset) / 8));
        const isSet = (bitmap: Uint8Array, bit: number) => ((bitmap[bit >> 3]! >> (bit & 7)) & 1) === 1;
        const values = [few, whole].flatMap((chunk) =>
          valuesOf({ kind: "numeric", type: "", rows: chunk.length, chunks: [chunk], unitsPerSecond: 1 }),
        );
        const present = values.filter((value) => value !== null).map(Number);
        expect(differences(denseValues(all), present)).toEqual([]);
        const chosen = values.filter((_, row) => isSet(bits, row + offset));
        const selected = column([few, whole], { bits, offset });
        const expected = chosen.filter((value) => value !== null).map(Number);
        expect(differences(denseValues(selected), expected)).toEqual([]);
        const { seen } = momentsOf(selected, 2, 0, 0n);
        expect(seen).toEqual({ rows: chosen.length, values: expected.length });
        expect(withResident([selected], ([placed]) => differences(denseValues(placed!), expected))).toEqual([]);
      }
    }
  });

  it("visits several whole blocks at once where asked to, and single blocks otherwise", () => {
    const rows = 40_000;
    const values = Float64Array.from({ length: rows }, (_, k) => k);
    const visits = (dense: Dense, most?: number) => {
      const found: number[] = [];
      const read: number[] = [];
      withScratch((engine, take) =>
        eachBlock(
          dense,
          engine,
          take,
          (address, length) => {
            found.push(length);
            read.push(...engine.f64.subarray(address / 8, address / 8 + length));
          },
          most,
        ),
      );
      expect(differences(Float64Array.from(read), Array.from(values))).toEqual([]);
      return found;
    };
    const plain = column([chunkOf(values)]);
    const blocks = Array.from({ length: 40 }, (_, k) => Math.min(1024, rows - k * 1024));
    expect(visits(plain)).toEqual(blocks);
    expect(visits(plain, 16_384)).toEqual([16_384, 16_384, 7232]);
    withResident([plain], ([placed]) => {
      expect(visits(placed!)).toEqual(blocks);
      expect(visits(placed!, 16_384)).toEqual([16_384, 16_384, 7232]);
    });
  });
});

function chunkOf(values: Float64Array): FixedChunk {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { layout: "f64", length: values.length, bytes, bitOffset: 0, scale: 0, validity: null, validityOffset: 0 };
}

/** The first few places where values differ, or lengths. */
function differences(found: Float64Array, expected: readonly number[]): unknown[] {
  const wrong = expected.flatMap((value, k) => (Object.is(found[k], value) ? [] : [[k, found[k], value]]));
  return [...wrong.slice(0, 3), ...(found.length === expected.length ? [] : [found.length, expected.length])];
}
