import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coarserCells, hashOf, sortedBlock, storedCells, withBytes } from "../../dist/engine/key-cells.js";
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
  const read = (bytes: Uint8Array, first: bigint, shift: number, length: number, step = 0) =>
    withBytes(bytes, 64, (stored) => {
      const found = stored.cells(0, bytes.length, { first, shift, step, length });
      return found && { ...plain(found), total: found.total };
    });

  it("are read as they were, and nothing is written beside them", () => {
    fc.assert(
      fc.property(fc.array(doubles, { minLength: 1, maxLength: 60 }), (list) => {
        const { cells } = sortedBlock(Float64Array.from(list), 0, 64);
        const { first, step, bytes } = storedCells(cells);
        const found = read(bytes, first, cells.shift, cells.starts.length, step);
        expect(found).toEqual({ ...plain(cells), total: list.length });
        const memory = arena();
        const out = memory.room(bytes.length);
        memory.kernels.writeCells(
          memory.input(cells.starts),
          memory.input(cells.counts),
          cells.starts.length,
          cells.shift,
          step,
          out,
        );
        expect(memory.bytes(out, bytes.length)).toEqual(bytes);
        memory.check();
      }),
      { numRuns: 50 },
    );
  });

  it("are two bytes each where neighbours hold few values", () => {
    const values = Float64Array.from({ length: 40 }, (_, k) => 1 + k / 64);
    expect(storedCells(sortedBlock(values, 46, 64).cells)).toMatchObject({ step: 0, bytes: { length: 80 } });
    const whole = Float64Array.from({ length: 40 }, (_, k) => 64 + k);
    expect(storedCells(sortedBlock(whole, 0, 64).cells)).toMatchObject({ step: 46, bytes: { length: 80 } });
  });

  it("are refused when they are cut, longer than need be, empty, too large, or of no numbers", () => {
    expect(read(Uint8Array.of(0, 1, 0), 0n, 0, 2)).toBeNull();
    expect(read(Uint8Array.of(0, 1, 0), 0n, 0, 1)).toBeNull();
    expect(read(Uint8Array.of(0x80, 0, 1), 0n, 0, 1)).toBeNull();
    expect(read(Uint8Array.of(0, 0x81, 0), 0n, 0, 1)).toBeNull();
    expect(read(Uint8Array.of(0, 0), 0n, 0, 1)).toBeNull();
    expect(read(Uint8Array.of(1, 1), 0n, 0, 1)).toBeNull();
    expect(read(Uint8Array.of(0, 1), 2n ** 63n - 1n, 0, 1)).toBeNull();
    expect(read(Uint8Array.of(0, 1), -(2n ** 63n), 0, 1)).toBeNull();
    const beyond = Uint8Array.of(0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1);
    expect(read(beyond, 0n, 0, 2)).toBeNull();
    const most53 = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10];
    expect(read(Uint8Array.of(0, ...most53), 0n, 0, 1)?.total).toBe(2 ** 53);
    expect(read(Uint8Array.of(0, 0x81, ...most53.slice(1)), 0n, 0, 1)).toBeNull();
    expect(read(Uint8Array.of(0, 1, 0, 1), 2n ** 52n, 0, 2, 3)?.starts).toEqual([
      2 ** -1022,
      2 ** -1022 + 8 * 2 ** -1074,
    ]);
    expect(read(Uint8Array.of(0, 1, 1, 1), 2n ** 52n, 0, 2, 3)).toBeNull();
    expect(read(Uint8Array.of(0, 1), 2n ** 52n, 0, 1, 3)).toBeNull();
    expect(read(Uint8Array.of(0, 1, 0, 1), 0n, 0, 2, 63)).toBeNull();
    expect(read(new Uint8Array(0), 0n, 0, 0)).toEqual({ shift: 0, starts: [], counts: [], total: 0 });
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
