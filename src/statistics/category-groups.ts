/**
 * Which categories keep a cell of their own, where the rest is put together in one. Nothing is, unless asked for.
 *
 * Frequent is what is frequent on both sides together: how rows fall to the sides has no say in it, so that p-values stay
 * those of the null hypothesis. Categories that reach a share on either side would be those that chance favoured there:
 * among 300 equally frequent ones, 2 000 rows against 100, every true hypothesis would be rejected.
 */
import { mostCategories } from "../engine/categories.js";
import { shown } from "./option-checks.js";

export interface CategoryGrouping {
  /** The so many most frequent categories of both sides together keep their cell; of equally frequent ones the first by name. */
  readonly topK?: number;
  /** Categories keep their cell that have at least this share of the rows of both sides together. */
  readonly minShare?: number;
}

/** The rows of all categories that were put into one cell. That cell has no name, so a category `other` is not in it. */
export interface GroupedCategories {
  /** How many categories; `null` where a side has more than 4 194 304, which are not all counted by name. */
  readonly categories: number | null;
  /** Rows of each side. */
  readonly reference: number;
  readonly current: number;
}

export const groupingOptions = ["topK", "minShare"] as const;

/** A category with its rows on both sides. */
export type CountedCategory = readonly [name: string, reference: number, current: number];

/** @throws TypeError or RangeError for settings that are none */
export function checkGrouping(caller: string, { topK, minShare }: CategoryGrouping): void {
  if (topK !== undefined && !(Number.isInteger(topK) && topK >= 1 && topK <= mostCategories)) {
    const message = `${caller}: topK must be a whole number from 1 to ${mostCategories}, got ${shown(topK)}`;
    throw typeof topK === "number" ? new RangeError(message) : new TypeError(message);
  }
  if (minShare !== undefined && !(typeof minShare === "number" && minShare >= 0 && minShare < 1)) {
    const message = `${caller}: minShare must be a number from 0 up to 1, got ${shown(minShare)}`;
    throw typeof minShare === "number" ? new RangeError(message) : new TypeError(message);
  }
}

/** Whether anything is to be put together. */
export function groups({ topK, minShare }: CategoryGrouping): boolean {
  return topK !== undefined || minShare !== undefined;
}

/** Those of the categories of n and m rows that keep a cell of their own. */
export function keptOf(
  categories: readonly CountedCategory[],
  n: number,
  m: number,
  { topK, minShare = 0 }: CategoryGrouping,
): readonly CountedCategory[] {
  const frequent = categories.filter(([, i, j]) => i + j >= minShare * (n + m));
  if (topK === undefined || frequent.length <= topK) return frequent;
  return frequent.sort(byRows).slice(0, topK);
}

/** By rows of both sides descending, then by name. */
function byRows(a: CountedCategory, b: CountedCategory): number {
  return b[1] + b[2] - a[1] - a[2] || (a[0] < b[0] ? -1 : Number(a[0] > b[0]));
}
