/** Minkowski distances of two vectors (two columns of equal length, row by row), and of two columns of vectors. */
import { denseOf } from "../engine/dense.js";
import { normOfDifferences } from "../engine/distances.js";
import type { MeanVector } from "../engine/vectors.js";
import type { CategoryInput } from "../source/categories.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import type { NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { largestShare, type SharesDistance, type SharesOptions } from "./largest-share.js";
import { knownOptions, powerOfNorm } from "./option-checks.js";
import { finite } from "./plain.js";
import {
  type Between,
  type BetweenOptions,
  type BetweenResult,
  type MeansDistance,
  type RowsDistance,
  refuseVectors,
  vectorDistance,
} from "./vector-columns.js";

export interface VectorDistance {
  /** In the columns' unit; `null` where it is beyond the largest double or not defined. */
  readonly distance: number | null;
  /** Rows in which both sides hold a value. */
  readonly n: number;
  /** `infinite`: the distance is infinite, or a row holds the same infinity on both sides. */
  readonly status: "ok" | "infinite";
  /** `null` counts the rows in which a side is null, `nan` the others in which a side is NaN. */
  readonly missing: Missing;
}

/**
 * Minkowski distance of two vectors: the p-norm of their differences, (Σ |x - y|^p)^(1/p). Sums are scaled, so that
 * neither tiny nor huge differences vanish or overflow.
 *
 * Columns of vectors (FixedSizeList, or `{ values, dimension }`) have a distance between their mean vectors, or one row by
 * row: `options.between` says which.
 *
 * @param reference, current  numbers, row by row; rows with a null or NaN on a side are left out and counted
 * @param p  at least 1; Infinity is the largest difference
 * @returns the distance in the columns' unit; with `between: "rows"` that of each row and their mean
 * @throws RangeError for p below 1, columns of unequal length or without a complete row, vectors of different dimensions;
 *   TypeError for text and for prepared columns, whose rows are in another order, and for `between` without vectors
 * @see oracle: scipy.spatial.distance.minkowski, numpy
 */
export function minkowski(reference: NumericInput, current: NumericInput, p: number): VectorDistance;
export function minkowski<B extends Between>(
  reference: NumericInput,
  current: NumericInput,
  p: number,
  options: BetweenOptions<B>,
): BetweenResult<B>;
export function minkowski(reference: NumericInput, current: NumericInput, p: number, options?: Options): Found {
  powerOfNorm("minkowski", p);
  return distanceOf("minkowski", reference, current, p, options);
}

/** Manhattan distance, the sum of |x - y|: see `minkowski` with p = 1. @see scipy.spatial.distance.cityblock */
export function manhattan(reference: NumericInput, current: NumericInput): VectorDistance;
export function manhattan<B extends Between>(
  reference: NumericInput,
  current: NumericInput,
  options: BetweenOptions<B>,
): BetweenResult<B>;
export function manhattan(reference: NumericInput, current: NumericInput, options?: Options): Found {
  return distanceOf("manhattan", reference, current, 1, options);
}

/** Euclidean distance: see `minkowski` with p = 2. @see scipy.spatial.distance.euclidean */
export function euclidean(reference: NumericInput, current: NumericInput): VectorDistance;
export function euclidean<B extends Between>(
  reference: NumericInput,
  current: NumericInput,
  options: BetweenOptions<B>,
): BetweenResult<B>;
export function euclidean(reference: NumericInput, current: NumericInput, options?: Options): Found {
  return distanceOf("euclidean", reference, current, 2, options);
}

/**
 * Chebyshev distance, the largest |x - y|: see `minkowski` with p = Infinity.
 *
 * With `between: "shares"` it is that of two distributions instead, the largest difference of a cell's share, of columns in
 * any order and of any length: numbers (binned), text, truth values or `{ counts }`. Its p-value is resampled unless
 * `significance: "law"` asks for that of X² on the same cells.
 *
 * @see scipy.spatial.distance.chebyshev; oracle of shares: exact rationals
 */
export function chebyshev(reference: NumericInput, current: NumericInput): VectorDistance;
export function chebyshev(reference: CategoryInput, current: CategoryInput, options: SharesOptions): SharesDistance;
export function chebyshev<B extends Between>(
  reference: NumericInput,
  current: NumericInput,
  options: BetweenOptions<B>,
): BetweenResult<B>;
export function chebyshev(
  reference: CategoryInput,
  current: CategoryInput,
  options?: Options | SharesOptions,
): Found | SharesDistance {
  if (options?.between === "shares") return largestShare("chebyshev", reference, current, options);
  const [x, y] = [reference, current] as [NumericInput, NumericInput];
  return distanceOf("chebyshev", x, y, Number.POSITIVE_INFINITY, options);
}

type Options = BetweenOptions<Between> | undefined;
type Found = VectorDistance | MeansDistance | RowsDistance;

function distanceOf(
  caller: string,
  reference: NumericInput,
  current: NumericInput,
  p: number,
  options: Options,
): Found {
  if (options !== undefined) {
    knownOptions(caller, options, ["between"]);
    const ofMeans = (x: MeanVector, y: MeanVector) => statusOf(normOfMeans(x, y, p));
    return vectorDistance(caller, reference, current, options.between, ofMeans, p);
  }
  refuseVectors(caller, reference, current);
  const { norm, pairs, seen } = normOfDifferences(...pairedSides(caller, reference, current), p);
  if (pairs === 0) throw new RangeError(`${caller}: at least one row with a value on both sides is needed, got none`);
  return { ...statusOf(norm), n: pairs, missing: missingPairs(seen) };
}

/** Of the difference of means, with what rounding took from each, unless that overflows. */
function normOfMeans(x: MeanVector, y: MeanVector, p: number): number {
  const differences = x.mean.map((mean, k) => mean - y.mean[k]! + (x.low[k]! - y.low[k]!));
  const [one, other] = differences.every(Number.isFinite)
    ? [differences, new Float64Array(differences.length)]
    : [x.mean, y.mean];
  return normOfDifferences(denseOf(one), denseOf(other), p).norm;
}

function statusOf(norm: number): Pick<VectorDistance, "distance" | "status"> {
  const distance = finite(norm);
  return { distance, status: distance === null ? "infinite" : "ok" };
}
