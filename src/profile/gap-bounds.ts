/**
 * The largest gaps between two distribution functions on common cells (Kolmogorov-Smirnov's D, Kuiper's V), with bounds:
 * at least the largest gap between cells, at most the largest that is possible inside one. Gaps are integers i·m - j·n.
 */
import type { CellPair } from "./common-cells.js";
import type { GapPath } from "./gap-path.js";

/** The largest gap of one sign, as a size. */
export interface LargestGap {
  /** Between cells: the gap of the values rounded to their cells. */
  readonly rounded: number;
  readonly least: number;
  readonly most: number;
}

/** Above: where the reference's distribution function lies above; below: where it lies below. */
export interface LargestGaps {
  readonly above: LargestGap;
  readonly below: LargestGap;
}

/** What rounding may take from products beyond 2^53, in their own size. */
const margin = 2 ** -50;

export function largestGaps({ n, m, low, high, reference, current }: CellPair, path: GapPath): LargestGaps {
  const product = n * m;
  const isSafe = product <= 2 ** 53;
  const slack = isSafe ? 0 : product * margin;
  const above = { rounded: 0, least: 0, most: 0 };
  const below = { rounded: 0, least: 0, most: 0 };
  let i = 0;
  let j = 0;
  for (let k = 0; k < low.length; k++) {
    if (low[k] !== high[k]) {
      // The interior: bounds from shares, at most those from counts.
      const highest = (i + reference[k]!) * m - j * n;
      const lowest = i * m - (j + current[k]!) * n;
      above.most = Math.max(above.most, Math.min(highest + slack, floor(path.most[k]! * product)));
      below.most = Math.max(below.most, Math.min(slack - lowest, floor(-path.least[k]! * product)));
      above.least = Math.max(above.least, Math.ceil(path.least[k]! * product * (1 - 1e-12)));
      below.least = Math.max(below.least, Math.ceil(-path.most[k]! * product * (1 - 1e-12)));
    }
    i += reference[k]!;
    j += current[k]!;
    const gap = isSafe ? i * m - j * n : Number(BigInt(i) * BigInt(m) - BigInt(j) * BigInt(n));
    above.rounded = Math.max(above.rounded, gap);
    below.rounded = Math.max(below.rounded, -gap);
  }
  for (const side of [above, below]) {
    side.least = Math.max(side.least, side.rounded);
    side.most = Math.max(side.most, side.least);
  }
  return { above, below };
}

/** A share times a product is rounded: what is nearly an integer is one. */
function floor(x: number): number {
  return Math.floor(x * (1 + 1e-12) + 1e-6);
}
