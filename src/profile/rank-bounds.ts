/**
 * Sums over ranks on common cells, with bounds. Mann and Whitney's U: pairs in different cells are known, those in one cell
 * count between 0 and 1 each. Cramér and von Mises' Σ l (g² + g h + h²), g and h the gaps before and after a run of l equal
 * values, is three times the integral of the squared gap crossed in straight lines, which envelope.ts bounds.
 */
import type { CellPair } from "./common-cells.js";
import { squaresWithin } from "./envelope.js";
import type { GapPath } from "./gap-path.js";
import { type Interval, widened } from "./interval.js";

export interface RankBounds {
  /** Twice the number of pairs in which the reference's value is larger, equal ones counted once. */
  readonly pairs: { readonly rounded: number; readonly bounds: Interval };
  /** Of the gaps i·m - j·n, as statistics/rank-walk.ts has it. */
  readonly squares: { readonly rounded: number; readonly bounds: Interval };
  /** Of the ties between values rounded to their cells, see `RankSums`. */
  readonly cubicTies: number;
  readonly squareTies: number;
  readonly tieVariance: number;
  /** Values that equal another after rounding. */
  readonly tied: number;
}

export function rankBounds(pair: CellPair, { passed, gaps, least, most }: GapPath): RankBounds {
  const { n, m, low, high, reference, current } = pair;
  const total = n + m;
  let [pairs, open, rounded, lowest, highest] = [0, 0, 0, 0, 0];
  let [cubicTies, squareTies, tieVariance, tied, j] = [0, 0, 0, 0, 0];
  for (let k = 0; k < low.length; k++) {
    const [a, b] = [reference[k]!, current[k]!];
    const [g, h] = [gaps[k]!, gaps[k + 1]!];
    const count = a + b;
    pairs += a * (2 * j + b);
    j += b;
    const run = count * (g * g + g * h + h * h);
    rounded += run;
    cubicTies += count * (total - count) * (total + count);
    squareTies += count * (total - count);
    if (count > 1) {
      tied += count;
      tieVariance += varianceOfTies(passed[k]!, count, total);
    }
    if (low[k] === high[k] || count === 1) {
      lowest += run;
      highest += run;
      continue;
    }
    open += a * b;
    const inside = squaresWithin({ before: g, after: h, least: least[k]!, most: most[k]!, a, b, n, m });
    lowest += 3 * inside.low;
    highest += 3 * inside.high;
  }
  // Gaps as integers.
  const scale = (n * m) ** 2;
  return {
    pairs: { rounded: pairs, bounds: [pairs - open, pairs + open] },
    squares: {
      rounded: rounded * scale,
      bounds: widened(Math.min(lowest, rounded) * scale, Math.max(highest, rounded) * scale),
    },
    cubicTies,
    squareTies,
    tieVariance,
    tied,
  };
}

/** What a run of equal values takes from the variance, see assembly/ranks.ts. */
function varianceOfTies(below: number, count: number, total: number): number {
  const from = below / total;
  const d = count / total;
  const rest = (total - below - count) / total;
  const covariances = (from * (1 - from) + (from + d) * rest) / 45 + (from * rest * 7) / 180;
  return (d * d - 1 / (total * total)) * (2 * d * covariances + (d * d) / 90);
}
