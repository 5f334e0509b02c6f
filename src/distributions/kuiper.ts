/**
 * p-values of the two-sample Kuiper statistic V = D+ + D-. It is passed as `gap`, the integer n·m·V.
 */
import { withScratch } from "../engine/workspace.js";
import { count } from "./domain.js";

/**
 * Exact P(V ≥ gap/(nm)) when both samples come from one distribution, conditional on the ties.
 *
 * @param n, m   sizes of the samples
 * @param gap    n·m·V, an integer
 * @param sizes  how many pooled values are equal, from the smallest value to the largest; null without ties
 * @returns p, with all of its digits down to 1e-300
 * @throws RangeError when a size is not a positive integer, or the sizes do not add up to n + m
 * @see oracle: counts of paths, and of all orders of small samples
 */
export function kuiperExact(n: number, m: number, gap: number, sizes: Uint32Array | null = null): number {
  count("kuiperExact", "n", n);
  count("kuiperExact", "m", m);
  if (sizes && (sizes.includes(0) || sizes.reduce((sum, size) => sum + size, 0) !== n + m)) {
    throw new RangeError(`kuiperExact: sizes must be positive and add up to n + m = ${n + m}`);
  }
  if (gap <= 0) return 1;
  if (gap > n * m) return 0;
  // A sum of shares may round to above 1.
  return withScratch(({ kernels, u32 }, take) => {
    if (sizes === null || sizes.length === n + m) {
      return Math.min(1, kernels.kuiperExact(n, m, gap, take(32 * (n + 2))));
    }
    const address = take(4 * sizes.length);
    u32.set(sizes, address / 4);
    return Math.min(1, kernels.kuiperExactTies(n, m, gap, address, sizes.length, take(16 * (n + 2))));
  });
}

/** Cells that `kuiperExact` walks, about; each takes a nanosecond. `blocks`: of equal values, null without ties. */
export function kuiperExactCells(n: number, m: number, blocks: number | null): number {
  return blocks === null ? n * m : (blocks * n * m) / 2;
}

/**
 * Approximate P(V ≥ v), ties ignored: Kuiper's series 2 Σ (4 k² z² - 1) e^(-2 k² z²) at z = v (√e + 0.155 + 0.24 / √e),
 * e = n·m / (n + m), Stephens' correction for finite samples.
 *
 * @see Kuiper (1960), Stephens (1970)
 */
export function kuiperAsymptotic(n: number, m: number, v: number): number {
  count("kuiperAsymptotic", "n", n);
  count("kuiperAsymptotic", "m", m);
  const root = Math.sqrt(1 / (1 / n + 1 / m));
  return upper(v * (root + 0.155 + 0.24 / root));
}

/** P(√n V > z) in the limit. Below 0.8 the terms of the series cancel; there it is 1 minus Jacobi's transform of it. */
function upper(z: number): number {
  if (z < 0.8) return 1 - lower(z);
  let sum = 0;
  // From the smallest term to the largest.
  for (let k = 8; k >= 1; k--) {
    const square = (k * z) ** 2;
    sum += (4 * square - 1) * Math.exp(-2 * square);
  }
  return 2 * sum;
}

/** P(√n V ≤ z) in the limit; below 0.8 three terms are enough. */
function lower(z: number): number {
  let sum = 0;
  for (let k = 3; k >= 1; k--) {
    const a = (k * Math.PI) ** 2 / (2 * z * z);
    sum += 2 * a * Math.exp(-a);
  }
  return z > 0.05 ? (Math.sqrt(2 * Math.PI) / z) * sum : 0;
}
