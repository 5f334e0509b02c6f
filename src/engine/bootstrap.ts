/** Sums and ranks over rows drawn with replacement; see assembly/bootstrap.ts. */
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
export function eachResample(
  columns: readonly Float64Array[],
  resamples: number,
  seed: number,
  visit: (drawn: Drawn) => void,
): void {
  withScratch((engine, take) => {
    const rows = columns[0]!.length;
    const places = columns.map((column) => placed(column, engine, take));
    const [counts, sum] = [take(rows * 4), take(16)];
    const state = generator(engine, take, seed);
    const { kernels } = engine;
    for (let k = 0; k < resamples; k++) {
      kernels.drawRows(state, rows, counts);
      const sums = places.map((values) => kernels.drawnSum(counts, values, rows, sum));
      visit({ sums, rowAt: (rank) => kernels.drawnRank(counts, rows, rank) >>> 0 });
    }
  });
}

function placed(column: Float64Array, { f64 }: Engine, take: Take): number {
  const address = take(column.length * 8);
  f64.set(column, address / 8);
  return address;
}
