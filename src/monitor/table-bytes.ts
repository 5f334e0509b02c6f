/**
 * `tableToBytes`, `tableFromBytes`: a table as sealed bytes, for state that outlives a process.
 *
 * The head says what columns there are, of which types, and how long each buffer is. A column's buffers are validity (absent
 * where no row is null), then values, or offsets and UTF-8, or components' validity and components. Little endian.
 */
import { asTexts } from "../column/as-texts.js";
import { bitAt, setBit } from "../column/bits.js";
import { fixedChunk, type RawRows, textChunk, vectorChunk } from "../column/chunks.js";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { CategoryChunk } from "../engine/categories.js";
import { bitsOf, type Chunk, type FixedChunk, type Layout, type Rows } from "../engine/chunk.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { type Buffers, sealBytes, unsealBytes } from "./sealed-bytes.js";

const magic = "SMIRNOVT";

/** What the head says of a column. */
interface Described {
  readonly name: string;
  readonly kind: Column["kind"];
  readonly type: string;
  readonly unitsPerSecond?: number;
  readonly dimension?: number;
  readonly chunks: readonly DescribedChunk[];
}

interface DescribedChunk {
  readonly rows: number;
  /** Of fixed-width values and of components. */
  readonly layout?: Layout;
  readonly scale?: number;
  /** Bytes of each buffer; -1: there is none. */
  readonly buffers: readonly number[];
}

interface Head {
  readonly rows: number;
  readonly columns: readonly Described[];
  readonly unsupported: readonly (readonly [string, string])[];
}

/**
 * A table in memory as bytes: all columns with their types, values bit for bit. Texts are written as UTF-8, dictionaries are
 * resolved.
 */
export function tableToBytes({ rows, columns, unsupported }: Table): Uint8Array<ArrayBuffer> {
  const buffers: Uint8Array[] = [];
  const described = Array.from(columns, ([name, column]) => describe(name, column, buffers));
  const head: Head = { rows, columns: described, unsupported: [...unsupported] };
  return sealBytes(magic, head, buffers);
}

/**
 * The table that was written, over memory of its own.
 *
 * @param where begins messages
 * @throws FormatError for bytes that are not what was written
 */
export function tableFromBytes(bytes: Uint8Array, where = "tableFromBytes"): Table {
  const { head, buffers } = unsealBytes(magic, bytes, where);
  if (!isHead(head)) throw new FormatError(where, "a head that tells rows, columns and their buffers", "another");
  const columns = new Map<string, Column>();
  for (const described of head.columns) {
    if (columns.has(described.name)) throw new FormatError(where, "every column once", JSON.stringify(described.name));
    columns.set(described.name, columnOf(where, described, head.rows, buffers));
  }
  buffers.end();
  return { rows: head.rows, columns, unsupported: new Map(head.unsupported) };
}

function describe(name: string, column: Column, buffers: Uint8Array[]): Described {
  const { kind } = column;
  const chunks = (chunksInMemory(column.chunks as readonly Chunk[], name) as readonly Chunk[]).map((chunk) => {
    const own: (Uint8Array | null)[] = [validityOf(chunk)];
    const { length: rows } = chunk;
    let about = {};
    if ("layout" in chunk) {
      own.push(valuesOf(chunk));
      about = { layout: chunk.layout, scale: chunk.scale };
    } else if ("components" in chunk) {
      const components = { ...chunk.components, length: rows * chunk.dimension };
      own.push(validityOf(components), valuesOf(components));
      about = { layout: components.layout, scale: 0 };
    } else own.push(...textsOf(chunk, name, own));
    buffers.push(...own.filter((buffer) => buffer !== null));
    return { rows, ...about, buffers: own.map((buffer) => buffer?.length ?? -1) };
  });
  if (kind === "categorical") return { name, kind, type: "Utf8", chunks };
  if (kind === "vector") return { name, kind, type: column.type, dimension: column.dimension, chunks };
  return { name, kind, type: column.type, unitsPerSecond: column.unitsPerSecond, chunks };
}

