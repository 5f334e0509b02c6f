/**
 * Arrow's framing: a file (`ARROW1`, messages, a footer that says where they lie) or a stream (messages one after the
 * other) as a sequence of schema, dictionaries and batches. Every position is checked against the bytes that are there.
 */
import { FormatError } from "../column/format-error.js";
import {
  type BlockTable,
  type DictionaryBatchTable,
  footer,
  message,
  type RecordBatchTable,
  type SchemaTable,
} from "./arrow-metadata.js";
import { Reader } from "./flatbuffer.js";

/** Bytes in memory: more than one typed array can hold, so seen in parts. */
export interface Bytes {
  /** For messages. */
  readonly where: string;
  readonly length: number;
  view(offset: number, length: number): Uint8Array;
}

/** A batch and where its buffers lie. */
export interface Batch {
  readonly batch: RecordBatchTable;
  /** Of the metadata: 3 is V4, 4 is V5. */
  readonly version: number;
  readonly bodyOffset: number;
  readonly bodyLength: number;
}

export type Message =
  | { readonly is: "schema"; readonly schema: SchemaTable }
  | ({ readonly is: "dictionary"; readonly id: bigint; readonly delta: boolean } & Batch)
  | ({ readonly is: "batch" } & Batch);

const magic = "ARROW1";

function startsWith(bytes: Uint8Array, text: string): boolean {
  return bytes.length >= text.length && [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}

function i32At(bytes: Bytes, offset: number): number {
  const view = bytes.view(offset, 4);
  return new DataView(view.buffer, view.byteOffset, 4).getInt32(0, true);
}

function checkVersion(where: string, version = 0): number {
  if (version === 3 || version === 4) return version;
  throw new FormatError(where, "metadata of version V4 or V5", `V${version + 1}`);
}

/** Checks that [offset, offset + length) is there. */
function need(bytes: Bytes, what: string, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= bytes.length) return;
  throw new FormatError(bytes.where, `${length} bytes of ${what} at ${offset}`, `${bytes.length} bytes in all`);
}

/** The position and length of the metadata at `offset`, or undefined where the stream ends. */
function metadataAt(bytes: Bytes, offset: number): { at: number; length: number } | undefined {
  if (offset === bytes.length) return undefined;
  need(bytes, "message", offset, 4);
  const first = i32At(bytes, offset);
  // Before Arrow 0.15 messages began with their length at once.
  const at = first === -1 ? offset + 8 : offset + 4;
  if (first === -1) need(bytes, "message", offset, 8);
  const length = first === -1 ? i32At(bytes, offset + 4) : first;
  if (length === 0) return undefined;
  need(bytes, "metadata", at, length);
  return { at, length };
}

function parse(bytes: Bytes, at: number, length: number): Message & { readonly bodyLength: number } {
  const where = `${bytes.where}, message at ${at}`;
  const { version: stated, header, bodyLength = 0 } = new Reader(bytes.view(at, length), where).root(message);
  const version = checkVersion(where, stated);
  const bodyOffset = at + length;
  need(bytes, "message body", bodyOffset, bodyLength);
  const part = { version, bodyOffset, bodyLength };
  switch (header?.tag) {
    case 1:
      return { is: "schema", schema: header.value as SchemaTable, bodyLength };
    case 2: {
      const { id = 0n, data, isDelta = false } = header.value as DictionaryBatchTable;
      if (!data) throw new FormatError(where, "a dictionary's data", "none");
      return { is: "dictionary", id, delta: isDelta, batch: data, ...part };
    }
    case 3:
      return { is: "batch", batch: header.value as RecordBatchTable, ...part };
    default:
      throw new FormatError(where, "a schema, dictionary or record batch", `message type ${header?.tag ?? 0}`);
  }
}

/** The message of a file's block, which states both of its sizes once more. */
function blockMessage(bytes: Bytes, block: BlockTable, end: number, wanted: "dictionary" | "batch"): Message {
  const { offset, metadataLength, bodyLength } = block;
  const where = `${bytes.where}, block at ${offset}`;
  if ([offset, metadataLength, bodyLength].some((size) => size < 0 || size % 8 !== 0)) {
    const found = `${offset}, ${metadataLength}, ${bodyLength}`;
    throw new FormatError(where, "position and sizes that are multiples of 8", found);
  }
  if (offset + metadataLength + bodyLength > end) throw new FormatError(where, `an end before ${end}`, "one behind it");
  const found = metadataAt(bytes, offset);
  if (!found) throw new FormatError(where, "a message", "none");
  if (found.at + found.length !== offset + metadataLength) {
    throw new FormatError(where, `${metadataLength} bytes of metadata`, `${found.at + found.length - offset}`);
  }
  const parsed = parse(bytes, found.at, found.length);
  if (parsed.bodyLength !== bodyLength) {
    throw new FormatError(where, `a body of ${bodyLength} bytes`, `${parsed.bodyLength} bytes`);
  }
  if (parsed.is !== wanted) throw new FormatError(where, `a ${wanted}`, `a ${parsed.is}`);
  return parsed;
}

function* fileMessages(bytes: Bytes): Generator<Message> {
  const { where } = bytes;
  const tail = magic.length + 4;
  if (bytes.length < 8 + tail || !startsWith(bytes.view(bytes.length - magic.length, magic.length), magic)) {
    throw new FormatError(where, `a file that ends with ${magic}`, `${bytes.length} bytes that do not`);
  }
  const length = i32At(bytes, bytes.length - tail);
  const at = bytes.length - tail - length;
  if (length <= 0 || at < 8) throw new FormatError(where, "the size of the footer", `${length}`);
  const parsed = new Reader(bytes.view(at, length), `${where}, footer`).root(footer);
  // Arrow 0.14 left the footer's version out; every message states its own.
  if (parsed.version !== undefined) checkVersion(`${where}, footer`, parsed.version);
  if (!parsed.schema) throw new FormatError(`${where}, footer`, "a schema", "none");
  yield { is: "schema", schema: parsed.schema };
  for (const block of parsed.dictionaries ?? []) yield blockMessage(bytes, block, at, "dictionary");
  for (const block of parsed.recordBatches ?? []) yield blockMessage(bytes, block, at, "batch");
}

function* streamMessages(bytes: Bytes): Generator<Message> {
  let offset = 0;
  for (let found = metadataAt(bytes, 0); found; found = metadataAt(bytes, offset)) {
    const parsed = parse(bytes, found.at, found.length);
    if ((offset === 0) !== (parsed.is === "schema")) {
      throw new FormatError(bytes.where, "one schema, at the beginning", `a ${parsed.is} at ${offset}`);
    }
    offset = found.at + found.length + parsed.bodyLength;
    yield parsed;
  }
  if (offset === 0) throw new FormatError(bytes.where, "a schema", "no message");
}

/**
 * The messages of an IPC file or stream, the schema first. In a file all dictionaries come before all batches.
 *
 * @throws FormatError, also for Feather V1
 */
export function arrowMessages(bytes: Bytes): Generator<Message> {
  const head = bytes.view(0, Math.min(bytes.length, 8));
  if (startsWith(head, "FEA1")) throw new FormatError(bytes.where, "Feather V2 (an Arrow IPC file)", "Feather V1");
  return startsWith(head, magic) ? fileMessages(bytes) : streamMessages(bytes);
}

/** Whether the bytes are an IPC file rather than a stream. */
export function isArrowFile(bytes: Bytes): boolean {
  return startsWith(bytes.view(0, Math.min(bytes.length, 8)), magic);
}
