// Columns of text: names, which of them each row has, and all the ways in which Arrow stores that.
import { columnOf } from "../dist/column/column-of.js";
import { uniforms } from "./data.js";

const letters = "abcdefghijklmnopqrst";

/** Names of 2 to 8 bytes, of 9 to 12, or of 20 to 40. */
export function namesOf(length, count) {
  const uniform = uniforms(9);
  const some = (most) => letters.slice(0, Math.floor(uniform() * (most + 1)));
  return Array.from({ length: count }, (_, k) => {
    if (length === "short") return `${k.toString(36).padStart(2, "0")}${some(4)}`;
    if (length === "medium") return `cat_${String(k).padStart(5, "0")}${some(3)}`.slice(0, 12);
    return `category-name-${String(k).padStart(6, "0")}${some(20)}`;
  });
}

/** The number of each row's name: all equally likely, or by Zipf's law. */
export function chosen(rows, count, skewed) {
  const uniform = uniforms(1);
  if (!skewed) return Int32Array.from({ length: rows }, () => Math.floor(uniform() * count));
  const ends = new Float64Array(count);
  let total = 0;
  for (let k = 0; k < count; k++) ends[k] = total += 1 / (k + 1);
  return Int32Array.from({ length: rows }, () => {
    const x = uniform() * total;
    let low = 0;
    for (let high = count - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (ends[middle] < x) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** Offsets and bytes of every row's name. */
export function textOf(names, codes) {
  const parts = names.map((name) => new TextEncoder().encode(name));
  const offsets = new Int32Array(codes.length + 1);
  for (let k = 0; k < codes.length; k++) offsets[k + 1] = offsets[k] + parts[codes[k]].length;
  const bytes = new Uint8Array(offsets.at(-1));
  for (let k = 0; k < codes.length; k++) bytes.set(parts[codes[k]], offsets[k]);
  return { offsets, bytes };
}

/** The same in whole doubles, as peers read files. */
export function textPeerArrays({ offsets, bytes }) {
  const padded = (array, each) => {
    const whole = new array.constructor(Math.ceil(array.length / each) * each);
    whole.set(array);
    return whole;
  };
  return [padded(offsets, 2), padded(bytes, 8)];
}

/** A bitmap that leaves out a tenth of the rows, and the rows' numbers with -1 for those. */
export function withNulls(codes) {
  const uniform = uniforms(3);
  const bits = new Uint8Array(Math.ceil(codes.length / 8));
  const kept = codes.slice();
  for (let k = 0; k < codes.length; k++) {
    if (uniform() < 0.1) kept[k] = -1;
    else bits[k >> 3] |= 1 << (k & 7);
  }
  return { bits, kept };
}

/** A Vector as apache-arrow would make it, as far as it is looked at. */
const vector = (typeId, data, properties = {}) =>
  columnOf({ type: { typeId, ...properties }, length: data.length, data: [{ offset: 0, ...data }] });

export const lettersOf = ({ offsets, bytes }, length, nullBitmap = null) =>
  vector(5, { length, valueOffsets: offsets, values: bytes, nullBitmap });

export const largeOf = ({ offsets, bytes }, length) =>
  vector(20, { length, valueOffsets: BigInt64Array.from(offsets, BigInt), values: bytes });

/** Utf8View: texts of more than 12 bytes lie in one buffer, in the order of the rows. */
export function viewsOf({ offsets, bytes }, length) {
  const words = new Int32Array(4 * length);
  const values = new Uint8Array(words.buffer);
  for (let k = 0; k < length; k++) {
    const start = offsets[k];
    const size = offsets[k + 1] - start;
    words[4 * k] = size;
    for (let i = 0; i < (size <= 12 ? size : 4); i++) values[16 * k + 4 + i] = bytes[start + i];
    if (size > 12) words[4 * k + 3] = start;
  }
  return vector(24, { length, values, variadicBuffers: [bytes] });
}

export function dictionaryOf(names, codes, layout, array, nullBitmap) {
  const text = textOf(
    names,
    names.map((_, k) => k),
  );
  const dictionary = { type: { typeId: 5 }, length: names.length, data: [] };
  dictionary.data.push({ offset: 0, length: names.length, valueOffsets: text.offsets, values: text.bytes });
  const values = layout === "i64" ? array.from(codes, BigInt) : array.from(codes);
  const indices = { typeId: 2, bitWidth: Number(layout.slice(1)), isSigned: true };
  return vector(-1, { length: codes.length, values, nullBitmap, dictionary }, { indices, dictionary: { typeId: 5 } });
}
