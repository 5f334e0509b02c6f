/** A chunk written to a file, as the part that it is there. */
import { bitAt, setBit } from "../column/bits.js";
import { textBytes } from "../column/texts.js";
import {
  bitsOf,
  type Chunk,
  type FixedChunk,
  type Rows,
  type StringsChunk,
  type TextChunk,
  type TextViewChunk,
} from "../engine/chunk.js";
import type { FixedPart, Part, Span, TextPart } from "./part.js";

/** Writes bytes to the file, and says where they are. */
type Write = (bytes: Uint8Array) => Span;

const nowhere: Span = { at: 0, length: 0 };

export function partOf(chunk: Chunk, where: string, write: Write): Part {
  if ("layout" in chunk) return fixedPart(chunk, where, write);
  if ("codes" in chunk) {
    const { dictionary, codes } = chunk;
    const { validity: _, ...part } = fixedPart({ ...codes, length: chunk.length, validity: null }, where, write);
    return { ...part, ...validityOf(chunk, write), form: "codes", dictionary };
  }
  if ("components" in chunk) {
    const { dimension, components } = chunk;
    const length = chunk.length * dimension;
    const part = fixedPart({ ...components, length }, `${where}, components`, write);
    const rows = { where, length: chunk.length, codec: null } as const;
    return { ...rows, ...validityOf(chunk, write), form: "vectors", dimension, components: part };
  }
  return textPart(chunk, where, write);
}

function fixedPart(chunk: FixedChunk, where: string, write: Write): FixedPart {
  const { length, layout, scale, bytes, bitOffset } = chunk;
  const values =
    layout === "bit" ? alignedBits(bytes, bitOffset, length) : bytes.subarray(0, (length * bitsOf[layout]) / 8);
  const span = write(values);
  return {
    where,
    length,
    codec: null,
    ...validityOf(chunk, write),
    form: "fixed",
    type: { layout, scale },
    values: span,
  };
}

function validityOf({ validity, validityOffset, length }: Rows, write: Write): { validity: Span; nulls: number } {
  if (!validity) return { validity: nowhere, nulls: 0 };
  const bits = alignedBits(validity, validityOffset, length);
  let nulls = 0;
  for (let row = 0; row < length; row++) nulls += 1 - bitAt(bits, row);
  return { validity: nulls > 0 ? write(bits) : nowhere, nulls };
}

/** Bits from bit 0 on. */
function alignedBits(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  const size = Math.ceil(length / 8);
  if (offset % 8 === 0) return bytes.subarray(offset / 8, offset / 8 + size);
  const bits = new Uint8Array(size);
  for (let k = 0; k < length; k++) if (bitAt(bytes, offset + k)) setBit(bits, k);
  return bits;
}

const utf8 = new TextEncoder();

/** Views and strings are written as text. */
function textPart(chunk: TextChunk | TextViewChunk | StringsChunk, where: string, write: Write): TextPart {
  const { length } = chunk;
  const texts = Array.from({ length }, (_, row) => textIn(chunk, row));
  const offsets = new BigInt64Array(length + 1);
  let size = 0;
  texts.forEach((text, row) => {
    size += text?.length ?? 0;
    offsets[row + 1] = BigInt(size);
  });
  const bytes = new Uint8Array(size);
  texts.forEach((text, row) => {
    if (text) bytes.set(text, Number(offsets[row]));
  });
  const bits = new Uint8Array(Math.ceil(length / 8));
  texts.forEach((text, row) => {
    if (text) setBit(bits, row);
  });
  const missing = validityOf({ length, validity: bits, validityOffset: 0 }, write);
  const placed = { offsets: write(new Uint8Array(offsets.buffer)), bytes: write(bytes) };
  return { where, length, codec: null, ...missing, form: "text", width: 8, ...placed };
}

function textIn(chunk: TextChunk | TextViewChunk | StringsChunk, row: number): Uint8Array | null {
  if ("strings" in chunk) return chunk.strings[row] == null ? null : utf8.encode(chunk.strings[row]!);
  const { validity, validityOffset } = chunk;
  return validity && !bitAt(validity, validityOffset + row) ? null : textBytes(chunk, row);
}
