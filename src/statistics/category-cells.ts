/** Two sides' category counts as one table: cells that mean the same on both sides. */

import { mostCategories } from "../engine/categories.js";
import { leading } from "../engine/most-frequent.js";
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

/**
 * Aligns two counts. The first 100 cells are in order of the reference's count, descending, and then of their names; all
 * others by the counts of both sides, so that a sum over cells does not depend on the order of rows, and a million names
 * need not be compared with each other.
 */
export function categoryCells(reference: Categories, current: Categories): CategoryCells {
  const names: string[] = [];
  const before: number[] = [];
  const after: number[] = [];
  for (const [name, count] of reference.counts) {
    names.push(name);
    before.push(count);
    after.push(current.counts.get(name) ?? absent);
  }
  for (const [name, count] of current.counts) {
    if (reference.counts.has(name)) continue;
    names.push(name);
    before.push(absent);
    after.push(count);
  }
  const order = orderOf(names, before, after);
  return {
    names: order.map((k) => names[k]!),
    reference: Float64Array.from(order, (k) => Math.max(before[k]!, 0)),
    current: Float64Array.from(order, (k) => Math.max(after[k]!, 0)),
    newCategories: oneSided(names, after, before),
    vanishedCategories: oneSided(names, before, after),
  };
}

/** In a count's place: the side does not have the category, not even with a count of 0. */
const absent = -1;

function orderOf(names: readonly string[], before: readonly number[], after: readonly number[]): number[] {
  const place = new Map(leading(paired(names, before), mostNames).map(([name], k) => [name, k]));
  const first: number[] = [];
  const others: number[] = [];
  for (const [k, name] of names.entries()) {
    const found = place.get(name);
    if (found === undefined) others.push(k);
    else first[found] = k;
  }
  others.sort((a, b) => before[b]! - before[a]! || after[b]! - after[a]!);
  return first.concat(others);
}

function* paired(names: readonly string[], counts: readonly number[]): Generator<readonly [string, number]> {
  for (const [k, name] of names.entries()) yield [name, Math.max(counts[k]!, 0)];
}

/** The plan behind every comparison of categories. @throws RangeError beyond 4 194 304 categories a side */
export function* categoryCellsPlan(): Plan<CategoryCells> {
  const [reference, current] = yield* both("categories", mostCategories);
  if (reference.other + current.other > 0) {
    throw new RangeError(`categories: a side has more than ${mostCategories} distinct values`);
  }
  return categoryCells(reference, current);
}

function oneSided(names: readonly string[], counts: readonly number[], other: readonly number[]): OneSided {
  let alone = 0;
  let inAlone = 0;
  let total = 0;
  const found = function* (): Generator<readonly [string, number]> {
    for (const [k, name] of names.entries()) {
      const count = counts[k]!;
      total += Math.max(count, 0);
      if (other[k] !== absent) continue;
      alone++;
      inAlone += count;
      yield [name, count];
    }
  };
  const most = leading(found(), mostNames).map(([name]) => name);
  return { count: alone, share: total > 0 ? inAlone / total : 0, names: most };
}

/** Adds up counts. */
export function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
