/** Sketches among the bytes of a profile: their length, and themselves. */
import type { StoredBytes } from "../engine/key-cells.js";
import { distinctByteLength, readDistinct, writeDistinct } from "../sketch/distinct-bytes.js";
import type { DistinctSketch } from "../sketch/distinct-sketch.js";
import { quantilesByteLength, readQuantiles, writeQuantiles } from "../sketch/quantile-bytes.js";
import { emptyQuantiles, type QuantileSketch } from "../sketch/quantile-sketch.js";
import type { ByteReader } from "./byte-reader.js";
import type { ByteWriter } from "./byte-writer.js";

export function writeQuantileSketch(to: ByteWriter, sketch: QuantileSketch): void {
  const length = quantilesByteLength(sketch);
  to.u32(length);
  to.u32(0);
  to.room(length, (bytes, at) => writeQuantiles(sketch, bytes, at));
  to.pad();
}

/** A sketch of `count` values, which lie where they are stored. */
export function readQuantileSketch(from: ByteReader, stored: StoredBytes, count: number): QuantileSketch {
  const { at, end } = section(from, "a quantile sketch");
  const sketch = readQuantiles(from.bytes.subarray(0, end), at, from.where, stored.doubles);
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

export function readDistinctSketch(from: ByteReader, stored: StoredBytes): DistinctSketch {
  const { at, end } = section(from, "a distinct sketch");
  const sketch = readDistinct(from.bytes.subarray(0, end), at, from.where, stored.bytes);
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
