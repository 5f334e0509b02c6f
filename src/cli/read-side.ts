/** Reads one side's file. */
import type { Table } from "../column/column.js";
import { readTable } from "../read/read-table.js";

/**
 * Reads a file as a table, only the given columns of it where all are there. A column that is missing on one side is a
 * result and no error, so then everything is read.
 */
export async function readSide(path: string, columns: readonly string[] | undefined): Promise<Table> {
  if (columns === undefined) return readTable(path);
  try {
    return await readTable(path, { columns });
  } catch (error) {
    if (error instanceof RangeError) return readTable(path);
    throw error;
  }
}
