/**
 * The number of distinct values that a HyperLogLog sketch has seen.
 *
 * Ertl: New cardinality estimation algorithms for HyperLogLog sketches, arXiv 1702.01284 (2017), algorithm 6: the raw
 * estimator, with registers that are still 0 and those that are full replaced by what they stand for on average.
 */
import type { DistinctSketch } from "./distinct-sketch.js";

/** The estimate, and its standard error relative to the true number: 1.04 / √registers [Flajolet 2007]; small numbers have less. */
export function distinctOf({ precision, registers }: DistinctSketch): { estimate: number; error: number } {
  const m = registers.length;
  const last = 64 - precision;
  const counts = new Uint32Array(last + 2);
  for (const register of registers) counts[register]! += 1;
  let z = m * tau(1 - counts[last + 1]! / m);
  for (let k = last; k >= 1; k--) z = (z + counts[k]!) / 2;
  z += m * sigma(counts[0]! / m);
  const estimate = (m * m) / (2 * Math.LN2 * z);
  return { estimate: Math.min(estimate, 2 ** 64), error: 1.04 / Math.sqrt(m) };
}

/** x + Σ_{k ≥ 1} x^(2^k) 2^(k - 1) */
function sigma(x: number): number {
  if (x === 1) return Infinity;
  let power = x;
  let weight = 1;
  for (let sum = x; ; ) {
    power *= power;
    const next = sum + power * weight;
    if (next === sum) return sum;
    sum = next;
    weight *= 2;
  }
}

/** (1 - x - Σ_{k ≥ 1} (1 - x^(2^-k))² 2^-k) / 3 */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let root = x;
  let weight = 1;
  for (let sum = 1 - x; ; ) {
    root = Math.sqrt(root);
    weight /= 2;
    const next = sum - (1 - root) ** 2 * weight;
    if (next === sum) return sum / 3;
    sum = next;
  }
}
