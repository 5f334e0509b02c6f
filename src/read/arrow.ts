/**
 * Arrow IPC files and streams as tables: `.arrow`, `.feather` (version 2), `.arrows`. The metadata is verified and
 * decoded here, without apache-arrow, whose reader validates nothing. The columns are views of the bytes that were read,
 * except for compressed buffers.
 */

import { joined } from "../column/codes.js";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { textsOf } from "../column/texts.js";
import type { Chunk, FixedChunk, TextChunk, VectorChunk } from "../engine/chunk.js";
import { batchParts } from "./arrow-batch.js";
import { Arena, contentsOf, type Memory } from "./arrow-body.js";
import { dictionariesOf, type Field, fieldsOf, isRefused, typeName } from "./arrow-fields.js";
import { arrowMessages, type Batch, type Bytes, isArrowFile, type Message } from "./arrow-messages.js";
import { uniqueNames, wantedColumns } from "./columns.js";
import type { Dictionary, Part } from "./part.js";
import { type Contents, partChunk } from "./part-chunk.js";

/** The dictionaries of a file or stream, as they stand after the messages read so far. */
class Dictionaries {
  readonly #bytes: Bytes;
  readonly #contents: Contents;
  readonly #fields: ReadonlyMap<bigint, Field>;
  readonly #hold: (bytes: number) => void;
  readonly #values = new Map<bigint, Dictionary>();

  constructor(bytes: Bytes, contents: Contents, fields: readonly Field[], hold: (bytes: number) => void) {
    this.#hold = hold;
    this.#bytes = bytes;
    this.#contents = contents;
    this.#fields = dictionariesOf(fields);
  }

  readonly get = (id: bigint): Dictionary | undefined => this.#values.get(id);

  add({ id, delta, ...batch }: { readonly id: bigint; readonly delta: boolean } & Batch): void {
    const { where } = this.#bytes;
    const field = this.#fields.get(id);
    if (!field) throw new FormatError(where, "a dictionary of the schema", `dictionary ${id}`);
    const values: Field = { ...field, name: `dictionary ${id}`, dictionary: null };
    const supported = !isRefused(field);
    const [part] = batchParts(where, batch, [values], () => supported, this.get);
    if (!part) return;
    const before = this.#values.get(id);
    if (before && !delta && isArrowFile(this.#bytes)) {
      throw new FormatError(where, "no dictionary twice in a file", `dictionary ${id}`);
    }
    this.#hold(bytesOfValue * ((delta ? (before?.length ?? 0) : 0) + part.length));
    const chunk = partChunk(part, this.#contents, this.#hold);
    this.#values.set(id, append(delta ? before : undefined, chunk, field));
  }
}

/** Of a text in a list, with what is made of it later. */
const bytesOfValue = 64;
/** Of what is noted of a column in a batch, though it has no rows. */
const bytesOfPart = 512;

/** Dictionary values after a delta. Batches before it keep the shorter ones. */
function append(before: Dictionary | undefined, chunk: Chunk, field: Field): Dictionary {
  if (field.type.form === "fixed") {
    const { layout, scale } = field.type;
    return joined(layout, scale, before ? [before as FixedChunk, chunk as FixedChunk] : [chunk as FixedChunk]);
  }
  const texts = field.type.form === "null" ? Array<null>(chunk.length).fill(null) : textsOf(chunk as TextChunk);
  return before ? [...(before as readonly (string | null)[]), ...texts] : texts;
}

/** A column of a schema, before anything is known of its rows. */
export function emptyColumn(field: Field): Column {
  const { type } = field;
  const about = { type: typeName(field), rows: 0, chunks: [] };
  if (type.form === "fixed") return { ...about, kind: type.kind, unitsPerSecond: type.unitsPerSecond };
  if (type.form === "vector") return { ...about, kind: "vector", dimension: type.dimension };
  if (type.form === "null" && !field.dictionary) return { ...about, kind: "numeric", unitsPerSecond: 1 };
  return { ...about, kind: "categorical" };
}

/** The schema, always the first message. */
function schemaOf(where: string, first: Message | undefined): Field[] {
  if (first?.is !== "schema") throw new FormatError(where, "a schema", "none");
  return fieldsOf(where, first.schema);
}

/** What the metadata of a file or stream says. */
export interface Scanned {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, { readonly field: Field; readonly parts: readonly Part[] }>;
  /** Wanted columns that are not read: name → the type's name. */
  readonly unsupported: ReadonlyMap<string, string>;
}

/**
 * Reads the metadata of an IPC file or stream, and its dictionaries.
 *
 * @param columns only these; all when undefined
 * @param hold as that of `Memory`
 * @throws FormatError when the bytes are not what the format promises; RangeError for a column that is not there
 */
export function scanArrow(
  caller: string,
  bytes: Bytes,
  contents: Contents,
  columns?: readonly string[],
  hold: (bytes: number) => void = () => {},
): Scanned {
  const messages = arrowMessages(bytes);
  const fields = schemaOf(bytes.where, messages.next().value as Message | undefined);
  const names = uniqueNames(fields.map(({ name }) => name));
  const selected = wantedColumns(names, columns, caller);
  const read = selected.map((wanted, index) => wanted && !isRefused(fields[index]!));
  const dictionaries = new Dictionaries(bytes, contents, fields, hold);
  const parts: Part[][] = fields.map(() => []);
  let rows = 0;
  for (const message of messages) {
    if (message.is === "dictionary") dictionaries.add(message);
    if (message.is !== "batch") continue;
    hold(bytesOfPart * fields.length);
    const found = batchParts(bytes.where, message, fields, (index) => read[index]!, dictionaries.get);
    rows += message.batch.length ?? 0;
    found.forEach((part, index) => {
      if (part) parts[index]!.push(part);
    });
  }
  const scanned = { rows, columns: new Map(), unsupported: new Map() };
  names.forEach((name, index) => {
    const field = fields[index]!;
    if (read[index]) scanned.columns.set(name, { field, parts: parts[index]! });
    else if (selected[index]) scanned.unsupported.set(name, typeName(field));
  });
  return scanned;
}

/**
 * Decodes an IPC file or stream.
 *
 * @param columns only these; all when undefined
 * @throws FormatError when the bytes are not what the format promises; RangeError for a column that is not there
 */
export function arrowTable(bytes: Bytes, columns?: readonly string[], arena: Memory = new Arena()): Table {
  const contents = contentsOf(bytes, arena);
  const hold = (held: number): void => arena.hold?.(held);
  const scanned = scanArrow("readTable", bytes, contents, columns, hold);
  const table = new Map<string, Column>();
  for (const [name, { field, parts }] of scanned.columns) {
    // What is no row is checked all the same.
    const chunks = parts.map((part) => partChunk(part, contents, hold)).filter(({ length }) => length > 0);
    const rows = chunks.reduce((sum, { length }) => sum + length, 0);
    table.set(name, { ...emptyColumn(field), rows, chunks: chunks as VectorChunk[] } as Column);
  }
  return { rows: scanned.rows, columns: table, unsupported: scanned.unsupported };
}
