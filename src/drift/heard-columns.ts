/** What `told` told of, in another thread. */
import type { Column } from "../column/column.js";
import { storedFrom } from "../read/stored-chunks.js";
import type { ToldColumn } from "./told-columns.js";

/** A column that was told of, as it was. */
export function heard<C>(column: C): C {
  if (typeof column !== "object" || column === null || !("described" in column)) return column;
  return storedFrom(column as unknown as Omit<Column, "chunks"> & ToldColumn) as C;
}
