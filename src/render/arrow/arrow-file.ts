/**
 * Writes one table of texts and doubles as an Arrow IPC file (format 1.5, metadata V5): one batch, nothing compressed.
 * https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format
 *
 *     "ARROW1" 0 0 | schema | batch | end of stream | footer | i32 footer's bytes | "ARROW1"
 *
 * A message is `ff ff ff ff | i32 metadata's bytes | metadata | body`, each on a multiple of 8 bytes.
 */
import { flatBuffer, i16, i32, i64, type Table, u8 } from "./flatbuffer-writer.js";

/** `null` is a missing value. */
export type ArrowColumn =
  | { readonly name: string; readonly type: "text"; readonly values: readonly (string | null)[] }
  | { readonly name: string; readonly type: "double"; readonly values: readonly (number | null)[] };

const typeIds = { double: 3, text: 5 } as const;
const headerIds = { schema: 1, batch: 3 } as const;
const version = i16(4);
const doublePrecision = 2;
const magic = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];
const utf8 = new TextEncoder();

/** The file's bytes. All columns have equally many values. */
export function arrowFile(columns: readonly ArrowColumn[]): Uint8Array<ArrayBuffer> {
  const rows = columns[0]?.values.length ?? 0;
  const schema: Table = { fields: [i16(0), { items: columns.map(fieldOf) }] };
  const encoded = columns.map((column) => buffersOf(column));
  const places: { readonly at: number; readonly length: number }[] = [];
  let bodyLength = 0;
  for (const bytes of encoded.flat()) {
    places.push({ at: bodyLength, length: bytes.length });
    bodyLength += aligned(bytes.length);
  }
  const nodes = columns.map(({ values }) => [i64(rows), i64(values.filter((value) => value === null).length)]);
  const buffers = places.map(({ at, length }) => [i64(at), i64(length)]);
  const batch: Table = { fields: [i64(rows), { items: nodes }, { items: buffers }] };
  const schemaMessage = messageOf(headerIds.schema, schema, 0);
  const batchMessage = messageOf(headerIds.batch, batch, bodyLength);
  const begin = Uint8Array.of(...magic, 0, 0);
  const block = [i64(begin.length + schemaMessage.length), i32(batchMessage.length), i64(bodyLength)];
  const footer = flatBuffer({ fields: [version, schema, { items: [] }, { items: [block] }] });
  const endOfStream = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);
  const body = encoded.flat().map(padded);
  const end = [bytesOf(Int32Array.of(footer.length)), Uint8Array.from(magic)];
  return joined([begin, schemaMessage, batchMessage, ...body, endOfStream, footer, ...end]);
}

function fieldOf({ name, type }: ArrowColumn): Table {
  const stated: Table = type === "double" ? { fields: [i16(doublePrecision)] } : { fields: [] };
  // Name, nullable, type's number and table, dictionary, children.
  return { fields: [{ text: name }, u8(1), u8(typeIds[type]), stated, null, { items: [] }] };
}

/** Metadata with its length. */
function messageOf(headerId: number, header: Table, bodyLength: number): Uint8Array {
  const metadata = flatBuffer({ fields: [version, u8(headerId), header, i64(bodyLength)] });
  return joined([Uint8Array.of(0xff, 0xff, 0xff, 0xff), bytesOf(Int32Array.of(metadata.length)), metadata]);
}

/** Which rows hold a value, then what they hold. */
function buffersOf({ type, values }: ArrowColumn): Uint8Array[] {
  const valid = new Uint8Array(Math.ceil(values.length / 8));
  for (const [row, value] of values.entries()) {
    if (value !== null) valid[row >> 3]! |= 1 << (row & 7);
  }
  if (type === "double") return [valid, bytesOf(Float64Array.from(values, (value) => value ?? 0))];
  const texts = values.map((value) => utf8.encode(value ?? ""));
  const offsets = new Int32Array(values.length + 1);
  for (const [row, text] of texts.entries()) offsets[row + 1] = offsets[row]! + text.length;
  return [valid, bytesOf(offsets), joined(texts)];
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function padded(bytes: Uint8Array): Uint8Array {
  return joined([bytes, new Uint8Array(aligned(bytes.length) - bytes.length)]);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
