/** What one reads of a profile first, as plain data. */

import { distinctOf } from "../sketch/distinct-estimate.js";
import type { DistinctSketch } from "../sketch/distinct-sketch.js";
import { rankError } from "../sketch/rank-error.js";
import { sketchQuantiles } from "../sketch/sorted-view.js";
import { answerNow } from "../source/plan.js";
import type { Missing, Source } from "../source/source.js";
import { momentsPlan } from "../statistics/moments.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { plain } from "../statistics/plain.js";
import { checkedProbabilities } from "../statistics/quantile.js";
import { inTime, type NumberSummary, type TextSummary } from "../statistics/summary.js";
import type { ColumnProfile, NumberProfile, Profile, TextProfile } from "./profile.js";
import { checkProfile } from "./to-bytes.js";

export interface DescribeOptions {
  /** Probabilities of the quantiles that are wanted; 0.05, 0.25, 0.5, 0.75 and 0.95 if not given. */
  readonly quantiles?: readonly number[];
  /** How many of the most frequent categories are listed; 10 if not given. */
  readonly categories?: number;
}

/** How many distinct values there are: exactly, or by an estimate with its standard error relative to it. */
export interface DistinctCount {
  readonly estimate: number;
  /** 0 where the count is exact. */
  readonly error: number;
}

/** Of numbers, truth values (0 and 1) and points in time; as `summary` has them but for what a profile does not know exactly. */
export interface DescribedNumbers extends Omit<NumberSummary, "kind" | "distinct"> {
  readonly kind: NumberProfile["kind"];
  /** The quantiles' ranks are true up to this share of the values, all at once and as good as always (1 - 1e-9); 0: exactly. */
  readonly rankError: number;
  readonly distinct: DistinctCount;
}

/** Of text. */
export interface DescribedText extends Omit<TextSummary, "distinct"> {
  readonly distinct: DistinctCount;
  /** By how much each count may be too small; 0 where they are exact. */
  readonly error: number;
}

export type DescribedColumn = DescribedNumbers | DescribedText;

export interface DescribedProfile {
  readonly rows: number;
  readonly columns: { readonly [name: string]: DescribedColumn };
  /** Columns that have no profile: the type's name. */
  readonly unsupported: { readonly [name: string]: string };
}

const usualProbabilities = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * Describes what a profile knows: counts of what is missing, moments, extremes and quantiles of numbers, dates as ISO 8601
 * text; the most frequent categories of text; the number of distinct values. What is not exact says how far it may be off.
 *
 * @returns plain data that JSON can hold
 * @throws TypeError for what is no profile, RangeError for a probability outside [0, 1] or a negative limit
 */
export function describeProfile(profile: Profile, options: DescribeOptions = {}): DescribedProfile {
  checkProfile("describeProfile", profile);
  knownOptions("describeProfile", options, ["quantiles", "categories"]);
  const { quantiles = usualProbabilities, categories = 10 } = options;
  checkedProbabilities("describeProfile", quantiles);
  if (!(Number.isInteger(categories) && categories >= 0)) {
    throw new RangeError(`describeProfile: categories must be a whole number of at least 0, got ${shown(categories)}`);
  }
  const columns = Array.from(profile.columns, ([name, column]) => [name, described(column, quantiles, categories)]);
  return {
    rows: profile.rows,
    columns: Object.fromEntries(columns),
    unsupported: Object.fromEntries(profile.unsupported),
  };
}

function described(column: ColumnProfile, probabilities: readonly number[], limit: number): DescribedColumn {
  return column.kind === "categorical" ? describedText(column, limit) : describedNumbers(column, probabilities);
}

function describedNumbers(column: NumberProfile, probabilities: readonly number[]): DescribedNumbers {
  const { kind, type, missing, moments, cells, quantiles, distinct } = column;
  const few = cells.shift === 0;
  const source = { moments: () => moments } as Pick<Source, "moments"> as Source;
  const values = missing.rows - missing.null - missing.nan;
  const found =
    values === 0 ? [] : few ? fewQuantiles(column, probabilities) : sketchQuantiles(quantiles, probabilities);
  const numbers = {
    ...answerNow(momentsPlan(0), source),
    quantiles: probabilities.map((probability, k) => ({ probability, value: plain(found[k] ?? null) })),
    distinct: null,
    missing,
  };
  return {
    kind,
    type,
    ...inTime(numbers, column),
    rankError: few ? 0 : rankError(quantiles),
    distinct: few ? { estimate: cells.starts.length, error: 0 } : estimated(distinct, values),
  };
}

/** There are no more distinct values than values. */
export function estimated(distinct: DistinctSketch, values: number): DistinctCount {
  const { estimate, error } = distinctOf(distinct);
  return { estimate: Math.min(estimate, values), error };
}

/** The smallest value with at least this share of all at or below it, where every value has a cell of its own. */
function fewQuantiles({ cells: { starts, counts } }: NumberProfile, probabilities: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return probabilities.map((probability) => {
    let below = 0;
    const cell = counts.findIndex((count) => {
      below += count;
      return below >= probability * total;
    });
    return starts[cell]!;
  });
}

function describedText({ type, missing, categories, error, distinct }: TextProfile, limit: number): DescribedText {
  const listed = Array.from(categories.counts, ([name, count]) => ({ name, count })).slice(0, limit);
  const count = valuesOf(missing);
  return {
    kind: "categorical",
    type,
    count,
    empty: categories.empty,
    distinct: error === 0 ? { estimate: categories.distinct, error: 0 } : estimated(distinct, count),
    categories: listed,
    other: count - listed.reduce((sum, { count }) => sum + count, 0),
    error,
    missing,
  };
}

function valuesOf({ rows, null: nulls, nan }: Missing): number {
  return rows - nulls - nan;
}
