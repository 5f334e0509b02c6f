/** What `quality` and `compare` with `quality` return: what tables are like, apart from whether they drifted. Plain data. */
import type { Kind } from "../../column/column.js";
import type { OneSided } from "../../statistics/category-cells.js";
import type { Availability } from "../report.js";

/** A value of a column: dates and timestamps as ISO 8601 text, infinities and integers beyond 2^53 as text. */
export type PlainValue = number | string | boolean;

/** How many distinct values there are; `error` is the standard error relative to it, 0 where the count is exact. */
export interface DistinctValues {
  readonly count: number;
  readonly error: number;
}

/** Of the finite values, in the column's unit; points in time have no moments but range and quantiles, as text. */
export interface NumbersQuality {
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  readonly min: PlainValue | null;
  readonly max: PlainValue | null;
  /** Of type 7, at 1, 5, 25, 50, 75, 95 and 99 %, infinite values among them as text. From a profile within `rankError`. */
  readonly quantiles: readonly { readonly probability: number; readonly value: PlainValue | null }[];
  /** How far the rank of a quantile may be from what was asked for, as a share of the values; 0 where they are exact. */
  readonly rankError: number;
  /** Of a profile whose cells hold several values each these may count positive numbers below 2.3e-308 as zeros. */
  readonly zeros: number;
  readonly negatives: number;
}

/** One column of one table. */
export interface ColumnQuality {
  readonly kind: Kind;
  readonly type: string;
  /** Rows by what they hold. */
  readonly availability: Availability;
  /** Of the values, infinities and the empty text among them; `null` where it was not counted (vectors). */
  readonly distinct: DistinctValues | null;
  /** Every value is the same one, and there is a value. */
  readonly constant: boolean;
  /** At least 95 % of the values are the same one, and others are not. */
  readonly almostConstant: boolean;
  /**
   * At most ten, most frequent first, of equally frequent ones the smallest; those that occur more than once. Of a profile
   * those that are certain.
   */
  readonly mostCommon: readonly { readonly value: PlainValue; readonly count: number }[];
  readonly numbers: NumbersQuality | null;
  /**
   * Shortest, longest and mean length of texts, in UTF-8 bytes; `null` for all other columns, without values, and where not
   * every category is known.
   */
  readonly lengths: { readonly min: number; readonly max: number; readonly mean: number } | null;
  /** 16 hexadecimal digits that depend on the kind and on the rows in their order, not on chunks; `null` where rows are not known (profiles). */
  readonly hash: string | null;
}

/** A whole table. */
export interface TableQuality {
  readonly rows: number;
  /** Names of all columns that were looked at, in the table's order, those of types that are not read last. */
  readonly names: readonly string[];
  /** By name; without those of types that are not read, and in `compare` those that do not fit into memory. */
  readonly columns: { readonly [name: string]: ColumnQuality };
  /** Columns of types that are not read, with the type. */
  readonly unsupported: { readonly [name: string]: string };
  /** Columns without any value, also those without rows. */
  readonly emptyColumns: readonly string[];
  readonly constantColumns: readonly string[];
  readonly almostConstantColumns: readonly string[];
  /** Groups of columns of which every row holds the same, in order; `null` where rows are not known. */
  readonly duplicatedColumns: readonly (readonly string[])[] | null;
  /** Rows that equal an earlier one in every column; `null` where rows are not known, and where a column is not read. */
  readonly duplicatedRows: number | null;
  /** 16 hexadecimal digits that depend on names, kinds and rows; `null` where rows are not known. */
  readonly hash: string | null;
}

/** Counts of both sides in the same bins, for a picture: finite values, those beyond the edges in the first and the last. */
export interface HistogramOfBoth {
  readonly edges: readonly number[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/**
 * Distribution functions of both sides' finite values at the same at most 65 values, ascending, for a picture: at all
 * distinct ones where there are no more than 64.
 */
export interface EcdfOfBoth {
  readonly values: readonly number[];
  /** Shares of the values up to and including it. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Where the distribution functions of the finite values are farthest apart; unless `exact`, as far as a profile's cells tell. */
export interface GapOfBoth {
  readonly value: number;
  readonly reference: number;
  readonly current: number;
  readonly exact: boolean;
}

/** What the current side of a column has that the reference has not. */
export interface QualityChange {
  /**
   * Finite values beyond the reference's smallest and largest one, and their share of the finite ones; `null` where there is
   * no range. Against profiles: those that are certainly there.
   */
  readonly outOfRange: { readonly below: number; readonly above: number; readonly share: number | null } | null;
  /**
   * Rows that hold a category that the reference does not have, and their share of the values. Categories are texts, truth
   * values, and numbers where neither side has more than 20 distinct ones; `null` for others, and where not all are known.
   */
  readonly outOfList: { readonly rows: number; readonly share: number | null; readonly categories: OneSided } | null;
  /** Numbers and durations; `null` where a side has none. Points in time are in milliseconds since 1970. */
  readonly histogram: HistogramOfBoth | null;
  readonly ecdf: EcdfOfBoth | null;
  /** `null` also where the distribution functions are the same. */
  readonly gap: GapOfBoth | null;
}

/** Both sides of a comparison. */
export interface QualityOfBoth {
  readonly reference: TableQuality;
  readonly current: TableQuality;
  /** By column, of those that both sides have in one kind. */
  readonly changes: { readonly [name: string]: QualityChange };
}
