/** From which distance on two windows differ at a level: found once, so that no value costs a p-value. */
import { ksAsymptotic, ksExact, ksExactCells } from "../distributions/kolmogorov-smirnov.js";

/** Cells of lattice paths that one p-value may take: some ten milliseconds. */
const affordable = 1.5e7;

/**
 * The least n·m·D, a multiple of `unit`, whose p-value is at most alpha; exact where that takes a moment.
 *
 * @returns `null` where even D = 1 has a greater one
 */
export function criticalGap(n: number, m: number, alpha: number, unit = 1): number | null {
  const p = (gap: number) => {
    const isExact = ksExactCells(n, m, gap) <= affordable;
    return isExact ? ksExact(n, m, gap) : ksAsymptotic(n, m, gap);
  };
  let [below, at] = [0, Math.round((n * m) / unit)];
  if (p(at * unit) > alpha) return null;
  while (at - below > 1) {
    const middle = Math.floor((at + below) / 2);
    if (p(middle * unit) <= alpha) at = middle;
    else below = middle;
  }
  return at * unit;
}
