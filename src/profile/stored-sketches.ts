/** Sketches among the bytes of a profile: their length, and themselves. */
import { distinctByteLength, readDistinct, writeDistinct } from "../sketch/distinct-bytes.js";
import { type DistinctSketch, emptyDistinct } from "../sketch/distinct-sketch.js";
import { mostValues } from "../sketch/levels.js";
import { quantilesByteLength, readQuantiles, writeQuantiles } from "../sketch/quantile-bytes.js";
import { emptyQuantiles, type QuantileSketch, usualK } from "../sketch/quantile-sketch.js";
import type { ByteReader } from "./byte-reader.js";
import type { ByteWriter } from "./byte-writer.js";

export function writeQuantileSketch(to: ByteWriter, sketch: QuantileSketch): void {
  const length = quantilesByteLength(sketch);
  to.u32(length);
  to.u32(0);
  to.room(length, (bytes, at) => writeQuantiles(sketch, bytes, at));
  to.pad();
}

/** Where sketches are put that are only needed until the next ones are read: thousands would leave as much behind. */
export interface SketchRoom {
  readonly values: Float64Array;
  readonly distinct: DistinctSketch;
}

export function sketchRoom(): SketchRoom {
  return { values: new Float64Array(mostValues(usualK)), distinct: emptyDistinct() };
}

/** A sketch of `count` values. */
export function readQuantileSketch(from: ByteReader, count: number, room: SketchRoom | null): QuantileSketch {
  const { at, end } = section(from, "a quantile sketch");
  const sketch = readQuantiles(from.bytes.subarray(0, end), at, from.where, room?.values);
  const length = quantilesByteLength(sketch);
  if (length !== end - at) from.fail(`a quantile sketch of ${end - at} bytes`, `one of ${length}`);
  if (sketch.count !== count) from.fail(`a quantile sketch of ${count} values`, `one of ${sketch.count}`);
  from.pad();
  if (count > 0) return sketch;
  // There are many NaN, and one form of a sketch.
  const none = emptyQuantiles(sketch.k);
  const written = new Uint8Array(length);
  writeQuantiles(none, written, 0);
  if (!written.every((byte, k) => byte === from.bytes[at + k])) {
    from.fail("a quantile sketch of no values", "another one");
  }
  return none;
}

export function writeDistinctSketch(to: ByteWriter, sketch: DistinctSketch): void {
  const length = distinctByteLength(sketch);
  to.u32(length);
  to.u32(0);
  to.room(length, (bytes, at) => writeDistinct(sketch, bytes, at));
  to.pad();
}

export function readDistinctSketch(from: ByteReader, room: SketchRoom | null): DistinctSketch {
  const { at, end } = section(from, "a distinct sketch");
  const sketch = readDistinct(from.bytes.subarray(0, end), at, from.where, room?.distinct);
  const length = distinctByteLength(sketch);
  if (length !== end - at) from.fail(`a distinct sketch of ${end - at} bytes`, `one of ${length}`);
  from.pad();
  return sketch;
}

/** Where the bytes of a section lie, whose length comes before it. */
function section(from: ByteReader, what: string): { at: number; end: number } {
  const length = from.u32();
  from.zero();
  const at = from.skip(length, what);
  return { at, end: at + length };
}
