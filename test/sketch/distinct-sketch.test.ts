import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../dist/column/format-error.js";
import { distinctByteLength, readDistinct, writeDistinct } from "../../dist/sketch/distinct-bytes.js";
import { distinctOf } from "../../dist/sketch/distinct-estimate.js";
import {
  addDistinctNumbers,
  addDistinctTexts,
  type DistinctSketch,
  emptyDistinct,
  mergeDistinct,
} from "../../dist/sketch/distinct-sketch.js";
import { randoms, written } from "./naive.ts";

const numbers = (...blocks: Float64Array[]): DistinctSketch => {
  const sketch = emptyDistinct();
  for (const block of blocks) addDistinctNumbers(sketch, block);
  return sketch;
};
const texts = (...blocks: Iterable<string>[]): DistinctSketch => {
  const sketch = emptyDistinct();
  for (const block of blocks) addDistinctTexts(sketch, block);
  return sketch;
};
const counting = (from: number, to: number) => Float64Array.from({ length: to - from }, (_, k) => from + k);

const lists = fc
  .array(fc.oneof(fc.double(), fc.integer({ min: -2, max: 2 })), { maxLength: 200 })
  .map((list) => Float64Array.from(list));

describe("a distinct sketch", () => {
  it("is the same in any order, in pieces, with values repeated, and merged", () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const all = numbers(Float64Array.of(...a, ...b));
        expect(written(numbers(b, a, b))).toBe(written(all));
        expect(written(numbers(Float64Array.of(...a, ...b).sort()))).toBe(written(all));
        const left = numbers(a);
        const right = numbers(b);
        const before = structuredClone(right);
        mergeDistinct(left, right);
        expect(written(left)).toBe(written(all));
        expect(written(right)).toBe(written(before));
        mergeDistinct(left, emptyDistinct());
        expect(written(left)).toBe(written(all));
      }),
    );
  });

  it("leaves NaN out and tells -0 from nothing", () => {
    expect(numbers(Float64Array.of(NaN, NaN))).toEqual(emptyDistinct());
    expect(numbers(Float64Array.of(-0))).toEqual(numbers(Float64Array.of(0)));
    expect(distinctOf(numbers(Float64Array.of(Infinity, -Infinity, 5e-324, 0))).estimate).toBeCloseTo(4, 1);
  });

  it("reads blocks of any length, and those that lie across the pieces that are copied", () => {
    const values = counting(0, 5000);
    const whole = numbers(values);
    expect(numbers(values.subarray(0, 1023), values.subarray(1023, 1025), values.subarray(1025))).toEqual(whole);
  });

  it("takes texts of any length and number, and equal ones as one", () => {
    const long = "long text ".repeat(10_000);
    const many = Array.from({ length: 10_000 }, (_, k) => `text ${k}`);
    const all = texts([...many, long, "", "ä", "🙂"]);
    expect(texts(["🙂", long], many.slice(0, 5000), new Set(many), ["", "ä"])).toEqual(all);
    expect(texts([long])).not.toEqual(texts([`${long}!`]));
    expect(texts(["\ud800"])).toEqual(texts(["�"]));
    expect(Math.abs(distinctOf(all).estimate / 10_004 - 1)).toBeLessThan(4 * distinctOf(all).error);
  });

  it("estimates within its error: at few values nearly exactly, at many as often as a normal law says", () => {
    expect(distinctOf(emptyDistinct())).toEqual({ estimate: 0, error: 1.04 / 64 });
    for (const [count, rounds] of [
      [1, 50],
      [10, 50],
      [300, 100],
      [4000, 100],
      [12_000, 100],
      [100_000, 40],
    ] as const) {
      let squares = 0;
      let sum = 0;
      for (let round = 0; round < rounds; round++) {
        const first = round * 1e7;
        const off = distinctOf(numbers(counting(first, first + count))).estimate / count - 1;
        squares += off * off;
        sum += off;
      }
      const { error } = distinctOf(emptyDistinct());
      // Relative deviations of a standard deviation's and a mean's estimate from so many rounds.
      expect(Math.sqrt(squares / rounds)).toBeLessThan(error * (1 + 4 / Math.sqrt(2 * rounds)));
      expect(Math.abs(sum / rounds)).toBeLessThan((4 * error) / Math.sqrt(rounds));
    }
  });

  it("merges only with its own precision", () => {
    const other = { precision: 4, registers: new Uint8Array(16) };
    expect(() => mergeDistinct(emptyDistinct(), other)).toThrow("mergeDistinct: both need one precision, got 12 and 4");
  });
});

