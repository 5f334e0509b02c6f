/** The buffers of one batch: their bounds checked, and decompressed where only some are wanted. */
import { FormatError } from "../column/format-error.js";
import type { Batch, Bytes } from "./arrow-messages.js";
import { decodeLz4, lz4Ratio } from "./lz4.js";
import { checkZstd, decodeZstd } from "./zstd.js";

/** Shared memory for decompressed buffers, in slabs: a table has thousands of them. */
export class Arena {
  #free: Uint8Array = new Uint8Array(0);

  take(length: number): Uint8Array {
    if (length > this.#free.length) this.#free = new Uint8Array(new SharedArrayBuffer(Math.max(length, 1 << 22)));
    const taken = this.#free.subarray(0, length);
    this.#free = this.#free.subarray(Math.ceil(length / 64) * 64);
    return taken;
  }
}

/** Walks over the buffers of a batch, in the order of the schema. */
export class Body {
  readonly #bytes: Bytes;
  readonly #batch: Batch;
  readonly #arena: Arena;
  readonly #codec: number | undefined;
  #next = 0;

  /** @throws FormatError when a buffer is not inside the body, or the codec is not known */
  constructor(bytes: Bytes, batch: Batch, arena: Arena) {
    this.#bytes = bytes;
    this.#batch = batch;
    this.#arena = arena;
    const { compression, buffers = [] } = batch.batch;
    this.#codec = compression && (compression.codec ?? 0);
    if (compression && (this.#codec! > 1 || this.#codec! < 0 || compression.method)) {
      throw new FormatError(bytes.where, "LZ4_FRAME or ZSTD by buffer", `codec ${this.#codec}`);
    }
    buffers.forEach(({ offset, length }, index) => {
      if (offset < 0 || length < 0 || offset % 8 !== 0 || offset + length > batch.bodyLength) {
        const found = `${length} bytes at ${offset}`;
        throw new FormatError(bytes.where, `buffer ${index} within ${batch.bodyLength} bytes, on 8 bytes`, found);
      }
    });
  }

  /** Goes past `count` buffers. */
  skip(count: number): void {
    this.#next += count;
    const { length } = this.#batch.batch.buffers ?? [];
    if (this.#next > length) throw new FormatError(this.#bytes.where, `buffer ${this.#next - 1}`, `${length} buffers`);
  }

  /** The next buffer. @param where for messages */
  take(where: string): Uint8Array {
    this.skip(1);
    const { offset, length } = this.#batch.batch.buffers![this.#next - 1]!;
    const raw = this.#bytes.view(this.#batch.bodyOffset + offset, length);
    return this.#codec === undefined || length === 0 ? raw : this.#decompressed(raw, where);
  }

  /** Refuses buffers that no column has taken. */
  end(): void {
    const { length } = this.#batch.batch.buffers ?? [];
    if (this.#next !== length) throw new FormatError(this.#bytes.where, `${this.#next} buffers`, `${length}`);
  }

  #decompressed(raw: Uint8Array, where: string): Uint8Array {
    if (raw.length < 8) throw new FormatError(where, "8 bytes that state a size", `${raw.length} bytes`);
    const size = Number(new DataView(raw.buffer, raw.byteOffset, 8).getBigInt64(0, true));
    const input = raw.subarray(8);
    if (size === -1) return input; // stored as it is
    if (size === 0) return input.subarray(0, 0);
    if (size < 0 || (this.#codec === 0 && size > input.length * lz4Ratio)) {
      throw new FormatError(where, `what ${input.length} compressed bytes can hold`, `${size} bytes`);
    }
    if (this.#codec === 1) checkZstd(input, size, where);
    const out = this.#arena.take(size);
    (this.#codec === 0 ? decodeLz4 : decodeZstd)(input, out, where);
    return out;
  }
}
