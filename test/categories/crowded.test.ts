/** Keys that were chosen to lie in one place of the hash table: counting them must not become quadratic. */
import { describe, expect, it } from "vitest";
import { countCategories, countValues } from "../../dist/engine/categories.js";
import type { TextChunk } from "../../src/engine/chunk.js";

const size = 150_000;
const word = 2n ** 64n;

// The multipliers of assembly/text-key.ts.
const [c0, c1, c2, c3, c4, c5] = [
  0x9e3779b97f4a7c15n,
  0xc2b2ae3d27d4eb4fn,
  0x243f6a8885a308d3n,
  0x13198a2e03707345n,
  0xb7e151628aed2a6bn,
  0xadf85458a2bb4a9bn,
];

/** x with x · odd = 1 (mod 2^64), by Newton's method. */
function inverse(odd: bigint): bigint {
  let x = odd;
  for (let k = 0; k < 6; k++) x = BigInt.asUintN(64, x * (2n - odd * x));
  return x;
}

/** Texts of 16 bytes with one hash: eight digits, and eight bytes that make up for them. */
function crowdedTexts(): TextChunk {
  const bytes = new Uint8Array(16 * size);
  const view = new DataView(bytes.buffer);
  const back = inverse((c1 + c3 + c5) % word);
  for (let k = 0; k < size; k++) {
    for (let digit = 0, rest = k; digit < 8; digit++, rest = Math.floor(rest / 10))
      bytes[16 * k + digit] = 48 + (rest % 10);
    const first = view.getBigUint64(16 * k, true);
    const turned = BigInt.asUintN(64, (12_345n - first * (c0 + c2 + c4)) * back);
    view.setBigUint64(16 * k + 8, BigInt.asUintN(64, (turned << 32n) | (turned >> 32n)), true);
  }
  const offsets = Int32Array.from({ length: size + 1 }, (_, k) => 16 * k);
  return { length: size, validity: null, validityOffset: 0, offsets, bytes };
}

/** 64-bit integers whose hashes are 0, 1, 2 …: the first slot would be everyone's. */
function crowdedNumbers(): BigInt64Array {
  const back = inverse(c0);
  return BigInt64Array.from({ length: size }, (_, k) => BigInt.asIntN(64, BigInt(k) * back));
}

/** What quadratic work would take at least: a nanosecond for each pair. */
const quadratic = ((size * size) / 2) * 1e-9;

/** With seconds of the processor, which do not depend on what else it does. */
function timed<T>(work: () => T): [T, number] {
  const before = process.cpuUsage();
  const result = work();
  return [result, process.cpuUsage(before).user / 1e6];
}

describe("categories that crowd together", () => {
  const views = (chunk: TextChunk): Uint8Array => {
    const words = new Int32Array(4 * chunk.length);
    for (let k = 0; k < chunk.length; k++) words.set([16, 0, 0, 16 * k], 4 * k);
    return new Uint8Array(words.buffer);
  };

  it("are counted in linear time when they are texts", () => {
    const chunk = crowdedTexts();
    const { length, validity, validityOffset, bytes } = chunk;
    for (const stored of [chunk, { length, validity, validityOffset, views: views(chunk), buffers: [bytes] }]) {
      const [{ distinct, counts, rows, other }, seconds] = timed(() => countCategories([stored, stored]));
      expect(seconds).toBeLessThan(quadratic);
      expect({ distinct, rows, other }).toEqual({ distinct: size, rows: 2 * size, other: 0 });
      expect(new Set(counts.values())).toEqual(new Set([2]));
      expect([...counts.keys()].slice(0, 3).map((name) => name.slice(0, 8))).toEqual([
        "00000000",
        "10000000",
        "20000000",
      ]);
    }
  });

  it("are counted in linear time when they are integers", () => {
    const values = crowdedNumbers();
    const bytes = new Uint8Array(values.buffer);
    const valid = { validity: null, validityOffset: 0 };
    const chunk = { length: size, layout: "i64", bytes, bitOffset: 0, scale: 0, ...valid } as const;
    const [found, seconds] = timed(() => countValues([chunk, chunk], null, 2 ** 22));
    const { counts, rows } = found!;
    expect(seconds).toBeLessThan(quadratic);
    expect({ rows, distinct: counts.size }).toEqual({ rows: 2 * size, distinct: size });
    expect([...counts].slice(0, 2)).toEqual([
      ["0", 2],
      [String(values[1]), 2],
    ]);
  });

  it("keep their order and the limit", () => {
    const { counts, other, distinct } = countCategories([crowdedTexts()], null, 2);
    expect([...counts.keys()].map((name) => name.slice(0, 8))).toEqual(["00000000", "00000100"]);
    expect({ other, distinct }).toEqual({ other: size - 2, distinct: size });
  });
});
