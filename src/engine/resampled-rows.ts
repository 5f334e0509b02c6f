/** Metrics of scores on rows drawn anew with replacement; see assembly/resampled-rows.ts. */
import { generator } from "./random.js";
import { withScratch } from "./workspace.js";

/** Rows by their score for a class. */
export interface RankedRows {
  /** Numbers of rows in ascending order of the score. */
  readonly order: Uint32Array;
  /** In that order: 1 for rows of the class, plus 2 for the last of equal scores. */
  readonly flags: Uint8Array;
  /** The number of the class. */
  readonly which: number;
}

/** Of one class, from rows as they were drawn. */
export interface ResampledRanks {
  readonly ours: number;
  readonly others: number;
  /** Twice the pairs in which a row of the class has the higher score, equal ones counting once. */
  readonly pairs: number;
  /** Σ of the precision from each of our rows up, and from each other row down. */
  readonly fromAbove: number;
  readonly fromBelow: number;
}

/** Keeps these draws apart from others of one seed. */
const stream = 7;

/**
 * Hands `visit` the sums of `losses`, and for each of `ranked` what it became, of each of `times` resamples.
 *
 * @param labels numbers of classes, below `classes`
 */
export function eachResample(
  labels: Uint16Array,
  classes: number,
  losses: readonly Float64Array[],
  ranked: readonly RankedRows[],
  times: number,
  seed: number,
  visit: (sums: readonly number[], ranks: readonly ResampledRanks[]) => void,
): void {
  const rows = labels.length;
  withScratch((engine, take) => {
    const { kernels, u8, u16, u32, f64 } = engine;
    const state = generator(engine, take, seed, stream);
    const counts = take(rows * 2);
    const classOf = take(rows * 2);
    u16.set(labels, classOf / 2);
    const values = losses.map((column) => {
      const address = take(rows * 8);
      f64.set(column, address / 8);
      return address;
    });
    const orders = ranked.map(({ order, flags, which }) => {
      const [at, marks] = [take(rows * 4), take(rows)];
      u32.set(order, at / 4);
      u8.set(flags, marks);
      return { at, marks, which };
    });
    const [totals, out] = [take(classes * 4), take(24)];
    for (let k = 0; k < times; k++) {
      kernels.resampleRows(state, rows, counts);
      u32.fill(0, totals / 4, totals / 4 + classes);
      kernels.resampledClasses(counts, classOf, rows, totals);
      const sums = values.map((address) => kernels.resampledSum(counts, address, rows));
      const ranks = orders.map(({ at, marks, which }) => {
        const ours = u32[totals / 4 + which]!;
        kernels.resampledRanks(counts, at, marks, rows, ours, rows, out);
        const [pairs, fromAbove, fromBelow] = f64.subarray(out / 8, out / 8 + 3);
        return { ours, others: rows - ours, pairs: pairs!, fromAbove: fromAbove!, fromBelow: fromBelow! };
      });
      visit(sums, ranks);
    }
  });
}
