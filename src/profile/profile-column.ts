/** What is known of one column, and how much is kept of text. */
import type { FixedColumn, TextColumn } from "../column/column.js";
import { shown } from "../statistics/option-checks.js";
import { addChunk, columnProfile, emptyColumn } from "./column-accumulator.js";
import type { ColumnProfile } from "./profile.js";
import { usualLimit } from "./text-accumulator.js";

/** What is kept of text. */
export interface CategoriesOption {
  /** Categories of a column of text that are kept at most, exactly where there are no more; 4 096 if not given. */
  readonly categories?: number;
}

/** Profiles one column, whose chunks are read once, in order. */
export function profileColumn(column: FixedColumn | TextColumn, limit = usualLimit): ColumnProfile {
  const found = emptyColumn(column, limit);
  for (const chunk of column.chunks) addChunk(found, chunk);
  return columnProfile(found);
}

/** @throws TypeError, RangeError for a limit that is none */
export function checkedLimit(caller: string, { categories = usualLimit }: CategoriesOption): number {
  if (typeof categories !== "number") {
    throw new TypeError(`${caller}: categories must be a number, got ${shown(categories)}`);
  }
  if (Number.isInteger(categories) && categories >= 1 && categories <= mostLimit) return categories;
  throw new RangeError(`${caller}: categories must be a whole number from 1 to ${mostLimit}, got ${categories}`);
}

/** Categories that can be kept at most. */
export const mostLimit = 1_048_576;
