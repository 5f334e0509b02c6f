/** Whether the rows of a column depend on their neighbours, at a glance: a few stretches of it tell. */
import { groupsByRow, numbersByRow } from "../../column/by-row.js";
import type { FixedColumn, TextColumn } from "../../column/column.js";
import { sliceColumn } from "../../column/slice.js";
import { autocorrelation, coincidence } from "./blocks.js";
import { countCodes, numberScores } from "./scores.js";

const stretches = 4;
const stretchRows = 512;
/** In standard errors, and as a correlation: beyond chance, and large enough to matter. */
const beyondChance = 5;
const matters = 0.1;

/**
 * Whether neighbours are more alike than chance makes them. Rows that lie in order of the column tell nothing: any rows
 * can be sorted.
 */
export function dependsOnNeighbours(column: FixedColumn | TextColumn, asCategories: boolean): boolean {
  const part = rowsFrom(column, stretches, stretchRows);
  if (part.kind === "categorical" || asCategories) {
    const { groups } = groupsByRow(part);
    const counts = countCodes(groups);
    const count = counts.length;
    const values = counts.reduce((sum, size) => sum + size, 0);
    if (count < 2 || runsOf(groups) <= count + stretches) return false;
    const shares = counts.map((size) => size / values);
    const limit = Math.max(matters, beyondChance / Math.sqrt(values * (count - 1)));
    return coincidence(groups, shares, 1) / (count - 1) > limit;
  }
  const values = numbersByRow(part);
  const [place] = numberScores(values);
  if (place === undefined || isOrdered(values)) return false;
  const count = values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + 1), 0);
  return autocorrelation(place, 1) > Math.max(matters, beyondChance / Math.sqrt(count));
}

/** Up to `count` stretches of rows from all over a column, one after the other. */
export function rowsFrom<C extends FixedColumn | TextColumn>(column: C, count: number, length: number): C {
  if (column.rows <= count * length) return column;
  const step = Math.floor((column.rows - length) / (count - 1));
  const parts = Array.from({ length: count }, (_, k) => sliceColumn(column, k * step, k * step + length));
  return { ...column, rows: count * length, chunks: parts.flatMap(({ chunks }) => chunks as []) };
}

function runsOf(groups: Int32Array): number {
  let runs = 1;
  for (let row = 1; row < groups.length; row++) if (groups[row] !== groups[row - 1]) runs++;
  return runs;
}

function isOrdered(values: Float64Array): boolean {
  let [rises, falls] = [0, 0];
  for (let row = 1; row < values.length; row++) {
    if (values[row]! > values[row - 1]!) rises++;
    else if (values[row]! < values[row - 1]!) falls++;
  }
  return Math.min(rises, falls) < stretches;
}
