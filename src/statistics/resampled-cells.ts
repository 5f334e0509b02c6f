/**
 * p-values of statistics on cells by dealing all rows to the sides anew, see resampled.ts. A deal is drawn as counts of
 * cells, so that it costs the same whatever the number of rows; where there are few ways to deal all are tried.
 */
import type { Alternative } from "../distributions/index.js";
import { eachDeal } from "../engine/deal-cells.js";
import { type Cells, sum } from "./category-cells.js";
import { type CheckedResampling, everyLabelling, type ResampledPValue, Tails, waysToChoose } from "./resampled.js";

/** A resampled p-value and the seed of its draws, `null` where all ways were tried. */
export interface ResampledOfCells extends ResampledPValue {
  readonly seed: number | null;
}

/** A statistic of counts of both sides in the same cells. */
export interface CellStatistic {
  readonly of: (reference: Float64Array, current: Float64Array) => number;
  /** What rounding may do to a statistic: equal ones must not count as smaller or larger. */
  readonly tolerance: (statistic: number) => number;
}

/** How often a statistic is as extreme as the data's when all rows are dealt to sides of the same sizes. */
export function resampledOfCells(
  { reference, current }: Cells,
  { of, tolerance }: CellStatistic,
  alternative: Alternative,
  { permutations, seed, confidence }: CheckedResampling,
): ResampledOfCells {
  const n = sum(reference);
  const m = sum(current);
  const statistic = of(reference, current);
  const tails = new Tails(statistic, tolerance(statistic));
  const totals = reference.map((count, k) => count + current[k]!);
  const rest = new Float64Array(totals.length);
  const add = (first: Float64Array): void => {
    for (let k = 0; k < rest.length; k++) rest[k] = totals[k]! - first[k]!;
    tails.add(of(first, rest));
  };
  const isExact = waysToChoose(n, m, permutations) <= permutations;
  if (isExact) eachWay(totals, n, m, add);
  else eachDeal(totals, n, permutations, seed, add);
  return { ...tails.pValue(alternative, isExact, confidence), seed: isExact ? null : seed };
}

/** The first side's counts in every way to deal. */
function eachWay(totals: Float64Array, n: number, m: number, visit: (first: Float64Array) => void): void {
  const cellOf = new Uint32Array(n + m);
  let place = 0;
  totals.forEach((count, cell) => {
    cellOf.fill(cell, place, place + count);
    place += count;
  });
  const first = new Float64Array(totals.length);
  for (const labels of everyLabelling(n, m)) {
    first.fill(0);
    for (let k = 0; k < cellOf.length; k++) first[cellOf[k]!]! += labels[k]!;
    visit(first);
  }
}
