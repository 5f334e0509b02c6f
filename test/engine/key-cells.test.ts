import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  coarserCells,
  hashOf,
  indexedCells,
  sortedBlock,
  storedCells,
  withBytes,
} from "../../dist/engine/key-cells.js";
import { keyCells } from "../profile/cells.ts";
import { doubles, naiveCells, naiveShift } from "../profile/naive.ts";
import { sample } from "../statistics/samples.ts";
import { arena, lengths } from "./arena.ts";

const most = 8;
const plain = (cells: { shift: number; starts: Float64Array; counts: Float64Array }) => ({
  shift: cells.shift,
  starts: Array.from(cells.starts),
  counts: Array.from(cells.counts),
});

describe("cells of a block", () => {
  it("are those of the definition, at the smallest shift with few enough", () => {
    for (const length of lengths) {
      for (const shape of ["normal", "infinities", "subnormal", "ten integers"]) {
        const values = Float64Array.from(sample(shape, length, length));
        const { sorted, cells } = sortedBlock(values, 0, most);
        expect(Array.from(sorted)).toEqual(Array.from(values, (x) => x + 0).sort((x, y) => x - y));
        expect(plain(cells)).toEqual(naiveCells(values, most));
      }
    }
  });

  it("leave NaN out and take -0 for 0", () => {
    const { sorted, cells } = sortedBlock(Float64Array.of(Number.NaN, -0, 0, Number.NaN), 0, most);
    expect(Array.from(sorted)).toEqual([0, 0]);
    expect(plain(cells)).toEqual({ shift: 0, starts: [0], counts: [2] });
  });

  it("have no finer shift than is asked for", () => {
    expect(plain(sortedBlock(Float64Array.of(1, 2), 60, most).cells)).toEqual(naiveCells([1, 2], most, 60));
  });

  it("of all numbers are two at the largest shift, and begin at numbers", () => {
    const values = Float64Array.of(Number.NEGATIVE_INFINITY, -1, -5e-324, 0, 5e-324, 1, Number.POSITIVE_INFINITY);
    const { cells } = sortedBlock(values, 0, 2);
    expect(plain(cells)).toEqual({ shift: 63, starts: [Number.NEGATIVE_INFINITY, 0], counts: [3, 4] });
    expect(naiveShift(values, 2)).toBe(63);
  });

  it("are the same in two steps", () => {
    fc.assert(
      fc.property(fc.array(doubles, { maxLength: 60 }), (list) => {
        const { cells } = sortedBlock(Float64Array.from(list), 0, 16);
        expect(plain(coarserCells(cells, cells.shift, most))).toEqual(naiveCells(list, most));
      }),
    );
  });
});

