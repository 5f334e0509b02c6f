/** Profiles: what is known of all columns of a table, small, mergeable, and without its rows. */
import type { DistinctSketch } from "../sketch/distinct-sketch.js";
import type { QuantileSketch } from "../sketch/quantile-sketch.js";
import type { Categories, Missing, Moments } from "../source/source.js";

/**
 * An exact histogram on a grid that does not depend on the data: the cell of a value is its key (the bits of the double as
 * an integer in the order of the doubles, -0 as 0) shifted right. Cells of a smaller shift lie within those of a larger
 * one, so the cells of any two profiles can be brought to common edges without loss. The shift is the smallest one
 * with at most `mostCells` occupied cells; with shift 0 every distinct value has a cell of its own.
 */
export interface KeyCells {
  readonly shift: number;
  /** The smallest double of each occupied cell, ascending. Infinities have cells. */
  readonly starts: Float64Array;
  /** Values in each of them. */
  readonly counts: Float64Array;
}

/** Moments whose sums are kept as two doubles each, so that the order of merging shows in no digit. `origin` is 0. */
export interface ProfileMoments extends Moments {
  readonly m2Low: number;
  readonly m3Low: number;
  readonly m4Low: number;
}

/** Of numbers, truth values and points in time. Integers beyond 2^53 are rounded to doubles. */
export interface NumberProfile {
  readonly kind: "numeric" | "boolean" | "temporal";
  /** As Arrow prints it. */
  readonly type: string;
  /** See `FixedColumn`. */
  readonly unitsPerSecond: number;
  readonly missing: Missing;
  readonly moments: ProfileMoments;
  readonly cells: KeyCells;
  readonly quantiles: QuantileSketch;
  readonly distinct: DistinctSketch;
}

/** Of text. */
export interface TextProfile {
  readonly kind: "categorical";
  readonly type: string;
  readonly missing: Missing;
  /** The most frequent categories, all of them where there are few; by count, of equally frequent ones by name. */
  readonly categories: Categories;
  /**
   * By how much each count may be too small, those that are not listed too; 0 where all are listed and exact. It is at most
   * (values - counts listed) / (limit + 1). Unless it is 0, the number of distinct categories is an estimate.
   */
  readonly error: number;
  /** Categories that are kept at most. */
  readonly limit: number;
  readonly distinct: DistinctSketch;
}

export type ColumnProfile = NumberProfile | TextProfile;

/** A table without its rows. */
export interface Profile {
  readonly profile: true;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ColumnProfile>;
  /** Columns that have no profile: name → the type's name. */
  readonly unsupported: ReadonlyMap<string, string>;
}
