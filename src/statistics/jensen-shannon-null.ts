/**
 * What chance alone contributes to the Jensen-Shannon divergence: its mean over all ways to divide the rows into sides of
 * n and m, given the cells' totals. A cell's count on the smaller side is then hypergeometric, so the mean is a sum over
 * that law; where the expected count is large the divergence is quadratic and the mean is (1/n + 1/m)/8 · (1 - c/N).
 */
import { cellDivergence } from "./jensen-shannon-divergence.js";

/** From this expected count on the quadratic term suffices: the next ones are about its reciprocal. */
const manyExpected = 200;

/** In nats. */
export function meanDivergence(reference: ArrayLike<number>, current: ArrayLike<number>, n: number, m: number): number {
  const known = new Map<number, number>();
  let mean = 0;
  for (let k = 0; k < reference.length; k++) {
    const count = reference[k]! + current[k]!;
    let cell = known.get(count);
    if (cell === undefined) {
      cell = meanOfCell(count, n, m);
      known.set(count, cell);
    }
    mean += cell;
  }
  return Math.min(mean, Math.LN2);
}

/** Mean contribution of a cell of `count` of all n + m rows. */
function meanOfCell(count: number, n: number, m: number): number {
  const few = Math.min(n, m);
  const many = Math.max(n, m);
  const all = n + m;
  if (count === 0 || count === all) return 0;
  const expected = (count * few) / all;
  if (expected > manyExpected) return ((1 / n + 1 / m) / 8) * ((all - count) / (all - 1));
  const low = Math.max(0, count - many);
  const high = Math.min(count, few);
  const mode = Math.min(Math.max(Math.floor(((count + 1) * (few + 1)) / (all + 2)), low), high);
  let weights = 1;
  let total = cellDivergence(mode, count - mode, few, many);
  for (const step of [1, -1]) {
    let weight = 1;
    for (let i = mode; step > 0 ? i < high : i > low; ) {
      // Ratio of neighbouring probabilities of the hypergeometric law.
      weight *= step > 0 ? up(i, count, few, many) : 1 / up(i - 1, count, few, many);
      i += step;
      weights += weight;
      total += weight * cellDivergence(i, count - i, few, many);
      if (weight < 1e-17 * weights) break;
    }
  }
  return total / weights;
}

/** P(i + 1) / P(i). */
function up(i: number, count: number, few: number, many: number): number {
  return ((count - i) * (few - i)) / ((i + 1) * (many - count + i + 1));
}