/** Offsets from 0 and the texts; the bitmap too, since a string that is missing is null whatever the bitmap says. */
function textsOf(chunk: CategoryChunk, name: string, own: (Uint8Array | null)[]): Uint8Array[] {
  const texts = asTexts(chunk, name);
  own[0] = validityOf(texts);
  const first = texts.offsets[0]!;
  const last = texts.offsets[texts.length]!;
  const offsets = texts.offsets.slice(0, texts.length + 1).map((offset) => offset - first);
  return [new Uint8Array(offsets.buffer), texts.bytes.subarray(first, last)];
}

function validityOf({ validity, validityOffset, length }: Rows): Uint8Array | null {
  return validity && bitsFrom(validity, validityOffset, length);
}

function valuesOf({ layout, bytes, bitOffset, length }: FixedChunk): Uint8Array {
  return layout === "bit" ? bitsFrom(bytes, bitOffset, length) : bytes.subarray(0, (length * bitsOf[layout]) / 8);
}

/** Bits from the first of a byte on. */
function bitsFrom(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8));
  for (let k = 0; k < length; k++) if (bitAt(bytes, offset + k)) setBit(bits, k);
  return bits;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null;

function isHead(head: unknown): head is Head {
  if (!isRecord(head)) return false;
  const { rows, columns, unsupported } = head;
  if (!isCount(rows) || !Array.isArray(columns) || !Array.isArray(unsupported)) return false;
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  return columns.every(isDescribed) && unsupported.every(isPair);
}

const kinds: readonly unknown[] = ["numeric", "boolean", "categorical", "temporal", "vector"];

function isDescribed(column: unknown): column is Described {
  if (!isRecord(column)) return false;
  const { name, kind, type, unitsPerSecond, dimension, chunks } = column;
  if (typeof name !== "string" || typeof type !== "string" || !kinds.includes(kind) || !Array.isArray(chunks)) {
    return false;
  }
  if (kind === "vector" && !(isCount(dimension) && dimension > 0)) return false;
  const hasUnits = Number.isFinite(unitsPerSecond) && (unitsPerSecond as number) > 0;
  if (kind !== "vector" && kind !== "categorical" && !hasUnits) return false;
  return chunks.every((chunk) => isDescribedChunk(chunk, kind as Column["kind"]));
}

function isDescribedChunk(chunk: unknown, kind: Column["kind"]): boolean {
  if (!isRecord(chunk)) return false;
  const { rows, buffers, layout, scale } = chunk;
  const count = kind === "categorical" || kind === "vector" ? 3 : 2;
  if (!isCount(rows) || !Array.isArray(buffers) || buffers.length !== count) return false;
  const mayBeAbsent = (at: number) => at === 0 || (kind === "vector" && at === 1);
  if (!buffers.every((length, at) => isCount(length) || (length === -1 && mayBeAbsent(at)))) return false;
  if (kind === "categorical") return layout === undefined;
  if (typeof layout !== "string" || !Object.hasOwn(bitsOf, layout) || !Number.isSafeInteger(scale)) return false;
  return kind !== "vector" || ["f16", "f32", "f64"].includes(layout);
}

/** Buffers are checked against what their type promises, as those of Arrow files are. */
function columnOf(where: string, described: Described, rows: number, reader: Buffers): Column {
  const { name, kind, type, dimension = 0, unitsPerSecond = 1 } = described;
  const place = `${where}, column ${JSON.stringify(name)}`;
  const found = described.chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  if (found !== rows) throw new FormatError(place, `${rows} rows`, `${found}`);
  const chunks = described.chunks.map((chunk): Chunk => {
    const [validity = null, first = null, second = null] = chunk.buffers.map((length) =>
      length < 0 ? null : reader.next(length),
    );
    const raw: RawRows = { where: place, length: chunk.rows, validity, validityOffset: 0 };
    if (kind === "categorical") return textChunk(raw, first!, 4, second!);
    const stated = { layout: chunk.layout!, scale: chunk.scale! };
    if (kind !== "vector") return fixedChunk(stated, raw, first!);
    const components = { ...raw, length: chunk.rows * dimension, validity: first };
    return vectorChunk({ dimension }, raw, fixedChunk(stated, components, second!));
  });
  const filled = chunks.filter(({ length }) => length > 0);
  if (kind === "vector") return { kind, type, rows, dimension, chunks: filled } as Column;
  if (kind === "categorical") return { kind, type, rows, chunks: filled } as Column;
  return { kind, type, rows, unitsPerSecond, chunks: filled } as Column;
}
