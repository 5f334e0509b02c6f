/** Bytes that are written one after the other, little endian. */

const utf8 = new TextEncoder();

export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
  }

  f64(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
  }

  i64(value: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, value, true);
  }

  /** LEB128: seven bits a byte, least first, the high bit set but in the last byte. */
  varint(value: number): void {
    for (; value > 127; value = Math.floor(value / 128)) this.#byte((value % 128) | 128);
    this.#byte(value);
  }

  #byte(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Zeros up to a multiple of 8. */
  pad(): void {
    this.#reserve(-this.#length & 7);
  }

  /** Room for `length` bytes, which are filled by `fill`. */
  room(length: number, fill: (bytes: Uint8Array, at: number) => void): void {
    const at = this.#reserve(length);
    fill(this.#bytes, at);
  }

  /** Writes a u32 where one was left out. */
  u32At(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  f64At(at: number, value: number): void {
    this.#view.setFloat64(at, value, true);
  }

  /** Everything so far. */
  written(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(length: number): number {
    const at = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** Text as UTF-8. */
export function encoded(text: string): Uint8Array {
  return utf8.encode(text);
}
