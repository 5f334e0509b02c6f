/**
 * Texts of a CSV file that pandas takes for missing values, as Evidently's users read their files: pandas.read_csv with
 * its own `na_values` (version 2.3). Smirnov keeps every field of a text column as it is.
 */

import type { Column, Table, TextColumn } from "../../column/column.js";
import { chunksInMemory } from "../../engine/in-memory.js";

const missing: ReadonlySet<string> = new Set([
  ...["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN"],
  ...["<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"],
]);

/** A table of a CSV file, in whose columns of text these are missing. */
export function withMissingTexts(table: Table): Table {
  const columns = new Map<string, Column>();
  for (const [name, column] of table.columns) {
    columns.set(name, column.kind === "categorical" ? withoutMissing(column) : column);
  }
  return { ...table, columns };
}

function withoutMissing(column: TextColumn): TextColumn {
  const chunks = chunksInMemory(column.chunks).map((chunk) =>
    "codes" in chunk ? { ...chunk, dictionary: chunk.dictionary.map(textOrNull) } : chunk,
  );
  return { ...column, chunks };
}

const textOrNull = (text: string | null): string | null => (text === null || missing.has(text) ? null : text);
