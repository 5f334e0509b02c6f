/** Memory that a table's columns lie in. */
import type { Table } from "../column/column.js";

/** Where texts are JavaScript's, or their dictionary is: a pointer, and a short text. */
const bytesOfText = 32;

interface Memory {
  /** Each once. */
  readonly buffers: ReadonlySet<ArrayBufferLike>;
  /** Texts that lie in none of them. */
  readonly texts: number;
}

export function memoryOf({ columns }: Table): Memory {
  const buffers = new Set<ArrayBufferLike>();
  let texts = 0;
  const collect = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) buffers.add(value.buffer);
    else if (Array.isArray(value)) {
      if (typeof value[0] === "object" && value[0] !== null) for (const one of value) collect(one);
      else texts += value.length;
    } else if (typeof value === "object" && value !== null) {
      for (const one of Object.values(value)) collect(one);
    }
  };
  for (const { chunks } of columns.values()) collect([...(chunks as Iterable<unknown>)]);
  return { buffers, texts };
}

/** Bytes that a table takes beside the body that it was read from. */
export function bytesBeside(body: Uint8Array, table: Table): number {
  const { buffers, texts } = memoryOf(table);
  let bytes = texts * bytesOfText;
  for (const buffer of buffers) if (buffer !== body.buffer) bytes += buffer.byteLength;
  return bytes;
}
