/** Dictionary codes: checked against their dictionary, and resolved where the dictionary holds numbers. */
import { bitsOf, type FixedChunk } from "../engine/chunk.js";
import { bitAt, setBit } from "./bits.js";
import { FormatError } from "./format-error.js";

/** The codes as numbers; those of 64 bits are copied, and stay out of every dictionary's range beyond 2^53. */
export function codeNumbers({ layout, bytes, length }: FixedChunk): ArrayLike<number> {
  const width = bitsOf[layout] / 8;
  const source = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
  const { buffer, byteOffset } = source;
  switch (layout) {
    case "i8":
      return new Int8Array(buffer, byteOffset, length);
    case "u8":
      return new Uint8Array(buffer, byteOffset, length);
    case "i16":
      return new Int16Array(buffer, byteOffset, length);
    case "u16":
      return new Uint16Array(buffer, byteOffset, length);
    case "i32":
      return new Int32Array(buffer, byteOffset, length);
    case "u32":
      return new Uint32Array(buffer, byteOffset, length);
    default: {
      const words = new Int32Array(buffer, byteOffset, 2 * length);
      return Float64Array.from({ length }, (_, row) => words[2 * row + 1]! * 2 ** 32 + (words[2 * row]! >>> 0));
    }
  }
}

/** Refuses a code of a valid row outside [0, size). */
export function checkCodes(where: string, codes: FixedChunk, size: number): void {
  const code = codeNumbers(codes);
  for (let row = 0; row < codes.length; row++) {
    const value = code[row]!;
    if (value >= 0 && value < size) continue;
    if (codes.validity && !bitAt(codes.validity, codes.validityOffset + row)) continue;
    throw new FormatError(where, `dictionary codes in [0, ${size})`, `${value} in row ${row}`);
  }
}

/**
 * The values that checked `codes` point to: a dictionary of numbers is only a way to store numbers. A row is null where
 * its code or the dictionary's value is.
 */
export function resolveCodes(codes: FixedChunk, dictionary: FixedChunk): FixedChunk {
  const code = codeNumbers(codes);
  const { length } = codes;
  const bits = bitsOf[dictionary.layout];
  const width = bits / 8;
  const bytes = new Uint8Array(Math.ceil((length * bits) / 8));
  const validity = new Uint8Array(Math.ceil(length / 8));
  let nulls = 0;
  for (let row = 0; row < length; row++) {
    const valid = !codes.validity || bitAt(codes.validity, codes.validityOffset + row);
    const at = valid ? code[row]! : 0;
    if (!valid || (dictionary.validity && !bitAt(dictionary.validity, dictionary.validityOffset + at))) {
      nulls++;
      continue;
    }
    setBit(validity, row);
    if (bits >= 8) {
      for (let i = 0; i < width; i++) bytes[row * width + i] = dictionary.bytes[at * width + i]!;
    } else if (bitAt(dictionary.bytes, dictionary.bitOffset + at)) setBit(bytes, row);
  }
  const { layout, scale } = dictionary;
  return { length, layout, scale, bytes, bitOffset: 0, validity: nulls ? validity : null, validityOffset: 0 };
}

/** Several chunks of one layout as one, so that a code is an index. One chunk is returned as it is. */
export function joined(layout: FixedChunk["layout"], scale: number, chunks: readonly FixedChunk[]): FixedChunk {
  if (chunks.length === 1) return chunks[0]!;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bits = bitsOf[layout];
  const bytes = new Uint8Array(Math.ceil((length * bits) / 8));
  const validity = new Uint8Array(Math.ceil(length / 8));
  let row = 0;
  for (const chunk of chunks) {
    if (bits >= 8) bytes.set(chunk.bytes, (row * bits) / 8);
    for (let i = 0; i < chunk.length; i++, row++) {
      if (!chunk.validity || bitAt(chunk.validity, chunk.validityOffset + i)) setBit(validity, row);
      if (bits < 8 && bitAt(chunk.bytes, chunk.bitOffset + i)) setBit(bytes, row);
    }
  }
  return { length, layout, scale, bytes, bitOffset: 0, validity, validityOffset: 0 };
}
