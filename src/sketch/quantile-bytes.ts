/**
 * Quantile sketches as bytes, little endian, all fields 8 bytes wide but the first two rows:
 *
 *   0 k u32          4 levels L u32
 *   8 random u32    12 values N u32
 *  16 count f64     24 min f64        32 max f64        (NaN of no values)
 *  40 per level, 16 bytes: halvings f64 · size u32 · next u32 (0 random, 1 even positions, 2 odd ones)
 *  40 + 16 L        N values f64, ascending within each level
 */
import { FormatError } from "../column/format-error.js";
import { ascend } from "../engine/levels.js";
import { mostLevels, mostValues } from "./levels.js";
import { emptyQuantiles, type QuantileSketch } from "./quantile-sketch.js";

const head = 40;
const levelBytes = 16;

export function quantilesByteLength({ sizes, values }: QuantileSketch): number {
  return head + levelBytes * sizes.length + 8 * values.length;
}

/** Writes a sketch from byte `at` on; returns where it ends. */
export function writeQuantiles(sketch: QuantileSketch, bytes: Uint8Array, at: number): number {
  const { values, sizes, halvings, next } = sketch;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, quantilesByteLength(sketch));
  view.setUint32(0, sketch.k, true);
  view.setUint32(4, sizes.length, true);
  view.setUint32(8, sketch.random, true);
  view.setUint32(12, values.length, true);
  view.setFloat64(16, sketch.count, true);
  view.setFloat64(24, sketch.min, true);
  view.setFloat64(32, sketch.max, true);
  let to = head;
  for (let h = 0; h < sizes.length; h++, to += levelBytes) {
    view.setFloat64(to, halvings[h] ?? 0, true);
    view.setUint32(to + 8, sizes[h]!, true);
    view.setUint32(to + 12, next[h] ?? 0, true);
  }
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at + to);
  return at + to + values.byteLength;
}

/**
 * Reads a sketch from byte `at` on; it ends `quantilesByteLength` later.
 *
 * @param where what is being read, for messages
 * @param doubles the values that are stored from a byte on, where they need not be copied
 * @throws FormatError for everything that no sketch is
 */
export function readQuantiles(
  bytes: Uint8Array,
  at: number,
  where: string,
  doubles = copiedDoubles(bytes),
): QuantileSketch {
  const fail = (expected: string, found: string | number) => new FormatError(where, expected, `${found}`);
  const free = bytes.byteLength - at;
  if (free < head) throw fail(`${head} bytes of a quantile sketch`, free);
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, free);
  const k = view.getUint32(0, true);
  if (k < 8 || k > 65_535) throw fail("a k from 8 to 65535", k);
  const sketch = emptyQuantiles(k);
  const levels = view.getUint32(4, true);
  if (levels > mostLevels) throw fail(`at most ${mostLevels} levels`, levels);
  const length = view.getUint32(12, true);
  if (length > mostValues(k)) throw fail(`at most ${mostValues(k)} values`, length);
  if (free < head + levelBytes * levels + 8 * length)
    throw fail(`${levels} levels and ${length} values`, `${free} bytes`);
  sketch.random = view.getUint32(8, true);
  sketch.count = view.getFloat64(16, true);
  sketch.min = view.getFloat64(24, true);
  sketch.max = view.getFloat64(32, true);
  if (levels === 0) {
    const empty = sketch.count === 0 && Number.isNaN(sketch.min) && Number.isNaN(sketch.max) && length === 0;
    if (!empty) throw fail("levels", "none");
    return sketch;
  }
  const { min, max } = sketch;
  const sizes: number[] = [];
  sketch.sizes = sizes;
  if (!(min <= max)) throw fail("a smallest and a largest value", `${min} and ${max}`);
  let from = head;
  let start = 0;
  let count = 0;
  for (let h = 0; h < levels; h++, from += levelBytes) {
    const halved = view.getFloat64(from, true);
    if (!Number.isSafeInteger(halved) || halved < 0) throw fail("a number of halvings", halved);
    const next = view.getUint32(from + 12, true);
    if (next > 2) throw fail("a choice from 0 to 2", next);
    const size = view.getUint32(from + 8, true);
    sketch.halvings.push(halved);
    sketch.next.push(next);
    sizes.push(size);
    start += size;
    count += size * 2 ** h;
  }
  if (start !== length) throw fail(`${length} values in all levels`, start);
  if (sizes[levels - 1] === 0) throw fail("values in the last level", "none");
  if (count !== sketch.count || !Number.isSafeInteger(count))
    throw fail(`values that stand for ${sketch.count}`, count);
  sketch.values = doubles(at + from, length);
  if (Object.is(min, -0) || Object.is(max, -0) || !ascend(sketch, min, max))
    throw fail(`ascending values from ${min} to ${max}`, "others");
  return sketch;
}

function copiedDoubles(bytes: Uint8Array): (at: number, length: number) => Float64Array {
  return (at, length) => new Float64Array(bytes.slice(at, at + 8 * length).buffer);
}
