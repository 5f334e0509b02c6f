/** Distances of columns of vectors: between the mean vectors of both sides, or row by row. */
import { type MeanVector, meanVector, type RowMeasure, rowDistances } from "../engine/vectors.js";
import type { MissingOfBoth, NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { isOfVectors, missingVectors, vectorSides } from "../source/vectors.js";
import { oneOf } from "./one-of.js";

/** `means`: the two mean vectors, of any numbers of rows. `rows`: each row with the other side's row. */
export type Between = "means" | "rows";

export interface BetweenOptions<B extends Between> {
  readonly between: B;
}

/** `zero`: a vector whose direction is needed has none. `infinite`: a distance is infinite or not defined. */
type Status = "ok" | "zero" | "infinite";

export interface MeansDistance {
  readonly between: "means";
  /** `null` unless the status is `ok`. */
  readonly distance: number | null;
  /** Components of each vector. */
  readonly dimension: number;
  /** Vectors that the means are of. */
  readonly n: number;
  readonly m: number;
  readonly status: Status;
  /** `null` counts vectors that are null or have a null component, `nan` the others with a NaN. */
  readonly missing: MissingOfBoth;
}

export interface RowsDistance {
  readonly between: "rows";
  /** In row order; `null` where a side's vector is missing, or where the pair has no finite distance. */
  readonly distances: readonly (number | null)[];
  /** Of the rows that have a distance; `null` where a distance is infinite, or where there is none. */
  readonly mean: number | null;
  readonly dimension: number;
  /** Rows in which neither side's vector is missing. */
  readonly n: number;
  /** How many of these have no finite distance. */
  readonly undefinedRows: number;
  readonly status: Status;
  /** `null` counts rows in which a side's vector is null or has a null component, `nan` the others with a NaN. */
  readonly missing: Missing;
}

/** What is returned for either choice. */
export type BetweenResult<B extends Between> = { readonly means: MeansDistance; readonly rows: RowsDistance }[B];

/** A distance of two mean vectors, all of whose components are finite; `null` where it is not. */
export type MeanVectorDistance = (x: MeanVector, y: MeanVector) => { distance: number | null; status: Status };

/**
 * The distance between two columns of vectors.
 *
 * @param ofMeans the distance of the mean vectors
 * @param ofRows the same row by row
 * @throws TypeError for other columns; RangeError for vectors of different dimensions, for sides without a vector, and
 *   for `rows` of sides of unequal length
 */
export function vectorDistance<B extends Between>(
  caller: string,
  reference: NumericInput,
  current: NumericInput,
  between: B,
  ofMeans: MeanVectorDistance,
  ofRows: RowMeasure,
): BetweenResult<B> {
  oneOf(caller, "between", between, ["means", "rows"]);
  const [x, y] = vectorSides(caller, reference, current);
  const found: MeansDistance | RowsDistance =
    (between as Between) === "rows" ? rowByRow(caller, x, y, ofRows) : betweenMeans(caller, x, y, ofMeans);
  return found as BetweenResult<B>;
}

/** @throws TypeError for columns of vectors, of which it has to be said what the distance is between */
export function refuseVectors(caller: string, reference: NumericInput, current: NumericInput): void {
  if (isOfVectors(caller, "reference", reference) || isOfVectors(caller, "current", current)) {
    throw new TypeError(`${caller}: columns of vectors need between: "means" or "rows"`);
  }
}

const infinite = { distance: null, status: "infinite" } as const;

type Sides = ReturnType<typeof vectorSides>;

function betweenMeans(caller: string, x: Sides[0], y: Sides[1], distanceOf: MeanVectorDistance): MeansDistance {
  const [first, second] = [meanVector(x), meanVector(y)];
  const [n, m] = [first.count, second.count];
  if (n === 0 || m === 0) throw new RangeError(`${caller}: each side needs at least one vector, got ${n} and ${m}`);
  const missing = { reference: missingVectors(first.seen), current: missingVectors(second.seen) };
  const finite = [first, second].every(({ mean }) => mean.every(Number.isFinite));
  const { distance, status } = finite ? distanceOf(first, second) : infinite;
  return { between: "means", distance, status, dimension: x.dimension, n, m, missing };
}

function rowByRow(caller: string, x: Sides[0], y: Sides[1], measure: RowMeasure): RowsDistance {
  if (x.rows !== y.rows) {
    throw new RangeError(`${caller}: paired rows need columns of equal length, got ${x.rows} and ${y.rows} rows`);
  }
  const { distances, states, seen } = rowDistances(x, y, measure);
  const n = seen.rows - seen.nulls - seen.nan;
  if (n === 0) throw new RangeError(`${caller}: at least one row with a vector on both sides is needed, got none`);
  let [sum, count, infinite] = [0, 0, 0];
  distances.forEach((distance, row) => {
    if (states[row] === 2) infinite++;
    if (states[row] !== 0) return;
    // A running mean cannot overflow.
    sum += (distance - sum) / ++count;
  });
  const undefinedRows = n - count;
  return {
    between: "rows",
    distances: Array.from(distances, (distance) => (Number.isNaN(distance) ? null : distance)),
    mean: infinite > 0 || count === 0 ? null : sum,
    dimension: x.dimension,
    n,
    undefinedRows,
    status: infinite > 0 ? "infinite" : undefinedRows > 0 ? "zero" : "ok",
    missing: missingVectors(seen),
  };
}
