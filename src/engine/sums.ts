/** Sums and extremes of the values in each cell of a grid. */

import { type Counted, countWith, eachIndexed } from "./cells.js";
import { type Dense, unsignedFlip } from "./dense.js";
import type { Grid, Values } from "./grid.js";
import { withScratch } from "./workspace.js";

/** The sums are of 2^4 neighbouring cells each. */
export const groupShift = 4;

/** Counts per cell, and per group of 2^groupShift cells the sum of x - about: not finite where an infinity or NaN is. */
export interface SumsOfCells extends Counted {
  readonly sums: Float64Array;
}

/** Counts and sums of a column of doubles, in one pass. */
export function sumCells(column: Dense, grid: Grid, about: number): SumsOfCells {
  const sums = new Float64Array(((grid.count - 1) >> groupShift) + 1);
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const at = take(sums.byteLength);
    f64.fill(0, at / 8, at / 8 + sums.length);
    const counted = countWith(column, grid, (values, index, length) => {
      kernels.addToGroups(at, values, index, length, about);
    });
    sums.set(f64.subarray(at / 8, at / 8 + sums.length));
    return { ...counted, sums };
  });
}

/** Smallest and largest value of each cell. */
export function cellSpans(column: Dense, grid: Grid): { min: Values; max: Values } {
  return withScratch((engine, take) => {
    const { kernels, f64, i64 } = engine;
    const { count } = grid;
    const wide = column.representation !== "f64";
    const at = take(count * 16) / 8;
    for (let k = 0; k < count; k++) {
      if (wide) {
        i64[at + 2 * k] = 2n ** 63n - 1n;
        i64[at + 2 * k + 1] = -(2n ** 63n);
      } else {
        f64[at + 2 * k] = Number.POSITIVE_INFINITY;
        f64[at + 2 * k + 1] = Number.NEGATIVE_INFINITY;
      }
    }
    const widen = wide ? kernels.spansI64 : kernels.spansF64;
    eachIndexed(column, grid, engine, take, (values, index, length) => widen(at * 8, values, index, length));
    const pick = (offset: number): Values => {
      if (!wide) {
        const values = new Float64Array(count);
        for (let k = 0; k < count; k++) values[k] = f64[at + 2 * k + offset]! + 0; // -0 is 0
        return values;
      }
      const unsigned = column.representation === "u64";
      const values = unsigned ? new BigUint64Array(count) : new BigInt64Array(count);
      for (let k = 0; k < count; k++) values[k] = i64[at + 2 * k + offset]! - (unsigned ? unsignedFlip : 0n);
      return values;
    };
    return { min: pick(0), max: pick(1) };
  });
}
