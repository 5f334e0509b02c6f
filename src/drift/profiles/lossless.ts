/**
 * Profiles that have lost nothing are as good as prepared columns: texts of which every category is counted, and numbers
 * whose cells hold one value each. Such columns are compared as all others are, with the same numbers.
 */
import { denseOf } from "../../engine/dense.js";
import { wholeGrid } from "../../engine/grid.js";
import { isRounded } from "../../profile/common-cells.js";
import type { ColumnProfile, NumberProfile } from "../../profile/profile.js";
import type { PreparedCategories } from "../../source/categories.js";
import { fewValues, type Prepared, prepareColumn } from "../../source/prepared.js";

/** Up to so many values are written out again and kept. */
const fewRows = 2 ** 16;
/** And for a method that needs them. */
const mostRows = 2 ** 22;

const known = new WeakMap<ColumnProfile, Prepared | PreparedCategories | null>();

/** A profiled column with all its values, or `null` where they are not known or too many to keep. */
export function losslessColumn(profile: ColumnProfile): Prepared | PreparedCategories | null {
  const last = known.get(profile);
  if (last !== undefined) return last;
  const found = profile.kind === "categorical" ? categoriesOf(profile) : numbersOf(profile, fewRows);
  known.set(profile, found);
  return found;
}

function categoriesOf({ kind, type, missing, categories, error }: ColumnProfile & { readonly kind: "categorical" }) {
  return error > 0 ? null : ({ prepared: true, kind, type, missing, categories } as const);
}

/** A profiled column of numbers with all its values, written out for this once. */
export function writtenOut(profile: NumberProfile): Prepared | null {
  return numbersOf(profile, mostRows);
}

function numbersOf(profile: NumberProfile, most: number): Prepared | null {
  const values = valuesOf(profile, most);
  if (!values) return null;
  const { kind, type, unitsPerSecond, missing, moments } = profile;
  const { chunks } = denseOf(values);
  const prepared = prepareColumn({ kind, type, unitsPerSecond, rows: values.length, chunks }, "f64");
  const few = prepared.few && countsByName(profile);
  return { ...prepared, missing, moments, few };
}

function valuesOf(profile: NumberProfile, most: number): Float64Array | null {
  const { cells } = profile;
  const rows = cells.counts.reduce((sum, count) => sum + count, 0);
  if (rows > most || cells.shift > 0 || isRounded(profile)) return null;
  const values = new Float64Array(rows);
  let at = 0;
  cells.starts.forEach((value, k) => {
    values.fill(value, at, at + cells.counts[k]!);
    at += cells.counts[k]!;
  });
  return values;
}

/** Numbers that are few enough for categories, however many rows hold them: only their counts are there. */
export function countedNumbers(profile: NumberProfile): Prepared | null {
  const { kind, type, unitsPerSecond, missing, moments, cells } = profile;
  if (cells.shift > 0 || cells.counts.length > fewValues || (isRounded(profile) && areClose(cells.starts))) return null;
  return {
    ...{ prepared: true, kind, type, unitsPerSecond, missing, moments, integers: null },
    ...{ values: new Float64Array(0), grid: wholeGrid, counts: Uint32Array.of(0), sums: null, index: null },
    distinct: cells.counts.length,
    few: countsByName(profile),
  };
}

/** Whether integers that were rounded to these doubles may be many: few that are far apart are codes, and each is one. */
function areClose(values: Float64Array): boolean {
  return values.length < 2 || values.some((value, k) => k > 0 && value - values[k - 1]! <= Math.abs(value) * 2 ** -40);
}

function countsByName({ kind, cells }: NumberProfile): ReadonlyMap<string, number> {
  const nameOf = (value: number): string => (kind === "boolean" ? String(value === 1) : String(value));
  return new Map(Array.from(cells.starts, (value, k) => [nameOf(value), cells.counts[k]!]));
}
