/** Cosine distance of two vectors (two columns of equal length, row by row), and of two columns of vectors. */
import { cosineOf } from "../engine/cosine.js";
import { type Dense, denseOf } from "../engine/dense.js";
import type { PairsSeen } from "../engine/pairs.js";
import type { MeanVector } from "../engine/vectors.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import type { NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { knownOptions } from "./option-checks.js";
import {
  type Between,
  type BetweenOptions,
  type BetweenResult,
  type MeansDistance,
  type RowsDistance,
  refuseVectors,
  vectorDistance,
} from "./vector-columns.js";

export interface CosineDistance {
  /** 1 minus the cosine of the angle between both vectors, in [0, 2]; `null` unless the status is `ok`. */
  readonly distance: number | null;
  /** Rows in which both sides hold a value. */
  readonly n: number;
  /** `zero`: a side is zero in every row. `infinite`: a side holds infinite values. */
  readonly status: "ok" | "zero" | "infinite";
  /** `null` counts the rows in which a side is null, `nan` the others in which a side is NaN. */
  readonly missing: Missing;
}

/**
 * Cosine distance of two vectors, which does not depend on their lengths: 1 - Σxy / √(Σx²·Σy²). Sums are scaled, so that
 * neither tiny nor huge values vanish or overflow.
 *
 * Columns of vectors (FixedSizeList, or `{ values, dimension }`) have a distance between their mean vectors, or one row by
 * row: `options.between` says which. A zero vector has no direction: its row has no distance, and is not in the mean.
 *
 * @param reference, current  numbers, row by row; rows with a null or NaN on a side are left out and counted
 * @returns the distance, 0 for vectors of one direction, 2 for opposite ones; with `between: "rows"` that of each row and
 *   their mean
 * @throws RangeError for columns of unequal length or without a complete row, vectors of different dimensions; TypeError
 *   for text and for prepared columns, whose rows are in another order, and for `between` without vectors
 * @see oracle: scipy.spatial.distance.cosine, numpy
 */
export function cosine(reference: NumericInput, current: NumericInput): CosineDistance;
export function cosine<B extends Between>(
  reference: NumericInput,
  current: NumericInput,
  options: BetweenOptions<B>,
): BetweenResult<B>;
export function cosine(
  reference: NumericInput,
  current: NumericInput,
  options?: BetweenOptions<Between>,
): CosineDistance | MeansDistance | RowsDistance {
  if (options !== undefined) {
    knownOptions("cosine", options, ["between"]);
    const ofMeans = (x: MeanVector, y: MeanVector) => angleOf(denseOf(x.mean), denseOf(y.mean));
    return vectorDistance("cosine", reference, current, options.between, ofMeans, "cosine");
  }
  refuseVectors("cosine", reference, current);
  const [left, right] = pairedSides("cosine", reference, current);
  const { seen, ...found } = angleOf({ ...left, representation: "f64" }, { ...right, representation: "f64" });
  const n = seen.rows - seen.nulls - seen.nan;
  if (n === 0) throw new RangeError("cosine: at least one row with a value on both sides is needed, got none");
  return { ...found, n, missing: missingPairs(seen) };
}

function angleOf(x: Dense, y: Dense): Pick<CosineDistance, "distance" | "status"> & { readonly seen: PairsSeen } {
  const { cosine, largest, seen } = cosineOf(x, y);
  if (!largest.every(Number.isFinite)) return { distance: null, status: "infinite", seen };
  if (largest.includes(0)) return { distance: null, status: "zero", seen };
  return { distance: Math.min(2, Math.max(0, 1 - cosine)), status: "ok", seen };
}
