/**
 * Do two samples of vectors have one mean, or one mean direction? Both follow from the squared distances d of pairs of rows
 * alone, so that a permutation test only has to add up other pairs, whatever the number of components [1]. With the means
 * A = Σ d / (n (n - 1)) over ordered pairs of reference rows, B of current rows and C of pairs across
 *
 *   |x̄ - ȳ|² - tr Sx / n - tr Sy / m = C - (A + B) / 2
 *
 * where A / 2 is the trace of the reference's covariance. What chance contributes is thereby taken off, so that the
 * estimate may be negative.
 *
 * [1] Székely, Rizzo: Energy statistics. Journal of Statistical Planning and Inference 143 (2013); with the Euclidean
 *     distance in place of its square. Chen, Qin: A two-sample test for high-dimensional data. Annals of Statistics 38
 *     (2010), for the estimate.
 */
import { type GroupSums, withDistanceMatrix } from "../engine/kernel-matrix.js";
import { type CheckedResampling, drawUntilClear, everyLabelling, Tails, waysToChoose } from "./resampled.js";

export interface VectorMeans {
  /** `null` unless the status is `ok`. */
  readonly pValue: number | null;
  readonly resolution: number;
  /** |x̄ - ȳ|² without what chance contributes, over the trace of the reference's covariance. */
  readonly square: number | null;
  /** 1 - cos of the mean directions, without what chance contributes. */
  readonly cosine: number | null;
  /** `constant`: all rows are equal. `infinite`: some are not finite. `zero`: directions cancel, or a side has none. */
  readonly status: "ok" | "constant" | "infinite" | "zero";
}

/** How far sums of squares are from each other by rounding alone, of themselves. */
const rounding = 1e-12;

/**
 * Permutation test of the null hypothesis that both sides were drawn from one distribution against another mean.
 *
 * Ways to label the rows are drawn only until there is no doubt that the difference is a usual one.
 *
 * @param x, y  rows of `dimension` numbers, one after the other; at least two a side
 */
export function meansOfRows(
  x: Float64Array,
  y: Float64Array,
  dimension: number,
  settings: CheckedResampling,
): VectorMeans {
  const largest = [x, y].reduce((most, rows) => rows.reduce((one, value) => Math.max(one, Math.abs(value)), most), 0);
  const none = { pValue: null, resolution: 1 / (settings.permutations + 1), square: null, cosine: null };
  if (!Number.isFinite(largest)) return { ...none, status: "infinite" };
  if (largest === 0) return { ...none, pValue: 1, square: 0, status: "constant" };
  const factor = 2 ** Math.max(-1000, Math.min(1000, -Math.ceil(Math.log2(largest))));
  return tested(x, y, dimension, factor, settings, (sums, n, m) => {
    const { within, other, across } = averages(sums, n, m);
    return { statistic: across - (within + other) / 2, unit: within / 2, cosine: null };
  });
}

/** The same of the directions of the rows. Those without one, zero vectors, are left out. */
export function directionsOfRows(
  x: Float64Array,
  y: Float64Array,
  dimension: number,
  settings: CheckedResampling,
): VectorMeans {
  const none = { pValue: null, resolution: 1 / (settings.permutations + 1), square: null, cosine: null };
  if (![x, y].every((rows) => rows.every(Number.isFinite))) return { ...none, status: "infinite" };
  const [u, v] = [directions(x, dimension), directions(y, dimension)];
  if (Math.min(u.length, v.length) < 2 * dimension) return { ...none, status: "zero" };
  return tested(u, v, dimension, 1, settings, (sums, n, m) => {
    const { within, other, across } = averages(sums, n, m);
    // Of unit vectors the mean inner product of two is 1 - d / 2.
    const [ofX, ofY] = [1 - within / 2, 1 - other / 2];
    const product = 1 - across / 2;
    const cosine = ofX > 0 && ofY > 0 ? 1 - product / Math.sqrt(ofX * ofY) : null;
    return { statistic: across - (within + other) / 2, unit: within / 2, cosine };
  });
}

type Measured = { readonly statistic: number; readonly unit: number; readonly cosine: number | null };

function tested(
  x: Float64Array,
  y: Float64Array,
  dimension: number,
  factor: number,
  { permutations, seed, confidence }: CheckedResampling,
  measure: (sums: GroupSums, n: number, m: number) => Measured,
): VectorMeans {
  const [n, m] = [x.length / dimension, y.length / dimension];
  const all = new Float64Array(x.length + y.length);
  all.set(x);
  all.set(y, x.length);
  const isExact = waysToChoose(n, m, permutations) <= permutations;
  const size = Math.min(n, m);
  const labels = new Uint8Array(n + m);
  labels.fill(1, n <= m ? 0 : n, n <= m ? n : n + m);
  // Groups are the smaller side; the reference is it, or the rest.
  const measured = ({ inside, across, outside }: GroupSums): Measured =>
    n <= m ? measure({ inside, across, outside }, n, m) : measure({ inside: outside, across, outside: inside }, n, m);
  return withDistanceMatrix(all, n + m, dimension, factor, seed, (matrix) => {
    const sums = matrix.of(labels);
    const total = sums.inside + sums.across + sums.outside;
    const resolution = 1 / (permutations + 1);
    if (total === 0) return { pValue: 1, resolution, square: 0, cosine: 0, status: "constant" };
    const { statistic, unit, cosine } = measured(sums);
    const tails = new Tails(statistic, (rounding * total) / (n + m) ** 2);
    if (isExact) for (const ways of everyLabelling(size, n + m - size)) tails.add(measured(matrix.of(ways)).statistic);
    else {
      drawUntilClear(tails, permutations, (times, visit) =>
        matrix.drawn(size, times, (drawn) => visit(measured(drawn).statistic)),
      );
    }
    const found = tails.pValue("greater", isExact, confidence);
    const square = unit > 0 ? statistic / unit : null;
    return { pValue: found.pValue, resolution: isExact ? found.resolution : resolution, square, cosine, status: "ok" };
  });
}

/** Mean squared distances of pairs inside either side, and across. */
function averages({ inside, across, outside }: GroupSums, n: number, m: number) {
  return {
    within: (2 * inside) / n / (n - 1),
    other: (2 * outside) / m / (m - 1),
    across: across / n / m,
  };
}

/** Rows over their lengths, without zero rows. */
function directions(rows: Float64Array, dimension: number): Float64Array {
  const found = new Float64Array(rows.length);
  let length = 0;
  for (let start = 0; start < rows.length; start += dimension) {
    const row = rows.subarray(start, start + dimension);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest === 0) continue;
    const norm = Math.sqrt(row.reduce((sum, value) => sum + (value / largest) ** 2, 0));
    for (const value of row) found[length++] = value / largest / norm;
  }
  return found.subarray(0, length);
}
