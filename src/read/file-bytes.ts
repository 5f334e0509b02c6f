/** Files in shared memory. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { FormatError } from "../column/format-error.js";
import type { Bytes } from "./arrow-messages.js";

/** Bytes that one call reads: the operating system's limit is a little below 2^31. */
const piece = 1 << 30;

/**
 * Reads a whole file into one SharedArrayBuffer, without a copy.
 *
 * @throws the file system's error when it cannot be read; FormatError when it becomes shorter meanwhile
 */
export function fileBytes(path: string): Bytes {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const memory = new SharedArrayBuffer(size);
    for (let at = 0; at < size; ) {
      const read = readSync(file, new Uint8Array(memory, at, Math.min(piece, size - at)), { position: at });
      if (read === 0) throw new FormatError(path, `${size} bytes`, `${at}`);
      at += read;
    }
    return sharedBytes(path, memory);
  } finally {
    closeSync(file);
  }
}

/** A buffer as `Bytes`. */
export function sharedBytes(where: string, memory: ArrayBufferLike, start = 0, length = memory.byteLength): Bytes {
  return { where, length, view: (offset, size) => new Uint8Array(memory, start + offset, size) };
}
