/**
 * LZ4 frames, into a buffer of known size. Every read and write is checked; checksums, where there are any, too.
 * https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md
 */
import { FormatError } from "../column/format-error.js";
import { xxh32 } from "./xxh32.js";

const magic = 0x184d2204;

/** No sequence of a block yields more than 255 bytes for a byte of input. */
export const lz4Ratio = 255;

/** Decodes the block in [from, end) to `out` at `to`; matches may reach back to the beginning of `out`. */
function block(input: Uint8Array, from: number, end: number, out: Uint8Array, to: number): number {
  let source = from;
  let target = to;
  /** Adds the bytes that extend a length of 15. */
  const extended = (length: number): number => {
    if (length !== 15) return length;
    let sum = 15;
    for (let byte = 255; byte === 255; sum += byte) {
      if (source >= end) return Number.POSITIVE_INFINITY;
      byte = input[source++]!;
    }
    return sum;
  };
  while (source < end) {
    const token = input[source++]!;
    const literals = extended(token >> 4);
    if (source + literals > end || target + literals > out.length) return -1;
    if (literals > 32) out.set(input.subarray(source, source + literals), target);
    else for (let i = 0; i < literals; i++) out[target + i] = input[source + i]!;
    source += literals;
    target += literals;
    if (source === end) return target; // the last sequence is literals only
    if (source + 2 > end) return -1;
    const distance = input[source]! | (input[source + 1]! << 8);
    source += 2;
    const length = extended(token & 15) + 4;
    if (distance === 0 || distance > target || target + length > out.length) return -1;
    if (distance >= length && length > 32) out.copyWithin(target, target - distance, target - distance + length);
    else for (let i = 0; i < length; i++) out[target + i] = out[target - distance + i]!;
    target += length;
  }
  return -1;
}

/**
 * Decodes one frame, which must fill `out` exactly and be all of `input`.
 *
 * @param where for messages
 * @throws FormatError
 */
export function decodeLz4(input: Uint8Array, out: Uint8Array, where: string): void {
  const fail = (expected: string, found: string): never => {
    throw new FormatError(`${where}, LZ4 frame`, expected, found);
  };
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const u32 = (at: number): number =>
    at + 4 <= input.length ? view.getUint32(at, true) : fail("4 more bytes", `${input.length - at}`);
  if (input.length < 7 || u32(0) !== magic) fail("a frame", "other bytes");
  const flags = input[4]!;
  if (flags >> 6 !== 1 || flags & 2) fail("version 1", `flags ${flags}`);
  if (flags & 1) fail("no dictionary", "one");
  const blockChecksums = (flags & 16) !== 0;
  const contentSize = (flags & 8) !== 0;
  let at = contentSize ? 14 : 6;
  if (contentSize && u32(6) + u32(10) * 2 ** 32 !== out.length) fail(`${out.length} bytes`, "another size");
  if (at >= input.length || input[at] !== ((xxh32(input.subarray(4, at)) >> 8) & 255)) fail("a checksum", "another");
  at++;
  let target = 0;
  for (;;) {
    const size = u32(at);
    at += 4;
    if (size === 0) break;
    const end = at + (size & 0x7fff_ffff);
    if (end > input.length) fail(`a block of ${end - at} bytes`, `${input.length - at} bytes`);
    if (size >>> 31) {
      if (target + end - at > out.length) fail(`${out.length} bytes`, "more");
      out.set(input.subarray(at, end), target);
      target += end - at;
    } else {
      target = block(input, at, end, out, target);
      if (target < 0) fail("a block within its bounds", "another");
    }
    if (blockChecksums && u32(end) !== xxh32(input.subarray(at, end))) fail("a block's checksum", "another");
    at = blockChecksums ? end + 4 : end;
  }
  if (target !== out.length) fail(`${out.length} bytes`, `${target}`);
  if (flags & 4) {
    if (u32(at) !== xxh32(out)) fail("the content's checksum", "another");
    at += 4;
  }
  if (at !== input.length) fail("the frame's end", `${input.length - at} more bytes`);
}