describe("stored cells", () => {
  const read = (bytes: Uint8Array, first: bigint, shift: number, length: number, least = 0) =>
    withBytes(bytes, 64, (stored) => {
      const found = stored.cells(0, bytes.length, { first, shift, length }, none(least));
      return found && { ...plain(found), total: found.total };
    });
  const none = (shift: number) => indexedCells({ shift, starts: new Float64Array(0) });
  /** Bytes of cells with these widths, their numbers, and exceptions. */
  const written = (step: number, widths: readonly [number, number], numbers: number[], exceptions: bigint[] = []) =>
    Uint8Array.of(
      step,
      ...widths,
      0,
      0,
      0,
      0,
      0,
      ...numbers,
      ...new Uint8Array(BigUint64Array.from(exceptions).buffer),
    );

  it("are read as they were, and nothing is written beside them", () => {
    fc.assert(
      fc.property(fc.array(doubles, { minLength: 1, maxLength: 60 }), fc.nat({ max: 70_000 }), (list, more) => {
        const values = Float64Array.from([...list, ...Array<number>(more).fill(list[0]!)]);
        const { cells } = sortedBlock(values, 0, 64);
        const { first, bytes } = storedCells(cells);
        expect(read(bytes, first, cells.shift, cells.starts.length)).toEqual({ ...plain(cells), total: values.length });
        const memory = arena();
        const { length } = cells.starts;
        const [out, scratch] = [memory.room(bytes.length), memory.room(8 * length)];
        const inputs = [memory.input(cells.starts), memory.input(cells.counts)] as const;
        expect(memory.kernels.writeCells(...inputs, length, cells.shift, scratch, out)).toBe(bytes.length);
        expect(memory.bytes(out, bytes.length)).toEqual(bytes);
        memory.check();
      }),
      { numRuns: 50 },
    );
  });

  it("are joined to larger ones as they are read", () => {
    fc.assert(
      fc.property(fc.array(doubles, { minLength: 1, maxLength: 60 }), fc.nat({ max: 63 }), (list, least) => {
        const { cells } = sortedBlock(Float64Array.from(list), 0, 64);
        const { first, bytes } = storedCells(cells);
        const expected = plain(coarserCells(cells, Math.max(least, cells.shift), 64));
        const found = read(bytes, first, cells.shift, cells.starts.length, least);
        expect(found).toEqual({ ...expected, total: list.length });
      }),
    );
  });

  it("are told apart from those that are known", () => {
    const list = fc.array(fc.oneof(doubles, fc.integer({ min: -200, max: 200 })), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(list, list, fc.nat({ max: 63 }), (before, more, least) => {
        const known = sortedBlock(Float64Array.from(before), least, 64).cells;
        const { cells } = sortedBlock(Float64Array.from(more), 0, 64);
        fc.pre(cells.shift <= known.shift);
        const { first, bytes } = storedCells(cells);
        const numbers = more.filter((x) => !Number.isNaN(x));
        const { starts, counts } = keyCells(numbers, numbers.length + 1, known.shift);
        const expected = new Map(Array.from(starts, (start, k) => [start, counts[k]!]));
        withBytes(bytes, 64, (stored) => {
          const shape = { first, shift: cells.shift, length: cells.starts.length };
          const found = stored.cells(0, bytes.length, shape, indexedCells(known))!;
          expect(found.total).toBe(numbers.length);
          expect(Array.from(found.known!.subarray(0, known.starts.length))).toEqual(
            Array.from(known.starts, (start) => expected.get(start) ?? 0),
          );
          const fresh = [...expected].filter(([start]) => !known.starts.includes(start));
          expect([...found.starts].map((start, k) => [start, found.counts[k]])).toEqual(fresh);
        });
      }),
    );
  });

  it("are two bytes each where neighbours hold few values", () => {
    const values = Float64Array.from({ length: 40 }, (_, k) => 1 + k / 64);
    expect(storedCells(sortedBlock(values, 46, 64).cells).bytes).toEqual(
      written(0, [0, 0], [...Array<number>(40).fill(0), ...Array<number>(40).fill(1)]),
    );
    const whole = Float64Array.from({ length: 40 }, (_, k) => 64 + k);
    expect(storedCells(sortedBlock(whole, 0, 64).cells).bytes.slice(0, 9)).toEqual(written(46, [0, 0], [0]));
    expect(storedCells(sortedBlock(whole, 0, 64).cells).bytes.length).toBe(88);
  });

  it("have the widths that most of them need, and exceptions", () => {
    // Sixteen cells: one exception is not too many.
    const starts = Float64Array.from({ length: 16 }, (_, k) => (k === 15 ? 512 : 1) * (k + 1) * 2 ** -1074);
    const counts = Float64Array.from({ length: 16 }, (_, k) => [1, 254, 255, 65_534, 2 ** 40][k % 4]!);
    const { first, bytes } = storedCells({ shift: 0, starts, counts });
    expect(first).toBe(1n);
    expect(bytes.subarray(0, 3)).toEqual(Uint8Array.of(0, 0, 1));
    expect(bytes.length).toBe(8 + 16 + 32 + 8);
    const many = storedCells({ shift: 0, starts, counts: counts.map((count) => count * 2 ** 20) });
    expect(many.bytes[2]).toBe(3);
    for (const one of [
      { bytes, counts },
      { bytes: many.bytes, counts: counts.map((count) => count * 2 ** 20) },
    ]) {
      const found = read(one.bytes, 1n, 0, 16);
      expect(found).toMatchObject({ starts: Array.from(starts), counts: Array.from(one.counts) });
    }
  });

  it("are refused when they are cut, not of the width they need, empty, too large, or of no numbers", () => {
    expect(read(written(0, [0, 0], [0, 0, 1, 1]), 0n, 0, 2)?.starts).toEqual([0, 5e-324]);
    for (const wrong of [
      written(0, [0, 0], [0, 0, 1]),
      written(0, [0, 0], [0, 0, 1, 1, 0]),
      written(0, [0, 0], [0, 0, 1, 0]),
      written(0, [0, 0], [1, 0, 1, 1]),
      written(0, [0, 1], [0, 0, 1, 0, 1, 0]),
      written(0, [1, 0], [0, 0, 0, 0, 1, 1]),
      written(0, [0, 4], [0, 0, 1, 1]),
      written(1, [0, 0], [0, 1, 1, 1]),
      written(64, [0, 0], [0, 0, 1, 1]),
      written(63, [0, 0], [0, 0, 1, 1]),
      written(0, [0, 0], [0, 255, 1, 1], [300n]),
    ]) {
      expect(read(wrong, 0n, 0, 2)).toBeNull();
    }
    expect(read(written(3, [0, 0], [0, 0, 1, 1]), 2n ** 52n, 0, 2)?.starts[1]).toBe(2 ** -1022 + 8 * 2 ** -1074);
    expect(read(written(3, [0, 0], [0, 1]), 2n ** 52n, 0, 1)).toBeNull();
    expect(read(written(0, [0, 0], [0, 1]), 2n ** 63n - 1n, 0, 1)).toBeNull();
    expect(read(written(0, [0, 0], [0, 1]), -(2n ** 63n), 0, 1)).toBeNull();
    const eight = (count: bigint) => [...new Uint8Array(BigUint64Array.of(count).buffer)];
    expect(read(written(0, [0, 3], [0, ...eight(2n ** 53n)]), 0n, 0, 1)?.total).toBe(2 ** 53);
    expect(read(written(0, [0, 3], [0, ...eight(2n ** 53n + 1n)]), 0n, 0, 1)).toBeNull();
    expect(read(written(52, [1, 0], [0, 0, 0xfe, 7, 1, 1]), 0n, 0, 2)?.starts).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(read(written(52, [1, 0], [0, 0, 0xff, 7, 1, 1]), 0n, 0, 2)).toBeNull();
    expect(read(written(0, [3, 0], [...eight(0n), ...eight(2n ** 64n - 1n), 1, 1]), 0n, 0, 2)).toBeNull();
    expect(read(written(0, [0, 0], []), 0n, 0, 0)).toEqual({ shift: 0, starts: [], counts: [], total: 0 });
    expect(read(new Uint8Array(7), 0n, 0, 0)).toBeNull();
  });
});