const at = 1;
function bytesOf(sketch: DistinctSketch): Uint8Array {
  const bytes = new Uint8Array(at + distinctByteLength(sketch));
  expect(writeDistinct(sketch, bytes, at)).toBe(bytes.length);
  return bytes;
}

describe("bytes of a distinct sketch", () => {
  it("give the same sketch again, and are few for few values", () => {
    for (const count of [0, 1, 2, 100, 1000, 1365, 1700, 1800, 3000, 100_000]) {
      const sketch = numbers(counting(0, count));
      const bytes = bytesOf(sketch);
      expect(bytes.length).toBeLessThanOrEqual(at + 4 + Math.min(4096, 3 * count));
      expect(readDistinct(bytes, at, "sketch")).toEqual(sketch);
    }
  });

  it("are refused with registers that cannot be, in another order, or in the longer form", () => {
    const spoil = (count: number, change: (bytes: Uint8Array) => void) => {
      const bytes = bytesOf(numbers(counting(0, count)));
      change(bytes);
      return () => readDistinct(bytes, at, "sketch");
    };
    expect(spoil(5, () => {})()).toEqual(numbers(counting(0, 5)));
    expect(spoil(5, (bytes) => bytes.set([13], at))).toThrow(FormatError);
    expect(spoil(5, (bytes) => bytes.set([2], at + 1))).toThrow(FormatError);
    expect(spoil(5, (bytes) => bytes.set([6], at + 2))).toThrow(FormatError);
    expect(spoil(5, (bytes) => bytes.set([54], at + 6))).toThrow(FormatError);
    expect(spoil(5, (bytes) => bytes.set([0], at + 6))).toThrow(FormatError);
    expect(spoil(5, (bytes) => bytes.set([255, 255], at + 4))).toThrow(FormatError);
    expect(spoil(5, (bytes) => bytes.set(bytes.slice(at + 7, at + 9), at + 4))).toThrow(FormatError);
    expect(spoil(9000, (bytes) => bytes.set([54], at + 9))).toThrow(FormatError);
    expect(spoil(9000, (bytes) => bytes.fill(0, at + 4, at + 3500))).toThrow(FormatError);
  });

  it("are refused when they end early", () => {
    for (const count of [20, 9000]) {
      const bytes = bytesOf(numbers(counting(0, count)));
      for (let end = 0; end < bytes.length; end += count > 20 ? 97 : 1) {
        expect(() => readDistinct(bytes.subarray(0, end), at, "sketch")).toThrow(FormatError);
      }
    }
  });

  it("are refused or make a sketch that works, whatever they are", () => {
    const random = randoms(4);
    for (const count of [30, 9000]) {
      const good = bytesOf(numbers(counting(0, count)));
      let read = 0;
      for (let round = 0; round < 3000; round++) {
        const bytes = good.slice();
        bytes[at + Math.floor(random() * (good.length - at))] = Math.floor(random() * 256);
        try {
          const sketch = readDistinct(bytes, at, "sketch");
          read++;
          const again = bytesOf(sketch);
          expect(again.slice(at)).toEqual(bytes.slice(at, again.length));
          const { estimate } = distinctOf(sketch);
          expect(estimate >= 0 && estimate <= 2 ** 64).toBe(true);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }
      expect(read).toBeGreaterThan(100);
      expect(read).toBeLessThan(2990);
    }
  });

  it("with all registers full still have an estimate", () => {
    const { estimate } = distinctOf({ precision: 12, registers: new Uint8Array(4096).fill(53) });
    expect(estimate).toBe(2 ** 64);
  });
});
