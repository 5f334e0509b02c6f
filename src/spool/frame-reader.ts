/** Records of one file, one after the other. */
import type { FileHandle } from "node:fs/promises";
import { claimOf, type FileHeader, type Frame, fileHeaderBytes, readFrame, recordHeaderBytes } from "./frame.js";

/** Bytes that are read at once. */
const windowBytes = 2 ** 20;

export class FrameReader {
  /** Where the record begins that is next, or that cannot be read. */
  at = fileHeaderBytes;
  /** The sequence that it must have. */
  expected: number;
  readonly #file: FileHandle;
  readonly #salt: number;
  readonly #size: number;
  #window: Buffer = Buffer.alloc(0);
  #windowAt = 0;

  /** @param size what lies behind it is not looked at */
  constructor(file: FileHandle, { first, salt }: FileHeader, size: number) {
    this.#file = file;
    this.#salt = salt;
    this.#size = size;
    this.expected = first;
  }

  /** @returns null at the end (`at` is the size), and where a record is not whole and right (`at` is its beginning) */
  async next(): Promise<Frame | null> {
    const left = this.#size - this.at - recordHeaderBytes;
    if (left < 0) return null;
    const { length, sequence } = claimOf(await this.#bytes(recordHeaderBytes));
    if (sequence !== this.expected || length > left) return null;
    const frame = readFrame(await this.#bytes(recordHeaderBytes + length), this.#salt);
    if (!frame) return null;
    this.at += recordHeaderBytes + length;
    this.expected++;
    return frame;
  }

  /** Bytes from `at` on. Those that were told before stay as they are: a window is never filled again. */
  async #bytes(length: number): Promise<Buffer> {
    const from = this.at - this.#windowAt;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    const wanted = Math.min(Math.max(windowBytes, length), this.#size - this.at);
    this.#window = await readAll(this.#file, this.at, wanted);
    this.#windowAt = this.at;
    if (this.#window.length < length) throw new Error(`openSpool: a file became shorter while it was read`);
    return this.#window.subarray(0, length);
  }
}

/** Bytes of a file; fewer where it ends before. */
export async function readAll(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

/**
 * Looks for whole records behind one that cannot be read.
 *
 * @param rest the file from the broken record on; @param expected the broken record's sequence
 * @returns `durable` of the last one, or null when there is none
 */
export function durableBehind(rest: Buffer, salt: number, expected: number): number | null {
  let durable: number | null = null;
  for (let at = 1; at + recordHeaderBytes <= rest.length; at++) {
    const { length, sequence } = claimOf(rest, at);
    const end = at + recordHeaderBytes + length;
    if (end > rest.length || sequence <= expected || sequence - expected > at) continue;
    const frame = readFrame(rest.subarray(at, end), salt);
    if (!frame) continue;
    durable = frame.durable;
    at = end - 1;
  }
  return durable;
}