describe("xxHash", () => {
  // From the specification's own implementation: xxhsum 0.8, seed 0.
  const known: readonly (readonly [string, bigint])[] = [
    ["", 0xef46db3751d8e999n],
    ["a", 0xd24ec4f1a98c6e5bn],
    ["abc", 0x44bc2cf5ad770999n],
  ];

  it("is the specification's", () => {
    for (const [text, hash] of known) expect(hashOf(new TextEncoder().encode(text))).toBe(hash);
  });

  it("is that of a version written from the specification, at every length", () => {
    for (const length of [...lengths, 1000, 4096]) {
      const bytes = Uint8Array.from({ length }, (_, k) => (k * 37 + (k >> 3)) & 255);
      expect(hashOf(bytes)).toBe(naiveHash(bytes));
    }
  });
});

/** https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md */
function naiveHash(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer);
  const [p1, p2, p3] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n];
  const [p4, p5] = [0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];
  const wrap = (x: bigint) => BigInt.asUintN(64, x);
  const rotate = (x: bigint, by: bigint) => wrap(x << by) | (wrap(x) >> (64n - by));
  const round = (lane: bigint, input: bigint) => wrap(rotate(wrap(lane + input * p2), 31n) * p1);
  let at = 0;
  let hash = p5;
  if (bytes.length >= 32) {
    const lanes = [wrap(p1 + p2), p2, 0n, wrap(-p1)];
    for (; at + 32 <= bytes.length; at += 32) {
      for (let k = 0; k < 4; k++) lanes[k] = round(lanes[k]!, view.getBigUint64(at + 8 * k, true));
    }
    hash = wrap(rotate(lanes[0]!, 1n) + rotate(lanes[1]!, 7n) + rotate(lanes[2]!, 12n) + rotate(lanes[3]!, 18n));
    for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * p1 + p4);
  }
  hash = wrap(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    hash = wrap(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * p1 + p4);
  }
  if (at + 4 <= bytes.length) {
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint32(at, true)) * p1), 23n) * p2 + p3);
    at += 4;
  }
  for (; at < bytes.length; at++) hash = wrap(rotate(hash ^ wrap(BigInt(bytes[at]!) * p5), 11n) * p1);
  hash = wrap((hash ^ (hash >> 33n)) * p2);
  hash = wrap((hash ^ (hash >> 29n)) * p3);
  return hash ^ (hash >> 32n);
}
