/** Bodies with rows as tables, whatever their format. */
import type { Table, TextColumn } from "../column/column.js";
import { longestText } from "../column/text-sizes.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { type BatchSchema, mostColumns } from "../monitor/batch-schema.js";
import { jsonToTable, ndjsonToTable } from "../monitor/json-to-table.js";
import { arrowTable } from "../read/arrow.js";
import { sharedBytes } from "../read/file-bytes.js";
import { badRows } from "./bad-rows.js";
import { BoundedArena, TooManyBytes } from "./bounded-arena.js";
import { needPlainJson } from "./json-size.js";
import type { BodyFormat } from "./media-types.js";
import { Problem } from "./problem.js";

/** Formats that rows come in. */
export const rowFormats: readonly BodyFormat[] = ["json", "ndjson", "arrow"];

export interface DecodeLimits {
  /** Rows of a body: what is few bytes may say that it is many rows. */
  readonly rows: number;
  /** Bytes of all its columns, once what is compressed is not any more; and values, of which many may be none. */
  readonly bytes: number;
}

/** A table, and about as many bytes as it takes in memory together with its body. */
export interface SizedTable {
  readonly table: Table;
  readonly bytes: number;
}

/**
 * @param schema  kinds of the columns of JSON that are known; new ones are added
 * @throws Problem 400 for bytes that are not of their format, 422 for values that do not fit, 413 for more than may be
 */
export function decodeRows(
  format: BodyFormat,
  body: Uint8Array,
  schema: BatchSchema,
  limits: DecodeLimits,
): SizedTable {
  const { table, held } = decoded(format, body, schema, limits);
  needFew(table, limits);
  const bytes = held === null ? body.length + bytesOfNumber * table.rows * table.columns.size : held;
  return { table, bytes: Math.max(body.length, bytes) };
}

const bytesOfNumber = 8;

/** A text is a category, and the most frequent ones are in every report. */
const mostText = 2 ** 18;

/** @throws Problem 413, 422 for more rows, columns or values than there may be, and for texts that are too long */
export function needFew({ rows, columns, unsupported }: Table, limits: DecodeLimits): void {
  if (rows > limits.rows) {
    throw new Problem(413, `a body may have ${limits.rows} rows, got ${rows}: send fewer rows at a time`);
  }
  const names = columns.size + unsupported.size;
  if (names > mostColumns) throw new Problem(422, `a dataset may have ${mostColumns} columns, got ${names}`);
  const values = rows * columns.size;
  if (values > limits.bytes) {
    throw new TooManyBytes(413, `a body may have ${limits.bytes} values, got ${values}: send fewer rows at a time`);
  }
  for (const [name, column] of columns) if (column.kind === "categorical") needShortTexts(name, column);
}

function needShortTexts(name: string, { chunks }: TextColumn): void {
  let before = 0;
  for (const chunk of chunksInMemory(chunks)) {
    const { row, length } = longestText(chunk);
    if (length > mostText) {
      const column = name.slice(0, 100);
      throw new Problem(422, `column ${JSON.stringify(column)}: a text may have ${mostText} bytes, got ${length}`, {
        ...{ row: before + row, column },
      });
    }
    before += chunk.length;
  }
}

/** `held`: what the arena was asked for; `null` where there is none. */
function decoded(format: BodyFormat, body: Uint8Array, schema: BatchSchema, { bytes }: DecodeLimits) {
  try {
    if (format === "arrow") {
      const { buffer, byteOffset, byteLength } = body;
      const arena = new BoundedArena(bytes);
      const source = sharedBytes("the Arrow stream", buffer, byteOffset, byteLength);
      return { table: arrowTable(source, undefined, arena), held: arena.held };
    }
    needPlainJson(format, body, bytes);
    return { table: format === "json" ? jsonToTable(body, schema) : ndjsonToTable(body, schema), held: null };
  } catch (error) {
    throw badRows(error, format !== "arrow");
  }
}
