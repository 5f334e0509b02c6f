/**
 * What one looks at first: how many values a column holds and what is missing, where they lie, how they spread, and
 * which are frequent. Whatever is asked of a column is asked side by side, so that it can share passes.
 */
import type { Column, Kind } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { wholeGrid } from "../engine/grid.js";
import { byCount, mostFrequent } from "../engine/most-frequent.js";
import { type PreparedCategories, textSource } from "../source/categories.js";
import { answerNow, one, type Plan, type Side, together } from "../source/plan.js";
import { isPrepared, type Prepared } from "../source/prepared.js";
import { withSource } from "../source/sides.js";
import type { Missing, Values } from "../source/source.js";
import { sum } from "./category-cells.js";
import { type MomentsOptions, type MomentsSummary, momentsPlan } from "./moments.js";
import { knownOptions, truthValue } from "./option-checks.js";
import { plain } from "./plain.js";
import { checkedProbabilities, quantilesPlan } from "./quantile.js";

export interface SummaryOptions extends MomentsOptions {
  /** Of which probabilities quantiles are wanted (of type 7); `quartiles` if not given, an empty list for none. */
  readonly quantiles?: "quartiles" | "deciles" | readonly number[];
  /** Numbers: distinct values are counted up to so many; 65 536 if not given. Counting is given up beyond. */
  readonly mostDistinct?: number;
  /** Text: how many of the most frequent categories are listed; 10 if not given. */
  readonly categories?: number;
}

/** Of numbers, truth values (0 and 1) and points in time. */
export interface NumberSummary extends Omit<MomentsSummary, "min" | "max"> {
  readonly kind: Exclude<Kind, "categorical">;
  /** As Arrow prints it. */
  readonly type: string;
  /** Smallest and largest finite value; 64-bit integers beyond 2^53 as decimal text. */
  readonly min: number | string | null;
  readonly max: number | string | null;
  /** In the order asked for; `null` when there is no value. Infinite values count, and are written as text. */
  readonly quantiles: readonly { readonly probability: number; readonly value: number | string | null }[];
  /** Number of distinct values, infinite ones among them; `null` when there are more than were to be counted. */
  readonly distinct: number | null;
  readonly missing: Missing;
}

/** Of text. */
export interface TextSummary {
  readonly kind: "categorical";
  readonly type: string;
  /** Rows that hold text, the empty one among them. */
  readonly count: number;
  /** Rows that hold the empty text. */
  readonly empty: number;
  readonly distinct: number;
  /** The most frequent categories, in order; of equally frequent ones the first by name. */
  readonly categories: readonly { readonly name: string; readonly count: number }[];
  /** Rows that hold any other category. */
  readonly other: number;
  readonly missing: Missing;
}

export type SummaryResult = NumberSummary | TextSummary;

const quartiles = [0.25, 0.5, 0.75];
const deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Summarises a column.
 *
 * Of numbers: moments as `moments` has them, extremes, quantiles and the number of distinct values. Dates and timestamps
 * have their extremes and quantiles as ISO 8601 text in UTC, and no moments. Of text: its most frequent categories.
 *
 * @param column  any column, or what `prepare` returned; what is missing is left out and counted by its kind
 * @returns plain data; `kind` tells which
 * @throws RangeError for a probability outside [0, 1] or a negative limit
 * @see oracle: pandas describe, scipy.stats
 */
export function summary(
  column: ColumnInput | Prepared | PreparedCategories,
  options: SummaryOptions = {},
): SummaryResult {
  knownOptions("summary", options, ["quantiles", "mostDistinct", "categories", "bias"]);
  const { categories = 10, mostDistinct = 65_536, bias = true } = options;
  truthValue("summary", "bias", bias);
  checkLimit("categories", categories);
  checkLimit("mostDistinct", mostDistinct);
  const probabilities = probabilitiesOf(options.quantiles);
  const known = isPrepared(column)
    ? (column as Prepared | PreparedCategories)
    : columnOf(column as ColumnInput, "the column", "summary");
  const { kind, type } = known;
  if (kind === "categorical") return textSummary(known as TextColumnOrPrepared, categories);
  return withSource("summary", known, (source) => {
    const plan = numbersPlan(0, { probabilities, mostDistinct, bias });
    return { kind, type, ...inTime(answerNow(plan, source), known as Dated) };
  });
}

