/**
 * Zstandard frames, into a buffer of known size: checks around the decoder of Node (since 22.15), or else that of
 * `fzstd`, which is written in JavaScript and some ten times slower.
 */
import * as zlib from "node:zlib";
import { decompress } from "fzstd";
import { FormatError } from "../column/format-error.js";

const magic = 0xfd2fb528;
const largestBlock = 1 << 17;

type Decompress = (input: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;
const native = (zlib as { readonly zstdDecompressSync?: Decompress }).zstdDecompressSync;

/**
 * The most bytes that the frame's blocks can yield, and the size that it states (RFC 8878, section 3.1.1), or undefined
 * when it is not one complete frame.
 */
function frame(input: Uint8Array): { readonly most: number; readonly stated: number | undefined } | undefined {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.length < 9 || view.getUint32(0, true) !== magic) return undefined;
  const descriptor = input[4]!;
  const single = (descriptor >> 5) & 1;
  const idBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [single, 2, 4, 8][descriptor >> 6]!;
  let at = 6 - single + idBytes;
  if (at + sizeBytes > input.length) return undefined;
  let stated = sizeBytes === 2 ? 256 : 0;
  for (let i = 0; i < sizeBytes; i++) stated += input[at + i]! * 256 ** i;
  at += sizeBytes;
  let most = 0;
  for (let last = 0; !last; ) {
    if (at + 3 > input.length) return undefined;
    const header = input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16);
    last = header & 1;
    const type = (header >> 1) & 3;
    const size = header >> 3;
    at += 3 + (type === 1 ? 1 : size);
    most += type === 2 ? largestBlock : size;
  }
  at += descriptor & 4;
  return at === input.length ? { most, stated: sizeBytes ? stated : undefined } : undefined;
}

/**
 * Refuses what is not one complete frame that can yield `size` bytes: a hundred bytes cannot ask for a gigabyte.
 *
 * @throws FormatError
 */
export function checkZstd(input: Uint8Array, size: number, where: string): void {
  const found = frame(input);
  if (!found) throw new FormatError(where, "one Zstandard frame", "other bytes");
  if ((found.stated ?? size) !== size || found.most < size) {
    throw new FormatError(where, `a Zstandard frame of ${size} bytes`, `${found.stated ?? found.most}`);
  }
}

/** Decodes the one frame in `input`, checked before, into all of `out`. @throws FormatError */
export function decodeZstd(input: Uint8Array, out: Uint8Array, where: string): void {
  try {
    if (native) {
      const result = native(input, { maxOutputLength: out.length });
      if (result.length !== out.length) throw new RangeError(`${result.length} bytes`);
      out.set(result);
    } else {
      decompress(input, out);
    }
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(where, "a Zstandard frame", found, { cause });
  }
}
