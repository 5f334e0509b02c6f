/** A profile as columns of its own: a row for each column that was profiled. */
import { describeProfile } from "./describe-profile.js";
import type { Profile } from "./profile.js";

/** Equally long arrays; null where a column's kind has no such number. */
export interface ProfileColumns {
  readonly [name: string]: readonly (number | null)[] | readonly (string | null)[];
}

/**
 * The description of a profile (`describeProfile`) as a table with a row for each column: what Arrow's `tableFromArrays`, a
 * data frame of any kind and Smirnov itself take. Profiles of many days, one after the other, are a history to plot and
 * compare. What is needed to go on from a profile is not in it: that is in its bytes and its JSON form.
 *
 * Extremes of points in time are ISO 8601 text in `first` and `last`; those of numbers are `min` and `max`, their quantiles
 * `q05` … `q95`.
 *
 * @throws TypeError for what is no profile
 */
export function toColumns(profile: Profile): ProfileColumns {
  const { rows, columns } = describeProfile(profile, { categories: 1 });
  const described = Object.entries(columns);
  const numbers = described.map(([, column]) => (column.kind === "categorical" ? null : column));
  const texts = described.map(([, column]) => (column.kind === "categorical" ? column : null));
  const number = (value: unknown): number | null => (typeof value === "number" ? value : null);
  const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
  const quantile = (k: number) => numbers.map((column) => number(column?.quantiles[k]?.value));
  return {
    column: described.map(([name]) => name),
    kind: described.map(([, { kind }]) => kind),
    type: described.map(([, { type }]) => type),
    rows: described.map(() => rows),
    null: described.map(([, { missing }]) => missing.null),
    nan: described.map(([, { missing }]) => missing.nan),
    positiveInfinity: numbers.map((column) => number(column?.positiveInfinity)),
    negativeInfinity: numbers.map((column) => number(column?.negativeInfinity)),
    empty: texts.map((column) => number(column?.empty)),
    distinct: described.map(([, { distinct }]) => distinct.estimate),
    distinctError: described.map(([, { distinct }]) => distinct.error),
    mean: numbers.map((column) => number(column?.mean)),
    standardDeviation: numbers.map((column) => number(column?.standardDeviation)),
    skewness: numbers.map((column) => number(column?.skewness)),
    kurtosis: numbers.map((column) => number(column?.kurtosis)),
    min: numbers.map((column) => number(column?.min)),
    q05: quantile(0),
    q25: quantile(1),
    q50: quantile(2),
    q75: quantile(3),
    q95: quantile(4),
    max: numbers.map((column) => number(column?.max)),
    rankError: numbers.map((column) => number(column?.rankError)),
    first: numbers.map((column) => text(column?.min)),
    last: numbers.map((column) => text(column?.max)),
    mostFrequent: texts.map((column) => text(column?.categories[0]?.name)),
    mostFrequentCount: texts.map((column) => number(column?.categories[0]?.count)),
    countError: texts.map((column) => number(column?.error)),
  };
}
