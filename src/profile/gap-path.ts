/**
 * What is known of the gap F - G between two distribution functions on common cells: its value between the cells exactly,
 * and inside a cell how far it can go. With a reference and b current values in a cell it can exceed neither before + a/n
 * nor after + b/m, nor what quantile sketches leave open.
 */
import type { CellPair } from "./common-cells.js";

/** Bounds on F - G inside each cell: at values from its smallest up to, but not at, its largest. */
export interface GapRange {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

export interface GapPath extends GapRange {
  /** Values passed before cell k, of both sides, and the gap there; one more for the end. */
  readonly passed: Float64Array;
  readonly gaps: Float64Array;
}

/** @param sketched  what sketches know of the gap inside each cell */
export function gapPath({ n, m, low, high, reference, current }: CellPair, sketched?: GapRange): GapPath {
  const cells = low.length;
  const passed = new Float64Array(cells + 1);
  const gaps = new Float64Array(cells + 1);
  const least = new Float64Array(cells);
  const most = new Float64Array(cells);
  let i = 0;
  let j = 0;
  for (let k = 0; k < cells; k++) {
    const before = gaps[k]!;
    i += reference[k]!;
    j += current[k]!;
    passed[k + 1] = i + j;
    const after = (i * m - j * n) / (n * m);
    gaps[k + 1] = after;
    if (low[k] === high[k]) {
      least[k] = Math.min(before, after);
      most[k] = Math.max(before, after);
      continue;
    }
    const highest = before + reference[k]! / n;
    const lowest = before - current[k]! / m;
    most[k] = sketched ? Math.min(highest, Math.max(sketched.most[k]!, lowest)) : highest;
    least[k] = sketched ? Math.max(lowest, Math.min(sketched.least[k]!, highest)) : lowest;
  }
  return { passed, gaps, least, most };
}
