/** Bodies with rows as tables, whatever their format. */
import type { Table } from "../column/column.js";
import type { BatchSchema } from "../monitor/batch-schema.js";
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
 * @param schema  kinds of the columns of JSON that are known; new ones are added
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
    return arrowTable(
      sharedBytes("the Arrow stream", buffer, byteOffset, byteLength),
      undefined,
      new BoundedArena(bytes),
    );
  } catch (error) {
    throw badRows(error, format !== "arrow");
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
