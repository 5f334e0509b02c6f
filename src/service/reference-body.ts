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
import type { DecodeLimits } from "./decode-rows.js";
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

/** @throws Problem as `decodeRows` */
export async function referenceOf(
  format: BodyFormat,
  body: Uint8Array,
  schema: BatchSchema,
  limits: DecodeLimits,
  decoder: Decoder,
): Promise<Table | Profile> {
  if (format === "json" || format === "ndjson" || format === "arrow") {
    return (await decoder.decode(format, body, schema, limits)).table;
  }
  try {
    if (format === "profile") return fromBytes(body);
    if (format === "table") return tableFromBytes(body, "the table");
    return await tableIn(format as "csv" | "parquet", body);
  } catch (error) {
    throw badRows(error, false);
  }
}

/** Their readers read files. */
async function tableIn(format: "csv" | "parquet", body: Uint8Array): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), "smirnov-"));
  const path = join(folder, "the body");
  try {
    await writeFile(path, body, { mode: 0o600 });
    return await readTable(path, { format });
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
