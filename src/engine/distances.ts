/** Sums over the differences of two columns, row by row: what the distances of vectors are made of. */
import type { Dense } from "./dense.js";
import { differencesOf, type PairsSeen } from "./pairs.js";
import { withScratch } from "./workspace.js";

const stretch = 1024;

/**
 * The p-norm of x - y over the pairs in which neither side is missing; p from 1 to Infinity. Sums are formed of
 * differences over the largest one's power of two, so that none overflows or vanishes.
 */
export function normOfDifferences(x: Dense, y: Dense, p: number): { norm: number; pairs: number; seen: PairsSeen } {
  const { values, halved, seen } = differencesOf(x, y);
  const unit = halved ? 2 : 1;
  const largest = magnitudes(values, 1, false).largest;
  const found = { pairs: values.length, seen };
  if (p === Number.POSITIVE_INFINITY || !(largest > 0 && largest < Number.POSITIVE_INFINITY)) {
    // The difference of two equal infinities is no number, and the largest magnitude does not show it.
    return { ...found, norm: values.some(Number.isNaN) ? Number.NaN : largest * unit };
  }
  const exponent = Math.max(-1022, Math.min(1000, Math.floor(Math.log2(largest))));
  const factor = 2 ** -exponent;
  const scale = (norm: number): number => norm * unit * 2 ** exponent;
  if (p === 1 || p === 2) {
    const { sum } = magnitudes(values, factor, p === 2);
    return { ...found, norm: scale(p === 2 ? Math.sqrt(sum) : sum) };
  }
  let sum = 0;
  for (const value of values) sum += (Math.abs(value) * factor) ** p;
  return { ...found, norm: scale(sum ** (1 / p)) };
}

function magnitudes(values: Float64Array, factor: number, squared: boolean): { sum: number; largest: number } {
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const state = take(24);
    f64.fill(0, state / 8, state / 8 + 3);
    const block = take(stretch * 8);
    for (let from = 0; from < values.length; from += stretch) {
      const part = values.subarray(from, from + stretch);
      f64.set(part, block / 8);
      kernels.addMagnitudes(state, block, part.length, factor, squared);
    }
    return { sum: f64[state / 8]! + f64[state / 8 + 1]!, largest: f64[state / 8 + 2]! };
  });
}
