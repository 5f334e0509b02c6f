/** Sums and ranks over rows drawn with replacement; see assembly/resampled-rows.ts. */
import type { Engine } from "./memory.js";
import { generator } from "./random.js";
import { type Take, withScratch } from "./workspace.js";

/** What was drawn. */
export interface Drawn {
  /** Σ of each column over the drawn rows. */
  readonly sums: readonly number[];
  /** The row at a rank (from 0) among the drawn ones, in the order of the rows. */
  rowAt(rank: number): number;
}

/**
 * Draws as many rows as there are, `resamples` times, and hands each to `visit`.
 *
 * @param columns of equal length
 * @param seed the same seed draws the same rows
 */
export function eachDraw(
  columns: readonly Float64Array[],
  resamples: number,
  seed: number,
  visit: (drawn: Drawn) => void,
): void {
  withScratch((engine, take) => {
    const rows = columns[0]!.length;
    const places = columns.map((column) => placed(column, engine, take));
    const counts = take(rows * 2);
    const state = generator(engine, take, seed);
    const { kernels } = engine;
    for (let k = 0; k < resamples; k++) {
      kernels.resampleRows(state, rows, counts);
      const sums = places.map((values) => kernels.resampledSum(counts, values, rows));
      visit({ sums, rowAt: (rank) => kernels.resampledRank(counts, rows, rank) >>> 0 });
    }
  });
}

function placed(column: Float64Array, { f64 }: Engine, take: Take): number {
  const address = take(column.length * 8);
  f64.set(column, address / 8);
  return address;
}
