/** A file's bytes, read when they are looked at. */
import { closeSync, fstatSync, openSync } from "node:fs";
import type { Bytes } from "./arrow-messages.js";
import { type Place, readFully } from "./place.js";

/** Runs `work` with a file that is open meanwhile, and the place that it is. */
export function withFile<R>(path: string, work: (bytes: Bytes, place: Place) => R): R {
  const file = openSync(path, "r");
  try {
    const { size, mtimeMs } = fstatSync(file);
    const view = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(new SharedArrayBuffer(length));
      readFully(path, file, offset, bytes);
      return bytes;
    };
    return work({ where: path, length: size, view }, { is: "file", path, size, modified: mtimeMs });
  } finally {
    closeSync(file);
  }
}
