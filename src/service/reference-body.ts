/** References as they are sent: tables in any format, or a profile. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { BatchSchema } from "../monitor/batch-schema.js";
import { tableFromBytes } from "../monitor/table-bytes.js";
import { fromBytes } from "../profile/from-bytes.js";
import type { Profile } from "../profile/profile.js";
import { readTable } from "../read/read-table.js";
import { badRows } from "./bad-rows.js";
import { BoundedArena } from "./bounded-arena.js";
import { needPlainCsv } from "./csv-size.js";
import { type DecodeLimits, needFew } from "./decode-rows.js";
import type { Decoder } from "./decoder.js";
import type { BodyFormat } from "./media-types.js";

export const referenceFormats: readonly BodyFormat[] = [
  "json",
  "ndjson",
  "arrow",
  "csv",
  "parquet",
  "profile",
  "table",
];

export interface SizedReference {
  readonly reference: Table | Profile;
  /** In memory, about, with the body. */
  readonly bytes: number;
}

/** @throws Problem as `decodeRows` */
export async function referenceOf(
  format: BodyFormat,
  body: Uint8Array,
  schema: BatchSchema,
  limits: DecodeLimits,
  decoder: Decoder,
): Promise<SizedReference> {
  if (format === "json" || format === "ndjson" || format === "arrow") {
    const { table, bytes } = await decoder.decode(format, body, schema, limits);
    return { reference: table, bytes };
  }
  try {
    if (format === "profile") return { reference: fromBytes(body), bytes: 2 * body.length };
    const arena = new BoundedArena(limits.bytes);
    const table =
      format === "table"
        ? tableFromBytes(body, "the table")
        : await tableIn(format as "csv" | "parquet", body, { limits, arena });
    needFew(table, limits);
    return { reference: table, bytes: 2 * body.length + arena.held };
  } catch (error) {
    throw badRows(error, false);
  }
}

/** Their readers read files. */
async function tableIn(
  format: "csv" | "parquet",
  body: Uint8Array,
  { limits, arena }: { readonly limits: DecodeLimits; readonly arena: BoundedArena },
): Promise<Table> {
  if (format === "csv") needPlainCsv(body, limits.rows);
  const folder = await mkdtemp(join(tmpdir(), "smirnov-"));
  const path = join(folder, "the body");
  try {
    await writeFile(path, body, { mode: 0o600 });
    if (format === "csv") return await readTable(path, { format });
    const { readParquet } = await import("../read/parquet.js");
    return await readParquet(path, undefined, { memory: arena, begin: (about) => needFew(about, limits) });
  } catch (error) {
    // Where it lay is nothing to those who sent it.
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(
      error.where.replace(path, "the body"),
      error.expected,
      error.found.replaceAll(path, "the body"),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
