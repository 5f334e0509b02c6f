/**
 * Pearson's X² of a 2 × K table, and its mean and variance over all ways to deal the rows to the sides [1, 2].
 *
 * [1] Haldane: The mean and variance of χ², when used as a test of homogeneity, when expectations are small.
 *     Biometrika 31 (1940).
 * [2] Lewis, Saunders, Westcott: The moments of the Pearson chi-squared statistic and the minimum expected value in
 *     two-way tables. Biometrika 71 (1984).
 */
import { productGap } from "./product-gap.js";

/** X² = sum of (i·m - j·n)² / (n·m·(i + j)) over the cells with i and j values. */
export function pearsonOf(reference: ArrayLike<number>, current: ArrayLike<number>, n: number, m: number): number {
  let statistic = 0;
  for (let k = 0; k < reference.length; k++) {
    const i = reference[k]!;
    const j = current[k]!;
    const gap = productGap(i, m, j, n);
    if (gap !== 0) statistic += ((gap / n) * (gap / m)) / (i + j);
  }
  return statistic;
}

/** Rows of each category on both sides, of those that have any. */
export function totalsOf(reference: ArrayLike<number>, current: ArrayLike<number>): number[] {
  return Array.from(reference, (i, k) => i + current[k]!).filter((count) => count > 0);
}

/** Mean and variance of X² over all ways to choose the reference's n rows from all n + m, given the cells' totals. */
export function momentsOf(totals: readonly number[], n: number, m: number): { mean: number; variance: number } {
  const all = n + m;
  const cells = totals.length;
  const inverses = totals.reduce((sum, count) => sum + all / count, 0);
  const mean = (all * (cells - 1)) / (all - 1);
  // Up to three rows the formula divides by zero; there X² varies only for three rows in two cells, with values 3 and 3/4.
  if (all < 4) return { mean, variance: all === 3 && cells === 2 ? 9 / 8 : 0 };
  const rowSpread = (all / n + all / m - 4) / (all - 2);
  const cellSpread = (inverses - cells * cells) / (all - 2);
  const rows = (all - 2) / (all - 1) - rowSpread;
  const columns = ((cells - 1) * (all - cells)) / (all - 1) - cellSpread;
  const variance = ((2 * all) / (all - 3)) * rows * columns + ((all * all) / (all - 1)) * rowSpread * cellSpread;
  return { mean, variance: variance > 1e-12 * mean * mean ? variance : 0 };
}
