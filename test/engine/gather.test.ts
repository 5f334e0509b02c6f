import { describe, expect, it } from "vitest";
import { bitsOf, type Layout } from "../../dist/engine/chunk.js";
import { valuesOf } from "../column/naive.ts";
import { randomFrom } from "../statistics/samples.ts";
import { type Arena, alignments, arena, lengths } from "./arena.ts";

const gathers: Record<string, (memory: Arena, values: number, mask: number, length: number, out: number) => number> = {
  i8: ({ kernels }, ...rest) => kernels.gatherI8(...rest),
  u8: ({ kernels }, ...rest) => kernels.gatherU8(...rest),
  i16: ({ kernels }, ...rest) => kernels.gatherI16(...rest),
  u16: ({ kernels }, ...rest) => kernels.gatherU16(...rest),
  i32: ({ kernels }, ...rest) => kernels.gatherI32(...rest),
  u32: ({ kernels }, ...rest) => kernels.gatherU32(...rest),
  i64: ({ kernels }, ...rest) => kernels.gatherI64(...rest),
  u64: ({ kernels }, ...rest) => kernels.gatherU64(...rest),
  f16: ({ kernels }, ...rest) => kernels.gatherF16(...rest),
  f32: ({ kernels }, ...rest) => kernels.gatherF32(...rest),
  f64: ({ kernels }, ...rest) => kernels.gatherF64(...rest),
  decimal32: ({ kernels }, values, ...rest) => kernels.gatherDecimal32(values, 1000, ...rest),
  decimal64: ({ kernels }, values, ...rest) => kernels.gatherDecimal(values, 1, 1000, ...rest),
  decimal128: ({ kernels }, values, ...rest) => kernels.gatherDecimal(values, 2, 1000, ...rest),
  decimal256: ({ kernels }, values, ...rest) => kernels.gatherDecimal(values, 4, 1000, ...rest),
};

const bytesFrom = (length: number, seed: number) => {
  const random = randomFrom(seed);
  return Uint8Array.from({ length }, () => 256 * random());
};

/** 64 rows at a time: all, none, some, all but one, and so on. */
function wordMask(length: number, seed: number): Uint8Array {
  const some = bytesFrom(Math.ceil(length / 8), seed);
  const words = [() => 0xff, () => 0, (byte: number) => byte, (_: number, k: number) => (k % 8 === 5 ? 0xef : 0xff)];
  const mask = some.map((byte, k) => words[(Math.floor(k / 8) + seed) % 4]!(byte, k));
  if (length % 8) mask[mask.length - 1]! &= 0xff >> (8 - (length % 8));
  return mask;
}

/** No mask, all present, none, or some; bits past the end are 0, as `alignMask` leaves them. */
function masks(length: number): (Uint8Array | null)[] {
  const size = Math.ceil(length / 8);
  const clear = (mask: Uint8Array) => {
    if (length % 8) mask[size - 1]! &= 0xff >> (8 - (length % 8));
    return mask;
  };
  const mostly = bytesFrom(size, length).map((byte, k) => (k % 2 === 0 ? 0xff : byte));
  return [null, clear(new Uint8Array(size).fill(0xff)), new Uint8Array(size), clear(mostly)];
}

const isSet = (mask: Uint8Array | null, row: number) => !mask || ((mask[row >> 3]! >> (row & 7)) & 1) === 1;

const naive = (layout: Layout, bytes: Uint8Array, length: number) =>
  valuesOf({
    kind: "numeric",
    type: "",
    rows: length,
    chunks: [{ layout, length, bytes, bitOffset: 0, scale: 0, validity: null, validityOffset: 0 }],
    unitsPerSecond: 1,
  });

