/** The buffers of one batch: their bounds checked, and decompressed where that is needed. */
import { FormatError } from "../column/format-error.js";
import type { Batch, Bytes } from "./arrow-messages.js";
import { decodeLz4, lz4Ratio } from "./lz4.js";
import type { Part, Span } from "./part.js";
import type { Contents } from "./part-chunk.js";
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

/** Where what is decoded lies, and who may refuse it: few bytes can stand for many values. */
export interface Memory extends Pick<Arena, "take"> {
  /** Called before buffers are used that are not decompressed, and values made that no buffer holds, with their bytes. */
  readonly hold?: (bytes: number) => void;
}

/** Walks over the buffers of a batch, in the order of the schema. */
export class Body {
  readonly codec: Part["codec"];
  readonly #where: string;
  readonly #batch: Batch;
  #next = 0;

  /** @throws FormatError when a buffer is not inside the body, or the codec is not known */
  constructor(where: string, batch: Batch) {
    this.#where = where;
    this.#batch = batch;
    const { compression, buffers = [] } = batch.batch;
    const codec = compression ? (compression.codec ?? 0) : null;
    if (compression && ((codec !== 0 && codec !== 1) || compression.method)) {
      throw new FormatError(where, "LZ4_FRAME or ZSTD by buffer", `codec ${codec}`);
    }
    this.codec = codec as Part["codec"];
    buffers.forEach(({ offset, length }, index) => {
      if (offset < 0 || length < 0 || offset % 8 !== 0 || offset + length > batch.bodyLength) {
        const found = `${length} bytes at ${offset}`;
        throw new FormatError(where, `buffer ${index} within ${batch.bodyLength} bytes, on 8 bytes`, found);
      }
    });
  }

  /** Goes past `count` buffers. */
  skip(count: number): void {
    this.#next += count;
    const { length } = this.#batch.batch.buffers ?? [];
    if (this.#next > length) throw new FormatError(this.#where, `buffer ${this.#next - 1}`, `${length} buffers`);
  }

  /** The next buffer. */
  take(): Span {
    this.skip(1);
    const { offset, length } = this.#batch.batch.buffers![this.#next - 1]!;
    return { at: this.#batch.bodyOffset + offset, length };
  }

  /** Refuses buffers that no column has taken. */
  end(): void {
    const { length } = this.#batch.batch.buffers ?? [];
    if (this.#next !== length) throw new FormatError(this.#where, `${this.#next} buffers`, `${length}`);
  }
}

/** Buffers as views of bytes in memory; what is compressed is decoded into memory of the arena. */
export function contentsOf(bytes: Bytes, memory: Memory): Contents {
  return ({ at, length }, codec, where) => {
    const raw = bytes.view(at, length);
    if (codec !== null && length > 0) return decompressed(raw, codec, memory, where);
    memory.hold?.(length);
    return raw;
  };
}

/** @throws FormatError when the bytes are not what was compressed */
export function decompressed(raw: Uint8Array, codec: 0 | 1, memory: Memory, where: string): Uint8Array {
  if (raw.length < 8) throw new FormatError(where, "8 bytes that state a size", `${raw.length} bytes`);
  const size = Number(new DataView(raw.buffer, raw.byteOffset, 8).getBigInt64(0, true));
  const input = raw.subarray(8);
  if (size === -1) {
    memory.hold?.(input.length);
    return input; // stored as it is
  }
  if (size === 0) return input.subarray(0, 0);
  if (size < 0 || (codec === 0 && size > input.length * lz4Ratio)) {
    throw new FormatError(where, `what ${input.length} compressed bytes can hold`, `${size} bytes`);
  }
  if (codec === 1) checkZstd(input, size, where);
  const out = memory.take(size);
  (codec === 0 ? decodeLz4 : decodeZstd)(input, out, where);
  return out;
}
