import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bitsOf, type FixedChunk, type Layout } from "../../dist/engine/chunk.js";
import { type Dense, withResident } from "../../dist/engine/dense.js";
import { momentsOf } from "../../dist/engine/moments.js";
import { denseValues } from "../../dist/engine/sample.js";
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
});
