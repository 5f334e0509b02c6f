/** Two sides' category counts as one table: cells that mean the same on both sides. */

import { mostCategories } from "../engine/categories.js";
import { byCount } from "../engine/most-frequent.js";
import { both, type Plan } from "../source/plan.js";
import type { Categories } from "../source/source.js";

/** Counts of both sides in the same cells. */
export interface Cells {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Categories that only one side has. */
export interface OneSided {
  readonly count: number;
  /** Their share of that side's values. */
  readonly share: number;
  /** The most frequent ones, at most 100. */
  readonly names: readonly string[];
}

export interface CategoryCells extends Cells {
  readonly names: readonly string[];
  /** On the current side only. */
  readonly newCategories: OneSided;
  /** On the reference only. */
  readonly vanishedCategories: OneSided;
}

const mostNames = 100;

/** Aligns two counts: by count on the reference descending, then by name. */
export function categoryCells(reference: Categories, current: Categories): CategoryCells {
  const rows: [string, number][] = [...reference.counts];
  for (const name of current.counts.keys()) if (!reference.counts.has(name)) rows.push([name, 0]);
  rows.sort(byCount);
  return {
    names: rows.map(([name]) => name),
    reference: Float64Array.from(rows, ([, count]) => count),
    current: Float64Array.from(rows, ([name]) => current.counts.get(name) ?? 0),
    newCategories: oneSided(current, reference),
    vanishedCategories: oneSided(reference, current),
  };
}

/** The plan behind every comparison of categories. @throws RangeError beyond 4 194 304 categories a side */
export function* categoryCellsPlan(): Plan<CategoryCells> {
  const [reference, current] = yield* both("categories", mostCategories);
  if (reference.other + current.other > 0) {
    throw new RangeError(`categories: a side has more than ${mostCategories} distinct values`);
  }
  return categoryCells(reference, current);
}

function oneSided(side: Categories, other: Categories): OneSided {
  const rows = [...side.counts].filter(([name]) => !other.counts.has(name)).sort(byCount);
  const total = sum(side.counts.values());
  const count = sum(rows.map(([, count]) => count));
  const names = rows.slice(0, mostNames).map(([name]) => name);
  return { count: rows.length, share: total > 0 ? count / total : 0, names };
}

/** Adds up counts. */
export function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
