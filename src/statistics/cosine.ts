/** Cosine distance of two vectors: two columns of equal length, row by row. */
import { cosineOf } from "../engine/cosine.js";
import { missingPairs, pairedSides } from "../source/pairs.js";
import type { NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";

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
 * @param reference, current  numbers, row by row; rows with a null or NaN on a side are left out and counted
 * @returns the distance, 0 for vectors of one direction, 2 for opposite ones
 * @throws RangeError for columns of unequal length or without a complete row; TypeError for text and for prepared
 *   columns, whose rows are in another order
 * @see oracle: scipy.spatial.distance.cosine
 */
export function cosine(reference: NumericInput, current: NumericInput): CosineDistance {
  const [left, right] = pairedSides("cosine", reference, current);
  const { cosine, largest, seen } = cosineOf({ ...left, representation: "f64" }, { ...right, representation: "f64" });
  const missing = missingPairs(seen);
  const n = seen.rows - seen.nulls - seen.nan;
  if (n === 0) throw new RangeError("cosine: at least one row with a value on both sides is needed, got none");
  if (!largest.every(Number.isFinite)) return { distance: null, n, status: "infinite", missing };
  if (largest.includes(0)) return { distance: null, n, status: "zero", missing };
  return { distance: Math.min(2, Math.max(0, 1 - cosine)), n, status: "ok", missing };
}
