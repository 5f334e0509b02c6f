/**
 * State as bytes that are checked when they are read.
 *
 *     magic, 8 letters | u32 version | u32 head's bytes | head, JSON | buffers | checksum of all before it, 16 letters
 *
 * The head and every buffer end with zeros on a multiple of 8. How long buffers are is for the head to say. Little endian. The
 * checksum is XXH64 of those of 16 MiB each.
 */
import { FormatError } from "../column/format-error.js";
import { hexHash } from "../engine/row-hashes.js";

const version = 1;
const headAt = 16;
const endBytes = 16;

/** What is hashed at once: it fits beside what threads use of the memory. */
const partBytes = 2 ** 24;

/** @param magic  eight letters; @param head  plain data */
export function sealBytes(magic: string, head: unknown, buffers: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const parts = [headBytes, ...buffers];
  const size = parts.reduce((sum, { length }) => sum + padded(length), headAt);
  const bytes = new Uint8Array(size + endBytes);
  const view = new DataView(bytes.buffer);
  for (let k = 0; k < magic.length; k++) bytes[k] = magic.charCodeAt(k);
  view.setUint32(8, version, true);
  view.setUint32(12, headBytes.length, true);
  let at = headAt;
  for (const part of parts) {
    bytes.set(part, at);
    at += padded(part.length);
  }
  bytes.set(checksumOf(bytes.subarray(0, size)), size);
  return bytes;
}

/** The letters that end sealed bytes. */
export function checksumOf(bytes: Uint8Array): Uint8Array {
  const parts = Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, k) =>
    hexHash(bytes.subarray(k * partBytes, (k + 1) * partBytes)),
  );
  const encoder = new TextEncoder();
  return encoder.encode(hexHash(encoder.encode(parts.join(""))));
}

/** The buffers of sealed bytes, one after the other. */
export class Buffers {
  readonly #where: string;
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(where: string, bytes: Uint8Array, at: number) {
    this.#where = where;
    this.#bytes = bytes;
    this.#at = at;
  }

  /** @throws FormatError when there are not so many bytes */
  next(length: number): Uint8Array {
    const at = this.#at;
    this.#at += padded(length);
    if (this.#at > this.#bytes.length) {
      throw new FormatError(this.#where, `${length} bytes of a buffer`, `${Math.max(this.#bytes.length - at, 0)}`);
    }
    return this.#bytes.subarray(at, at + length);
  }

  /** @throws FormatError when bytes are left */
  end(): void {
    if (this.#at === this.#bytes.length) return;
    throw new FormatError(this.#where, "nothing behind the last buffer", `${this.#bytes.length - this.#at} bytes`);
  }
}

/**
 * What was sealed, over shared memory of its own; the head has to be checked.
 *
 * @throws FormatError for bytes that are not what was written
 */
export function unsealBytes(
  magic: string,
  bytes: Uint8Array,
  where: string,
): { readonly head: unknown; readonly buffers: Buffers } {
  const size = bytes.length - endBytes;
  const begin = String.fromCharCode(...bytes.subarray(0, magic.length));
  if (size < headAt || begin !== magic) throw new FormatError(where, `bytes that begin with ${magic}`, "others");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(8, true) !== version) {
    throw new FormatError(where, `version ${version} of ${magic}`, `version ${view.getUint32(8, true)}`);
  }
  if (checksumOf(bytes.subarray(0, size)).some((letter, k) => bytes[size + k] !== letter)) {
    throw new FormatError(where, "the checksum of the bytes", "another");
  }
  const own = new Uint8Array(new SharedArrayBuffer(size));
  own.set(bytes.subarray(0, size));
  const length = view.getUint32(12, true);
  const head = own.slice(headAt, headAt + length);
  if (head.length < length) throw new FormatError(where, `a head of ${length} bytes`, `${head.length}`);
  return { head: parsed(head, where), buffers: new Buffers(where, own, headAt + padded(length)) };
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function parsed(head: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(head)));
  } catch (cause) {
    throw new FormatError(where, "a head of JSON", "other bytes", { cause });
  }
}
