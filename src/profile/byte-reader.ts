/** Bytes from outside, read one after the other, little endian; nothing beyond their end is looked at. */
import { FormatError } from "../column/format-error.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export class ByteReader {
  readonly bytes: Uint8Array;
  readonly where: string;
  readonly #view: DataView;
  #at = 0;
  #end: number;

  constructor(bytes: Uint8Array, where: string) {
    this.bytes = bytes;
    this.where = where;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = bytes.length;
  }

  get at(): number {
    return this.#at;
  }

  /** Bytes before the end. */
  get left(): number {
    return this.#end - this.#at;
  }

  /** Takes the last bytes away. */
  shorten(length: number): void {
    this.#end -= length;
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4, "a number"), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.skip(8, "a number"), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.skip(8, "a number"), true);
  }

  /** @throws FormatError for one that is longer than need be, or beyond 2^53 */
  varint(what: string): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.skip(1, what)]!;
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > 2 ** 53 || (byte === 0 && scale > 1)) this.fail(what, `${value}`);
        return value;
      }
      if (scale >= 2 ** 49) this.fail(what, "a longer number");
    }
  }

  take(length: number, what: string): Uint8Array {
    const at = this.skip(length, what);
    return this.bytes.subarray(at, at + length);
  }

  /** A u32 that means nothing yet. */
  zero(): void {
    if (this.u32() !== 0) this.fail("0", "another number");
  }

  /** Zeros up to a multiple of 8. */
  pad(): void {
    for (; (this.#at & 7) !== 0; this.#at++) if (this.bytes[this.#at] !== 0) this.fail("zeros", "other bytes");
  }

  /** Passes `length` bytes and returns where they begin. */
  skip(length: number, what: string): number {
    const at = this.#at;
    if (length > this.left) this.fail(what, `${this.left} of ${length} bytes`);
    this.#at += length;
    return at;
  }

  /** A whole number of rows or the like. */
  count(what: string, most = 2 ** 53): number {
    const value = this.f64();
    if (Number.isInteger(value) && value >= 0 && value <= most && !Object.is(value, -0)) return value;
    return this.fail(what, `${value}`);
  }

  finite(what: string): number {
    const value = this.f64();
    return Number.isFinite(value) && !Object.is(value, -0) ? value : this.fail(what, `${value}`);
  }

  text(length: number, what: string): string {
    const bytes = this.take(length, what);
    try {
      return utf8.decode(bytes);
    } catch (cause) {
      throw new FormatError(this.where, `UTF-8 of ${what}`, "other bytes", { cause });
    }
  }

  fail(expected: string, found: string): never {
    throw new FormatError(this.where, expected, found);
  }
}
