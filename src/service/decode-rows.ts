/** Bodies with rows as tables, whatever their format. */
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { BatchSchema, ColumnKind } from "../monitor/batch-schema.js";
import { kindInWords } from "../monitor/batch-schema.js";
import { jsonToTable, ndjsonToTable } from "../monitor/json-to-table.js";
import { arrowTable } from "../read/arrow.js";
import { sharedBytes } from "../read/file-bytes.js";
import { badRows } from "./bad-rows.js";
import type { BodyFormat } from "./media-types.js";
import { Problem } from "./problem.js";

/** Formats that rows come in. */
export const rowFormats: readonly BodyFormat[] = ["json", "ndjson", "arrow"];

export interface DecodeLimits {
  /** Rows of a body: what is few bytes may say that it is many rows. */
  readonly rows: number;
  /** Bytes of all its columns, once what is compressed is not any more. */
  readonly bytes: number;
}

/**
 * @param schema  kinds of the columns that are known; new ones are added
 * @throws Problem 400 for bytes that are not of their format, 422 for values that do not fit, 413 for more than may be
 */
export function decodeRows(format: BodyFormat, body: Uint8Array, schema: BatchSchema, limits: DecodeLimits): Table {
  const table = decoded(format, body, schema, limits);
  if (table.rows <= limits.rows) return table;
  throw new Problem(413, `a body may have ${limits.rows} rows, got ${table.rows}: send fewer rows at a time`);
}

function decoded(format: BodyFormat, body: Uint8Array, schema: BatchSchema, { bytes }: DecodeLimits): Table {
  try {
    if (format === "ndjson") return ndjsonToTable(body, schema);
    if (format === "json") return jsonToTable(body, schema);
    const { buffer, byteOffset, byteLength } = body;
    const table = arrowTable(
      sharedBytes("the Arrow stream", buffer, byteOffset, byteLength),
      undefined,
      new BoundedArena(bytes),
    );
    learnKinds(table, schema);
    return table;
  } catch (error) {
    throw badRows(error, format !== "arrow" || !(error instanceof FormatError) || error.where.startsWith("column"));
  }
}

/** Memory for what is decompressed, and no more of it than may be. */
class BoundedArena {
  #left: number;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  take(length: number): Uint8Array {
    this.#left -= length;
    if (this.#left < 0) throw new Problem(413, `the columns of a body may have ${this.#most} bytes when decompressed`);
    return new Uint8Array(length);
  }
}

/** Holds columns against what is known of them; all fit, or nothing is learned. */
function learnKinds({ columns }: Table, schema: BatchSchema): void {
  const found = Array.from(columns, ([name, column]) => [name, kindOf(column)] as const);
  for (const [name, kind] of found) {
    const known = schema.get(name);
    if (kind === null || known === null || known === undefined || fits(known, kind)) continue;
    const wanted = known === "id" ? "an id" : kindInWords(known);
    throw new FormatError(`column ${JSON.stringify(name)}`, wanted, kindInWords(kind));
  }
  for (const [name, kind] of found) if ((schema.get(name) ?? null) === null) schema.set(name, kind);
}

function fits(known: ColumnKind | "id", kind: ColumnKind): boolean {
  if (typeof known === "object" || typeof kind === "object") {
    return typeof known === "object" && typeof kind === "object" && known.vector === kind.vector;
  }
  if (known === "id") return kind === "integer" || kind === "number" || kind === "text";
  const isNumber = (one: ColumnKind): boolean => one === "number" || one === "integer";
  return known === kind || (isNumber(known) && isNumber(kind));
}

function kindOf(column: Column): ColumnKind | null {
  if (column.kind === "vector") return { vector: column.dimension };
  if (column.kind === "boolean") return "boolean";
  if (column.kind === "categorical") return "text";
  if (column.kind === "temporal") return "time";
  if (column.type === "Null") return null;
  return /^Uint64|^Int64/.test(column.type) ? "integer" : "number";
}
