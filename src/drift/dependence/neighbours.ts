/** Whether the rows of a column depend on their neighbours, at a glance: a few stretches of it tell. */
import { groupsByRow, numbersByRow } from "../../column/by-row.js";
import type { FixedColumn, TextColumn } from "../../column/column.js";
import { sliceColumn } from "../../column/slice.js";
import { coincidence } from "./blocks.js";
import { type Codes, countCodes } from "./scores.js";

const stretches = 4;
const stretchRows = 256;
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
    return runsOf(groups) > countCodes(groups).length + stretches && areAlike(groups);
  }
  const values = numbersByRow(part);
  return !isOrdered(values) && areAlike(halves(values));
}

/** Whether neighbours agree by more than chance. */
function areAlike(codes: Codes): boolean {
  const counts = countCodes(codes);
  const values = counts.reduce((sum, size) => sum + size, 0);
  const directions = counts.filter((size) => size > 0).length - 1;
  if (directions < 1) return false;
  const shares = counts.map((size) => size / values);
  const limit = Math.max(matters, beyondChance / Math.sqrt(values * directions));
  return coincidence(codes, shares, 1) / directions > limit;
}

/** Above the median or not; where nothing is above it, below or not. */
function halves(values: Float64Array): Codes {
  const sorted = values.slice().sort();
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1]!)) count--;
  const median = sorted[count >> 1]!;
  const above = sorted[count - 1]! > median;
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values[row]!;
    codes[row] = Number.isNaN(value) ? -1 : Number(above ? value > median : value < median);
  }
  return codes;
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
