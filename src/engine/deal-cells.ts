/** Rows dealt to two sides at random, of which only the counts per cell matter; see assembly/deal.ts. */
import { generator } from "./random.js";
import { withScratch } from "./workspace.js";

/**
 * Hands `visit` the first side's counts after each of `times` deals of all rows to sides of `n` and the rest, all ways
 * to deal being equally likely (the multivariate hypergeometric law); the other side has what is left of `totals`. Time
 * and memory grow with the number of cells, not with that of rows. Draws depend on the seed alone.
 *
 * @param totals rows of both sides in each cell, whole numbers that add up to at most 2^53
 * @param n how many rows the first side gets, at most all
 * @param seed a whole number from 0 to 2^53 - 1
 * @param visit gets the same array every time, with other counts
 */
export function eachDeal(
  totals: ArrayLike<number>,
  n: number,
  times: number,
  seed: number,
  visit: (first: Float64Array) => void,
): void {
  withScratch((engine, take) => {
    const cells = totals.length;
    const state = generator(engine, take, seed);
    const [from, to] = [take(cells * 8), take(cells * 8)];
    engine.f64.set(totals, from / 8);
    let size = 0;
    for (let k = 0; k < cells; k++) size += totals[k]!;
    const dealt = engine.f64.subarray(to / 8, to / 8 + cells);
    const first = new Float64Array(cells);
    for (let k = 0; k < times; k++) {
      engine.kernels.dealCells(state, from, cells, size, n, to);
      first.set(dealt);
      visit(first);
    }
  });
}