describe("the gather kernels", () => {
  for (const [layout, gather] of Object.entries(gathers)) {
    it(`make ${layout} dense for every length from 0 to 67, at every alignment of its elements`, () => {
      const width = bitsOf[layout as Layout] / 8;
      for (const length of lengths) {
        for (const offset of alignments(Math.min(width, 8))) {
          for (const mask of masks(length)) {
            const memory = arena();
            const bytes = bytesFrom(length * width, length + offset);
            const out = memory.room(length * 8, (length % 2) * 8);
            const maskAt = mask ? memory.input(mask, offset) : 0;
            const kept = gather(memory, memory.input(bytes, offset), maskAt, length, out);
            const expected = naive(layout as Layout, bytes, length)
              .filter((_, row) => isSet(mask, row))
              .map((value) => (layout.startsWith("decimal") ? Number(value) / 1000 : Number(value)));
            const found = Array.from(memory.f64(out, kept));
            // A decimal of several words takes a rounding a word, all others none.
            const error = layout.startsWith("decimal") ? 2 ** -51 : 0;
            const wrong = expected.findIndex(
              (value, k) => !Object.is(found[k], value) && !(Math.abs(found[k]! - value) <= Math.abs(value) * error),
            );
            expect(found.length).toBe(expected.length);
            if (wrong >= 0) expect(found[wrong], `value ${wrong} of ${length}`).toBe(expected[wrong]);
            memory.check();
          }
        }
      }
    });
  }

  for (const [layout, gather] of Object.entries(gathers)) {
    it(`make ${layout} dense where 64 rows are all there, partly or not at all, in any order`, () => {
      const width = bitsOf[layout as Layout] / 8;
      for (const length of [64, 127, 128, 192, 255, 256, 300, 1024]) {
        for (const seed of [0, 1, 2, 3]) {
          const memory = arena();
          const bytes = bytesFrom(length * width, length + seed);
          const mask = wordMask(length, seed);
          const out = memory.room(length * 8);
          const kept = gather(memory, memory.input(bytes, (seed * width) % 8), memory.input(mask, seed), length, out);
          const expected = naive(layout as Layout, bytes, length)
            .filter((_, row) => isSet(mask, row))
            .map((value) => (layout.startsWith("decimal") ? Number(value) / 1000 : Number(value)));
          const error = layout.startsWith("decimal") ? 2 ** -51 : 0;
          const found = Array.from(memory.f64(out, kept));
          expect(found.length).toBe(expected.length);
          const near = (value: number, k: number) =>
            Object.is(found[k], value) || Math.abs(found[k]! - value) <= Math.abs(value) * error;
          expect(expected.findIndex((value, k) => !near(value, k))).toBe(-1);
          memory.check();
        }
      }
    });
  }

  it("would be caught writing past their room, or to their input", () => {
    const memory = arena();
    const values = memory.input(Uint8Array.of(1, 2, 3));
    memory.kernels.gatherU8(values, 0, 3, memory.room(16));
    expect(() => memory.check()).toThrow("guard bytes");
    const other = arena();
    const mask = other.input(Uint8Array.of(7));
    other.kernels.andMask(mask, other.input(Uint8Array.of(1)), 3);
    expect(() => other.check()).toThrow("inputs");
  });

  it("make bits dense from any bit on", () => {
    for (const length of lengths) {
      for (let offset = 0; offset < 8; offset++) {
        for (const mask of masks(length)) {
          const memory = arena();
          const bits = bytesFrom(Math.ceil((length + offset) / 8), length + offset);
          const out = memory.room(length * 8);
          const at = memory.input(bits, offset);
          const kept = memory.kernels.gatherBits(at, offset, mask ? memory.input(mask) : 0, length, out);
          const rows = Array.from({ length }, (_, row) => row).filter((row) => isSet(mask, row));
          expect(Array.from(memory.f64(out, kept))).toEqual(rows.map((row) => Number(isSet(bits, row + offset))));
          memory.check();
        }
      }
    }
  });

  it("keep 64-bit integers as they are, or flipped to signed ones of the same order", () => {
    for (const length of lengths) {
      for (const mask of masks(length)) {
        for (const flip of [0n, -(2n ** 63n)]) {
          const memory = arena();
          const keys = new BigInt64Array(bytesFrom(length * 8, length).buffer);
          const out = memory.room(length * 8);
          const maskAt = mask ? memory.input(mask) : 0;
          const kept = memory.kernels.gatherKeys(memory.input(keys, 8), maskAt, length, flip, out);
          const expected = Array.from(keys)
            .filter((_, row) => isSet(mask, row))
            .map((key) => (flip === 0n ? key : BigInt.asIntN(64, key ^ flip)));
          expect(Array.from(memory.i64(out, kept))).toEqual(expected);
          memory.check();
        }
      }
    }
  });

  it("move bitmaps to bit 0 from any bit on, and clear what is past the end", () => {
    for (const length of lengths) {
      for (let offset = 0; offset < 24; offset++) {
        const memory = arena();
        const bits = bytesFrom(Math.ceil((length + offset) / 8), length + offset);
        const size = Math.ceil(length / 8);
        const out = memory.room(size);
        memory.kernels.alignMask(memory.input(bits, offset % 16), offset, length, out);
        const found = memory.bytes(out, size);
        const rows = Array.from({ length: size * 8 }, (_, row) => row);
        expect(rows.filter((row) => isSet(found, row))).toEqual(
          rows.filter((row) => row < length && isSet(bits, row + offset)),
        );
        memory.check();
      }
    }
  });

  it("and masks, and count what is set in the second", () => {
    for (const length of lengths) {
      const memory = arena();
      const [one, other] = [masks(length)[3]!, masks(length + 0)[1]!.map((byte, k) => byte & (k % 2 ? 0x55 : 0xfe))];
      const at = memory.room(one.length);
      memory.kernels.alignMask(memory.input(one), 0, length, at);
      const set = memory.kernels.andMask(at, memory.input(other), length);
      const rows = Array.from({ length }, (_, row) => row);
      expect(set).toBe(rows.filter((row) => isSet(other, row)).length);
      const found = memory.bytes(at, one.length);
      for (const row of rows) expect(isSet(found, row)).toBe(isSet(one, row) && isSet(other, row));
      memory.check();
    }
  });

  it("subtract an origin from keys before rounding, and find their extremes", () => {
    const extremes = [2n ** 63n - 1n, -(2n ** 63n), 0n, 2n ** 60n + 1n, -1n];
    for (const length of lengths) {
      for (const origin of [0n, -(2n ** 63n), 2n ** 60n]) {
        const memory = arena();
        const keys = BigInt64Array.from({ length }, (_, k) => extremes[(k * 3) % 5]! - BigInt(k % 2));
        keys.forEach((key, k) => {
          if (key === 2n ** 63n - 1n && k % 2) keys[k] = 7n;
        });
        const at = memory.room(length * 8);
        memory.kernels.gatherKeys(memory.input(keys), 0, length, 0n, at);
        const range = memory.room(16);
        memory.kernels.gatherKeys(memory.input(BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n))), 0, 2, 0n, range);
        memory.kernels.keyRange(at, length, range);
        const expected = Array.from(keys).reduce(
          ([low, high], key) => [key < low! ? key : low!, key > high! ? key : high!],
          [2n ** 63n - 1n, -(2n ** 63n)],
        );
        expect(Array.from(memory.i64(range, 2))).toEqual(expected);
        memory.kernels.keysFrom(at, length, origin);
        expect(Array.from(memory.f64(at, length))).toEqual(Array.from(keys, (key) => Number(key - origin)));
        memory.check();
      }
    }
  });
});
