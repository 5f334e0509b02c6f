/**
 * Is a correlation another one on the current side? Differences of Fisher's z over their standard error are normal for
 * normal pairs. Of heavy tails their variance is larger; that of r follows from its influence function, at
 * z_x z_y - r (z_x² + z_y²) / 2 of each row, whatever the law.
 *
 * [1] Fisher (1921), see correlation.ts. [2] Devlin, Gnanadesikan, Kettenring: Robust estimation and outlier detection
 *     with correlation coefficients. Biometrika 62 (1975).
 */
import { normal } from "../distributions/index.js";
import { type CrossTable, margins } from "./cramers-v.js";
import { unitDeviations } from "./product-moment.js";

/** A coefficient, and the variance of it or of what it is compared on. */
export interface Estimate {
  readonly value: number;
  readonly variance: number;
}

/** Two-sided p-value of the hypothesis that both estimate the same. */
export function changePValue(one: Estimate, other: Estimate): number {
  const difference = Math.abs(one.value - other.value);
  if (difference === 0) return 1;
  const z = difference / Math.sqrt(one.variance + other.variance);
  return z === Number.POSITIVE_INFINITY ? 0 : Math.min(1, 2 * normal.sf(z));
}

/** Fisher's z with its variance for `n` pairs. Correlations of ±1 are held a rounding away, so that they compare. */
export function fisherZ(r: number, n: number, factor: number): Estimate {
  const held = Math.max(-1 + 2 ** -52, Math.min(1 - 2 ** -52, r));
  return { value: Math.atanh(held), variance: factor / (n - 3) };
}

/** The same with the variance that the rows show. */
export function robustZ(x: Float64Array, y: Float64Array, r: number): Estimate {
  const [u, v] = [unitDeviations(x), unitDeviations(y)];
  const { value } = fisherZ(r, 4, 1);
  if (!u || !v) return { value, variance: Number.POSITIVE_INFINITY };
  let squares = 0;
  // Unit deviations are z over √n, so that the sum of squares already is n times the variance of the mean over n.
  for (let k = 0; k < u.length; k++) squares += (u[k]! * v[k]! - (r * (u[k]! ** 2 + v[k]! ** 2)) / 2) ** 2;
  return { value, variance: squares / Math.max(1 - r * r, 2 ** -52) ** 2 };
}

/**
 * φ² of a table, without its mean of unrelated columns. The variance is that of the multinomial law by the delta method,
 * and not less than that of unrelated columns, where the delta method sees none.
 */
export function phiSquared(table: CrossTable): Estimate {
  const { counts, rows, columns } = table;
  const { ofRows, ofColumns } = margins(table);
  const n = ofRows.reduce((sum, count) => sum + count, 0);
  const ratio = (i: number, j: number): number => counts[i * columns + j]! ** 2 / (ofRows[i]! * ofColumns[j]!);
  const [rowSums, columnSums] = [new Float64Array(rows), new Float64Array(columns)];
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      rowSums[i]! += ratio(i, j);
      columnSums[j]! += ratio(i, j);
      sum += ratio(i, j);
    }
  }
  let [mean, square] = [0, 0];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const count = counts[i * columns + j]!;
      if (count === 0) continue;
      const slope =
        (2 * n * count) / (ofRows[i]! * ofColumns[j]!) -
        (n * rowSums[i]!) / ofRows[i]! -
        (n * columnSums[j]!) / ofColumns[j]!;
      mean += (count / n) * slope;
      square += (count / n) * slope * slope;
    }
  }
  const degreesOfFreedom = (rows - 1) * (columns - 1);
  const unrelated = (2 * degreesOfFreedom) / (n * n);
  return { value: sum - 1 - degreesOfFreedom / (n - 1), variance: Math.max((square - mean * mean) / n, unrelated) };
}
