/** Bodies with rows as tables, whatever their format. */
import type { Table } from "../column/column.js";
import type { BatchSchema } from "../monitor/batch-schema.js";
import { jsonToTable, ndjsonToTable } from "../monitor/json-to-table.js";
import { arrowTable } from "../read/arrow.js";
import type { Memory } from "../read/arrow-body.js";
import { sharedBytes } from "../read/file-bytes.js";
import { badRows } from "./bad-rows.js";
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

/**
 * @param schema  kinds of the columns of JSON that are known; new ones are added
 * @throws Problem 400 for bytes that are not of their format, 422 for values that do not fit, 413 for more than may be
 */
export function decodeRows(format: BodyFormat, body: Uint8Array, schema: BatchSchema, limits: DecodeLimits): Table {
  const table = decoded(format, body, schema, limits);
  if (table.rows > limits.rows) {
    throw new Problem(413, `a body may have ${limits.rows} rows, got ${table.rows}: send fewer rows at a time`);
  }
  const values = table.rows * table.columns.size;
  if (values <= limits.bytes) return table;
  throw new TooManyBytes(413, `a body may have ${limits.bytes} values, got ${values}: send fewer rows at a time`);
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

/** Few bytes that stand for many. */
export class TooManyBytes extends Problem {}

/** Memory for what is decompressed, and no more of it than may be. */
class BoundedArena implements Memory {
  #left: number;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    this.#left = most;
  }

  take(length: number): Uint8Array {
    this.hold(length);
    return new Uint8Array(length);
  }

  readonly hold = (bytes: number): void => {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw new TooManyBytes(413, `the columns of a body may have ${this.#most} bytes when decompressed`);
  };
}
