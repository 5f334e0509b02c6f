/**
 * What one column of one side can be asked. A plan (`statistics/`) only ever sees these answers; whoever holds the
 * data (values in memory, a prepared reference, later a profile, a file, a database) implements this interface.
 */
import type { Grid, Values } from "../engine/grid.js";
import type { OrderIndex, PlacedWalk } from "../engine/placed-walk.js";

export type { Grid, OrderIndex, Values };

/** Rows that hold no value. */
export interface Missing {
  /** All rows, missing or not. */
  readonly rows: number;
  readonly null: number;
  readonly nan: number;
}

/**
 * Moments of the finite values, each divided by 2^exponent so that no scale overflows. Power sums are about the mean.
 * With 64-bit integers beyond 2^53 `origin` was subtracted before anything else.
 */
export interface Moments {
  readonly count: number;
  readonly exponent: number;
  readonly origin: bigint;
  readonly mean: number;
  /** What rounding took from the mean: means far from zero differ by more than their doubles can tell. */
  readonly meanLow: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  /** Of the finite values, in the column's unit (not scaled); NaN when there is none. */
  readonly min: number;
  readonly max: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
}

/** The point origin + (offset + low) · 2^exponent in the column's unit; `origin` is 0 unless values are integers beyond 2^53. */
export interface Point {
  readonly origin: bigint;
  readonly offset: number;
  /** What rounding took from `offset`. */
  readonly low: number;
  readonly exponent: number;
}

/** Category → count. `other` counts the rows of categories beyond the limit, `missing` is not in it. */
export interface Categories {
  readonly counts: ReadonlyMap<string, number>;
  readonly other: number;
  /** Number of categories, those beyond the limit among them. */
  readonly distinct: number;
  /** Rows that hold the empty text, a category like any other. */
  readonly empty: number;
}

/** Counts of a histogram; NaN is in none of them. */
export interface Bins {
  readonly counts: Uint32Array;
  readonly under: number;
  readonly over: number;
}

/** Counts per cell, and per group of 2^groupShift cells the sum of x - middle: not finite where an infinity or NaN is. */
export interface CellSums {
  readonly counts: Uint32Array;
  readonly sums: Float64Array;
}

/** Per cell the smallest and the largest value; Infinity and -Infinity where the cell is empty. */
export interface Spans {
  readonly min: Values;
  readonly max: Values;
}

/**
 * Means and covariances (divisor count) of the functions cos and sin of the angles, of the finite values: cosine and sine
 * at the first frequency, at the second, …
 */
export interface Characteristic {
  readonly count: number;
  readonly means: Float64Array;
  /** Symmetric, row by row. */
  readonly covariances: Float64Array;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
}

export interface Source {
  /** An upper bound on the number of values: rows, before anything is known about missing ones. Costs nothing. */
  size(): number;
  /** Rows, nulls and NaN. */
  missing(): Missing;
  /** A grid of about `count` cells, chosen so that they hold similar shares of this column. Any grid gives exact results. */
  grid(count: number): Grid;
  /** `order` 2 leaves m3 and m4 at 0 and costs less. */
  moments(order: 2 | 4): Moments;
  /** Count, mean and m2 of the distances |x - about|; they have no origin. */
  absoluteMoments(about: Point): Moments;
  /**
   * The empirical characteristic function: angles are frequency · ((x - centre) / 2^exponent), x - centre as exact as
   * doubles hold it.
   */
  characteristic(centre: number | bigint, exponent: number, frequencies: readonly number[]): Characteristic;
  /** `true` when the values are 64-bit integers that doubles cannot hold. */
  wide(): boolean;
  /** Number of values in each cell; null and NaN are in none. */
  cells(grid: Grid): Uint32Array;
  /** Counts between edges, as `histogram` defines them; `uniform` edges are faster. */
  bins(edges: Float64Array, uniform: boolean): Bins;
  /** Sum of the values in each cell of `gridByEdges(edges)`. */
  binSums(edges: Float64Array): Float64Array;
  /** Smallest and largest value of each cell. */
  spans(grid: Grid): Spans;
  /**
   * The values of the cells in `open` (ascending cell indices), sorted. -0 comes as 0. `all`: every cell's will be asked
   * for, neighbours together, so that it pays to put all values into their cells at once; each answer is good until the
   * next question. `later`: not every cell's, but those of all of these, this round's among them, in many rounds;
   * again each answer is good until the next.
   */
  ordered(grid: Grid, open: Uint32Array, all?: boolean, later?: Uint32Array | null): Values;
  /** All values in order, where they are in order already; else `null`. Costs nothing. */
  inOrder(): Values | null;
  /** What finds the place of a value in that order without walking there; `null` where there is none. Costs nothing. */
  index(): OrderIndex | null;
  /** Walks over this side's values among others that were ordered before; `null` where that would lose digits. */
  placed(index: OrderIndex): PlacedWalk | null;
  /** Counts of cells and sums of distances from `middleOf(grid)`, for Wasserstein. Not for wide values. */
  cellSums(grid: Grid): CellSums;
  /** Number of distinct values, `null` when there are more than `limit`. */
  distinct(limit: number): number | null;
  /** Counts per category, of at most `limit` distinct ones (the most frequent; the rest is `other`). Numbers as text. */
  categories(limit: number): Categories;
  /** Counts of these categories, whatever a limit left out; those that do not occur may be missing. */
  countsOf(names: readonly string[]): ReadonlyMap<string, number>;
}
