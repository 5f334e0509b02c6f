/** What chance alone contributes to the Jensen-Shannon divergence. */
import { meanByChance, quadraticLimit } from "./cell-chance.js";
import { cellDivergence } from "./jensen-shannon-divergence.js";

/** In nats: the mean over all ways to deal the rows to sides of n and m. */
export function meanDivergence(reference: ArrayLike<number>, current: ArrayLike<number>, n: number, m: number): number {
  const cells = { reference: Float64Array.from(reference), current: Float64Array.from(current) };
  return Math.min(meanByChance(cells, n, m, cellDivergence, quadraticLimit(1 / 8)), Math.LN2);
}