type TextColumnOrPrepared = Extract<Column, { kind: "categorical" }> | PreparedCategories;

/** What `numbersPlan` finds. */
export type NumbersFound = Omit<NumberSummary, "kind" | "type">;

/** What is asked beyond moments and extremes. */
export interface NumbersAsked extends MomentsOptions {
  readonly probabilities?: readonly number[];
  /** Distinct values are not counted if not given. */
  readonly mostDistinct?: number;
}

/** The plan behind `summary` of numbers. */
export function* numbersPlan(
  side: Side,
  { probabilities = [], mostDistinct, bias = true }: NumbersAsked = {},
): Plan<NumbersFound> {
  const [moments, integers, found, distinct] = yield* together(
    momentsPlan(side, { bias }),
    extremesPlan(side),
    probabilities.length > 0 ? quantilesPlan(side, probabilities) : nothing(),
    mostDistinct === undefined ? nothing() : one(side, "distinct", mostDistinct),
  );
  return {
    ...moments,
    ...integers,
    quantiles: probabilities.map((probability, k) => ({ probability, value: found ? plain(found[k]!) : null })),
    distinct,
    missing: yield* one(side, "missing"),
  };
}

/** Extremes of integers that doubles cannot hold. */
function* extremesPlan(side: Side): Plan<{ min: number | string | null; max: number | string | null } | null> {
  if (!(yield* one(side, "wide"))) return null;
  const { min, max } = yield* one(side, "spans", wholeGrid);
  const only = (values: Values): number | string | null => plain(values[0]!);
  return { min: only(min), max: only(max) };
}

// biome-ignore lint/correctness/useYield: a plan that asks nothing
function* nothing(): Plan<null> {
  return null;
}

/** What says how a column counts time. */
export interface Dated {
  readonly kind: Kind;
  readonly type: string;
  readonly unitsPerSecond: number;
}

/** Dates and timestamps as text, without moments, which would be in units of the column; all else as it is. */
export function inTime(found: NumbersFound, column: Dated): NumbersFound {
  if (!isDate(column)) return found;
  const date = (value: number | string | null): string | null => dateOf(value, column);
  const none = { mean: null, variance: null, standardDeviation: null, standardError: null };
  return {
    ...found,
    ...none,
    skewness: null,
    kurtosis: null,
    min: date(found.min),
    max: date(found.max),
    quantiles: found.quantiles.map(({ probability, value }) => ({ probability, value: date(value) })),
  };
}

/** Whether values are points in time: the time of day and durations are not. */
export function isDate({ kind, type }: Dated): boolean {
  return kind === "temporal" && /^(Date|Timestamp)/.test(type);
}

/** ISO 8601 text in UTC; `null` for none, and for what is beyond JavaScript's dates. */
export function dateOf(value: number | string | null, { unitsPerSecond }: Dated): string | null {
  const time = value === null ? Number.NaN : (Number(value) / unitsPerSecond) * 1000;
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : null;
}

function textSummary(column: TextColumnOrPrepared, limit: number): TextSummary {
  const source = textSource(column);
  // Of none too the number of the rest is known.
  const { counts, other, distinct, empty } = source.categories(Math.max(limit, 1));
  const count = sum(counts.values()) + other;
  const listed = mostFrequent([...counts], Math.max(limit, 1))
    .slice()
    .sort(byCount)
    .slice(0, limit);
  const categories = listed.map(([name, count]) => ({ name, count }));
  const rest = count - sum(categories.map(({ count }) => count));
  return {
    kind: "categorical",
    type: column.type,
    count,
    empty,
    distinct,
    categories,
    other: rest,
    missing: source.missing(),
  };
}

function probabilitiesOf(asked: SummaryOptions["quantiles"] = "quartiles"): readonly number[] {
  if (asked === "quartiles") return quartiles;
  if (asked === "deciles") return deciles;
  if (!Array.isArray(asked)) {
    throw new RangeError(`summary: quantiles must be quartiles, deciles or probabilities, got ${String(asked)}`);
  }
  return checkedProbabilities("summary", asked);
}

function checkLimit(name: string, limit: number): void {
  if (Number.isInteger(limit) && limit >= 0 && limit <= 2 ** 22) return;
  throw new RangeError(`summary: ${name} must be a whole number from 0 to 4194304, got ${limit}`);
}
