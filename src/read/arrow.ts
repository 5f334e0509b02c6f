/**
 * Arrow IPC files and streams as tables: `.arrow`, `.feather` (version 2), `.arrows`. The metadata is verified and
 * decoded here, without apache-arrow, whose reader validates nothing. The columns are views of the bytes that were read,
 * except for compressed buffers.
 */

import { joined } from "../column/codes.js";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { textsOf } from "../column/texts.js";
import type { FixedChunk, TextChunk, VectorChunk } from "../engine/chunk.js";
import { batchChunks, type Chunk, type Dictionary } from "./arrow-batch.js";
import { Arena } from "./arrow-body.js";
import { dictionariesOf, type Field, fieldsOf, isRefused, typeName } from "./arrow-fields.js";
import { arrowMessages, type Batch, type Bytes, isArrowFile, type Message } from "./arrow-messages.js";
import { uniqueNames, wantedColumns } from "./columns.js";

/** The dictionaries of a file or stream, as they stand after the messages read so far. */
class Dictionaries {
  readonly #bytes: Bytes;
  readonly #arena: Arena;
  readonly #fields: ReadonlyMap<bigint, Field>;
  readonly #values = new Map<bigint, Dictionary>();

  constructor(bytes: Bytes, arena: Arena, fields: readonly Field[]) {
    this.#bytes = bytes;
    this.#arena = arena;
    this.#fields = dictionariesOf(fields);
  }

  readonly get = (id: bigint): Dictionary | undefined => this.#values.get(id);

  add({ id, delta, ...batch }: { readonly id: bigint; readonly delta: boolean } & Batch): void {
    const { where } = this.#bytes;
    const field = this.#fields.get(id);
    if (!field) throw new FormatError(where, "a dictionary of the schema", `dictionary ${id}`);
    const values: Field = { ...field, name: `dictionary ${id}`, dictionary: null };
    const supported = !isRefused(field);
    const [chunk] = batchChunks(this.#bytes, batch, [values], this.#arena, () => supported, this.get);
    if (!chunk) return;
    const before = this.#values.get(id);
    if (before && !delta && isArrowFile(this.#bytes)) {
      throw new FormatError(where, "no dictionary twice in a file", `dictionary ${id}`);
    }
    this.#values.set(id, append(delta ? before : undefined, chunk, field));
  }
}

/** Dictionary values after a delta. Batches before it keep the shorter ones. */
function append(before: Dictionary | undefined, chunk: Chunk, field: Field): Dictionary {
  if (field.type.form === "fixed") {
    const { layout, scale } = field.type;
    return joined(layout, scale, before ? [before as FixedChunk, chunk as FixedChunk] : [chunk as FixedChunk]);
  }
  const texts = field.type.form === "null" ? Array<null>(chunk.length).fill(null) : textsOf(chunk as TextChunk);
  return before ? [...(before as readonly (string | null)[]), ...texts] : texts;
}

function columnOf(field: Field, chunks: readonly Chunk[]): Column {
  const { type } = field;
  const rows = chunks.reduce((sum, { length }) => sum + length, 0);
  const name = typeName(field);
  if (type.form === "fixed") {
    const { kind, unitsPerSecond } = type;
    return { kind, type: name, rows, chunks: chunks as FixedChunk[], unitsPerSecond };
  }
  if (type.form === "vector") {
    return { kind: "vector", type: name, rows, dimension: type.dimension, chunks: chunks as VectorChunk[] };
  }
  if (type.form === "null" && !field.dictionary) {
    return { kind: "numeric", type: name, rows, chunks: chunks as FixedChunk[], unitsPerSecond: 1 };
  }
  return { kind: "categorical", type: name, rows, chunks: chunks as TextChunk[] };
}

/** The schema, always the first message. */
function schemaOf(where: string, first: Message | undefined): Field[] {
  if (first?.is !== "schema") throw new FormatError(where, "a schema", "none");
  return fieldsOf(where, first.schema);
}

/**
 * Decodes an IPC file or stream.
 *
 * @param columns only these; all when undefined
 * @throws FormatError when the bytes are not what the format promises; RangeError for a column that is not there
 */
export function arrowTable(bytes: Bytes, columns?: readonly string[]): Table {
  const messages = arrowMessages(bytes);
  const fields = schemaOf(bytes.where, messages.next().value as Message | undefined);
  const names = uniqueNames(fields.map(({ name }) => name));
  const selected = wantedColumns(names, columns);
  const read = selected.map((wanted, index) => wanted && !isRefused(fields[index]!));
  const arena = new Arena();
  const dictionaries = new Dictionaries(bytes, arena, fields);
  const parts: Chunk[][] = fields.map(() => []);
  let rows = 0;
  for (const message of messages) {
    if (message.is === "dictionary") dictionaries.add(message);
    if (message.is !== "batch") continue;
    const chunks = batchChunks(bytes, message, fields, arena, (index) => read[index]!, dictionaries.get);
    rows += message.batch.length ?? 0;
    chunks.forEach((chunk, index) => {
      if (chunk && chunk.length > 0) parts[index]!.push(chunk);
    });
  }
  const table = { rows, columns: new Map<string, Column>(), unsupported: new Map<string, string>() };
  names.forEach((name, index) => {
    if (read[index]) table.columns.set(name, columnOf(fields[index]!, parts[index]!));
    else if (selected[index]) table.unsupported.set(name, typeName(fields[index]!));
  });
  return table;
}
