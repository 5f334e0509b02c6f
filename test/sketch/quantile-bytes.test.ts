import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../dist/column/format-error.js";
import { quantilesByteLength, readQuantiles, writeQuantiles } from "../../dist/sketch/quantile-bytes.js";
import {
  addQuantiles,
  emptyQuantiles,
  mergeQuantiles,
  type QuantileSketch,
} from "../../dist/sketch/quantile-sketch.js";
import { rankError } from "../../dist/sketch/rank-error.js";
import { sketchRank } from "../../dist/sketch/sorted-view.js";
import { histories, lived, randoms, sketchOf, written } from "./naive.ts";

const at = 3;

function bytesOf(sketch: QuantileSketch): Uint8Array {
  const bytes = new Uint8Array(at + quantilesByteLength(sketch) + 5).fill(0xa5);
  expect(writeQuantiles(sketch, bytes, at)).toBe(bytes.length - 5);
  expect(bytes.subarray(-5).every((byte) => byte === 0xa5)).toBe(true);
  return bytes;
}

const sample = sketchOf(8, ...Array.from({ length: 9 }, (_, k) => Float64Array.from({ length: 50 }, (_, i) => i * k)));

describe("bytes of a quantile sketch", () => {
  it("give the same sketch again, at any place", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { sketch } = lived(history, 9);
        const again = readQuantiles(bytesOf(sketch), at, "sketch");
        expect(written(again)).toBe(written(sketch));
        expect(Buffer.compare(bytesOf(again), bytesOf(sketch))).toBe(0);
      }),
    );
  });

  it("lie as they are drawn", () => {
    const sketch = sketchOf(8, Float64Array.of(-1, 0.5, 7));
    const view = new DataView(bytesOf(sketch).buffer, at);
    expect([0, 4, 8, 12].map((from) => view.getUint32(from, true))).toEqual([8, 1, sketch.random, 3]);
    expect([16, 24, 32].map((from) => view.getFloat64(from, true))).toEqual([3, -1, 7]);
    expect([view.getFloat64(40, true), view.getUint32(48, true), view.getUint32(52, true)]).toEqual([0, 3, 0]);
    expect([56, 64, 72].map((from) => view.getFloat64(from, true))).toEqual([-1, 0.5, 7]);
  });

  const wrong: Record<string, (view: DataView) => void> = {
    "a k that is none": (view) => view.setUint32(0, 7, true),
    "too many levels": (view) => view.setUint32(4, 54, true),
    "more values than there are bytes": (view) => view.setUint32(12, view.getUint32(12, true) + 1, true),
    "too many values": (view) => view.setUint32(12, 2 ** 31, true),
    "another count": (view) => view.setFloat64(16, view.getFloat64(16, true) + 1, true),
    "no smallest value": (view) => view.setFloat64(24, NaN, true),
    "a smallest value above the others": (view) => view.setFloat64(24, 300, true),
    "a largest value below the others": (view) => view.setFloat64(32, 1, true),
    "half a halving": (view) => view.setFloat64(40, 0.5, true),
    "fewer halvings than none": (view) => view.setFloat64(40, -1, true),
    "a choice that is none": (view) => view.setUint32(52, 3, true),
    "a NaN": (view) => view.setFloat64(view.byteLength - 13, NaN, true),
    "values in another order": (view) => view.setFloat64(view.byteLength - 13, -1e9, true),
  };
  for (const [what, spoil] of Object.entries(wrong)) {
    it(`are refused with ${what}`, () => {
      const bytes = bytesOf(sample);
      spoil(new DataView(bytes.buffer, at));
      expect(() => readQuantiles(bytes, at, "sketch")).toThrow(FormatError);
    });
  }

  it("are refused with a negative zero", () => {
    const bytes = bytesOf(sketchOf(8, Float64Array.of(-1, 0, 1)));
    const view = new DataView(bytes.buffer, at);
    view.setFloat64(64, -0, true);
    expect(() => readQuantiles(bytes, at, "sketch")).toThrow(FormatError);
  });

  it("are refused when they end early, wherever that is", () => {
    const bytes = bytesOf(sample);
    for (let end = 0; end < bytes.length - 5; end++) {
      expect(() => readQuantiles(bytes.subarray(0, end), at, "sketch")).toThrow(FormatError);
    }
  });

  it("are refused or make a sketch that works, whatever they are", () => {
    const random = randoms(3);
    const good = bytesOf(sample);
    let read = 0;
    for (let round = 0; round < 8000; round++) {
      const bytes = good.slice();
      for (let k = 0; k <= round % 3; k++)
        bytes[at + Math.floor(random() * (good.length - at))] = Math.floor(random() * 256);
      try {
        const sketch = readQuantiles(bytes, at, "sketch");
        read++;
        expect(quantilesByteLength(sketch)).toBe(good.length - at - 5);
        expect(rankError(sketch)).toBeLessThanOrEqual(1);
        expect(sketchRank(sketch, 50)).toBeGreaterThanOrEqual(0);
        mergeQuantiles(sketch, sample);
        addQuantiles(sketch, Float64Array.of(1, 2, 3));
        expect(sketch.count).toBe(2 * sample.count + 3);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
    expect(read).toBeGreaterThan(100);
    expect(read).toBeLessThan(7900);
  });

  it("of an empty sketch have no levels", () => {
    expect(quantilesByteLength(emptyQuantiles())).toBe(40);
    expect(readQuantiles(bytesOf(emptyQuantiles(77)), at, "sketch")).toEqual(emptyQuantiles(77));
  });
});
