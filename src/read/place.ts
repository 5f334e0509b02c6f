/** Files that are read more than once: opened for each pass, and refused when they are no longer what they were. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { FormatError } from "../column/format-error.js";

/** Where bytes lie, as plain data: a file as it was when it was opened first, or a descriptor that others keep open. */
export type Place =
  | { readonly is: "file"; readonly path: string; readonly size: number; readonly modified: number }
  | { readonly is: "spilled"; readonly path: string; readonly size: number; readonly descriptor: number };

/** A place that was opened. Has to be closed. */
export interface OpenPlace {
  /** Fills `into` with the bytes from `at` on. */
  read(at: number, into: Uint8Array): void;
  close(): void;
}

/** @throws Error when a file is no longer what it was */
export function openPlace(place: Place): OpenPlace {
  const { path } = place;
  if (place.is === "spilled") return { read: (at, into) => readFully(path, place.descriptor, at, into), close() {} };
  const file = openSync(path, "r");
  const { size, mtimeMs } = fstatSync(file);
  if (size !== place.size || mtimeMs !== place.modified) {
    closeSync(file);
    throw new Error(`openTable: ${path} has changed since it was opened; open it again`);
  }
  return { read: (at, into) => readFully(path, file, at, into), close: () => closeSync(file) };
}

/** Bytes that one call reads: the operating system's limit is a little below 2^31. */
const most = 1 << 30;

/** Fills `into` with the bytes of an open file from `at` on. @throws FormatError when the file ends before */
export function readFully(path: string, file: number, at: number, into: Uint8Array): void {
  for (let done = 0; done < into.length; ) {
    const length = Math.min(most, into.length - done);
    const read = readSync(file, into, done, length, at + done);
    if (read === 0) throw new FormatError(path, `bytes up to ${at + into.length}`, `an end at ${at + done}`);
    done += read;
  }
}
