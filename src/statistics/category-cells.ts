/** Two sides' category counts as one table: cells that mean the same on both sides. */

import { mostCategories } from "../engine/categories.js";
import { byCount, leading } from "../engine/most-frequent.js";
import { both, one, type Plan, type Side } from "../source/plan.js";
import type { Categories } from "../source/source.js";
import {
  type CategoryGrouping,
  type CountedCategory,
  type GroupedCategories,
  groups,
  keptOf,
} from "./category-groups.js";

/** Counts of both sides in the same cells. */
export interface Cells {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Categories that only one side has, also those that are grouped; beyond 4 194 304 on a side, of the most frequent ones. */
export interface OneSided {
  readonly count: number;
  /** Their share of that side's values. */
  readonly share: number;
  /** The most frequent ones, at most 100. */
  readonly names: readonly string[];
}

export interface CategoryCells extends Cells {
  /** Of the cells, but of that which holds what was grouped. */
  readonly names: readonly string[];
  /** The rows of the last cell; `null` where every category has a cell of its own. */
  readonly grouped: GroupedCategories | null;
  /** On the current side only. */
  readonly newCategories: OneSided;
  /** On the reference only. */
  readonly vanishedCategories: OneSided;
}

const mostNames = 100;

/**
 * Aligns two counts. The first 100 cells are in order of the reference's count, descending, and then of their names; all
 * others by the counts of both sides, so that a sum over cells does not depend on the order of rows, and a million names
 * need not be compared with each other. What is grouped is the last cell.
 */
export function categoryCells(
  reference: Categories,
  current: Categories,
  grouping: CategoryGrouping = {},
): CategoryCells {
  const all: CountedCategory[] = [];
  for (const [name, count] of reference.counts) all.push([name, count, current.counts.get(name) ?? 0]);
  for (const [name, count] of current.counts) if (!reference.counts.has(name)) all.push([name, 0, count]);
  return cellsOf(all, totalOf(reference), totalOf(current), grouping, all.length);
}

/** The plan behind every comparison of categories. @throws RangeError beyond 4 194 304 categories a side, all ungrouped */
export function* categoryCellsPlan(grouping: CategoryGrouping = {}): Plan<CategoryCells> {
  const [reference, current] = yield* both("categories", mostCategories);
  if (reference.other + current.other === 0) return categoryCells(reference, current, grouping);
  if (!groups(grouping)) {
    throw new RangeError(
      `categories: a side has more than ${mostCategories} distinct values; topK or minShare puts the rare ones together`,
    );
  }
  const names = candidates(reference, current, grouping);
  const before = yield* countsOfNames(0, reference, names);
  const after = yield* countsOfNames(1, current, names);
  const all = names.map((name): CountedCategory => [name, before(name), after(name)]);
  return cellsOf(all, totalOf(reference), totalOf(current), grouping, null);
}

/** Where not all categories are counted by name, `categories` is `null` and `all` those that may keep their cell. */
function cellsOf(
  all: readonly CountedCategory[],
  n: number,
  m: number,
  grouping: CategoryGrouping,
  categories: number | null,
): CategoryCells {
  const kept = inOrder(keptOf(all, n, m, grouping));
  const [before, after] = [kept.map(([, count]) => count), kept.map(([, , count]) => count)];
  const names = kept.map(([name]) => name);
  let grouped: GroupedCategories | null = null;
  if (categories !== names.length) {
    grouped = {
      categories: categories === null ? null : categories - names.length,
      reference: n - sum(before),
      current: m - sum(after),
    };
    before.push(grouped.reference);
    after.push(grouped.current);
  }
  return {
    names,
    grouped,
    reference: Float64Array.from(before),
    current: Float64Array.from(after),
    newCategories: oneSided(
      all.flatMap(([name, i, j]) => (i === 0 && j > 0 ? [[name, j] as const] : [])),
      m,
    ),
    vanishedCategories: oneSided(
      all.flatMap(([name, i, j]) => (j === 0 && i > 0 ? [[name, i] as const] : [])),
      n,
    ),
  };
}

function inOrder(categories: readonly CountedCategory[]): CountedCategory[] {
  const pairs = categories.map(([name, count]) => [name, count] as const);
  const place = new Map(leading(pairs, mostNames).map(([name], k) => [name, k]));
  const first: CountedCategory[] = [];
  const others: CountedCategory[] = [];
  for (const category of categories) {
    const found = place.get(category[0]);
    if (found === undefined) others.push(category);
    else first[found] = category;
  }
  others.sort((a, b) => b[1] - a[1] || b[2] - a[2]);
  return first.concat(others);
}

/** Among the most frequent categories of each side so many are looked for that are most frequent on both together. */
const leastCandidates = 65_536;

/** Names that may keep their cell, of counts that are cut: lists by count. Who has a share of all rows has it on a side. */
function candidates(reference: Categories, current: Categories, { topK, minShare = 0 }: CategoryGrouping): string[] {
  const names = new Set<string>();
  const most = topK === undefined ? Number.POSITIVE_INFINITY : Math.max(leastCandidates, 16 * topK);
  for (const side of [reference, current]) {
    const enough = minShare * totalOf(side);
    const rows = side.other > 0 ? side.counts : [...side.counts].sort(byCount);
    let left = most;
    let rarer = side.other === 0;
    for (const [name, count] of rows) {
      rarer ||= count < enough;
      if (count < enough || left-- === 0) break;
      names.add(name);
    }
    if (topK !== undefined || rarer) continue;
    throw new RangeError(
      `categories: minShare ${minShare} leaves more than ${mostCategories} categories with cells of their own`,
    );
  }
  return [...names];
}

/** What a side has of each name; those that its list left out are asked for. */
function* countsOfNames(
  side: Side,
  { counts, other }: Categories,
  names: readonly string[],
): Plan<(name: string) => number> {
  const missing = other > 0 ? names.filter((name) => !counts.has(name)) : [];
  const more = missing.length > 0 ? yield* one(side, "countsOf", missing) : new Map<string, number>();
  return (name) => counts.get(name) ?? more.get(name) ?? 0;
}

function totalOf({ counts, other }: Categories): number {
  return sum(counts.values()) + other;
}

/** @param total  values of that side */
export function oneSided(categories: readonly (readonly [string, number])[], total: number): OneSided {
  const count = sum(categories.map(([, count]) => count));
  const names = leading(categories, mostNames).map(([name]) => name);
  return { count: categories.length, share: total > 0 ? count / total : 0, names };
}

/** Adds up counts. */
export function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
