/**
 * The Jensen-Shannon divergence of two sides' shares p, q, cell by cell: with d = (p - q) / (p + q) a cell adds
 * (p + q) / 4 · [(1 + d) ln(1 + d) + (1 - d) ln(1 - d)], which is never negative and 0 only where p = q.
 */

import { productGap } from "./product-gap.js";

/** In nats: 0 for equal shares, ln 2 for sides without a common cell. */
export function jensenShannonDivergence(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  n: number,
  m: number,
): number {
  let divergence = 0;
  let common = false;
  for (let k = 0; k < reference.length; k++) {
    const i = reference[k]!;
    const j = current[k]!;
    common ||= i > 0 && j > 0;
    if (i + j > 0) divergence += cellDivergence(i, j, n, m);
  }
  return common ? Math.min(divergence, Math.LN2) : Math.LN2;
}

/** What a cell with i of n and j of m values adds. */
export function cellDivergence(i: number, j: number, n: number, m: number): number {
  const p = i / n;
  const q = j / m;
  if (i === 0 || j === 0) return ((p + q) / 2) * Math.LN2;
  const gap = productGap(i, m, j, n) / (i * m + j * n);
  return ((p + q) / 4) * spread(gap);
}

/** (1 + d) ln(1 + d) + (1 - d) ln(1 - d), without its cancellation near 0: the sum of d^2k / (k (2k - 1)). */
function spread(d: number): number {
  const square = d * d;
  if (square > 0.01) return (1 + d) * Math.log1p(d) + (1 - d) * Math.log1p(-d);
  let power = square;
  let total = square;
  for (let k = 2; k <= 8; k++) {
    power *= square;
    total += power / (k * (2 * k - 1));
  }
  return total;
}
