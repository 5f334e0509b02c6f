/**
 * The two-sample Anderson-Darling statistic on common cells, with bounds. As in statistics/full-walk.ts,
 *   A² = (N - 1) n m / N · Σ l g² / D,  D = B (N - B) - N l / 4,
 * over the runs of equal values, l of them with B half of them and all below, g the gap F - G in their middle. With the
 * values rounded to their cells every cell is one run: a valid test of its own, given its ties.
 *
 * Of the values of a cell, those passed from P to Q, neither the order nor the ties are known. Whatever they are:
 * - 4D = p (N - p) + q (N - q) + 2p (N - q) for a run from p to q. It is concave in (p, q), so least at a corner;
 *   at most f(B) = B (N - B), which is concave too; and at least f(B) / r, r = f(B) / D of the whole cell.
 * - Σ l g² is at most the integral of the largest possible squared gap (envelope.ts), since up is concave and down convex;
 *   and at least the squared integral of the smallest one over the number of values (Cauchy and Schwarz).
 * - Near the ends the gap is at most max(1/n, 1/m) times the number of values that are left, so that a run's
 *   l g² / D is at most max(1/n, 1/m)² ((N - p)² - (N - q)²) / p, and a cell's the same from P to Q, over P.
 */
import type { CellPair } from "./common-cells.js";
import { squaresIn } from "./envelope.js";
import type { GapPath } from "./gap-path.js";
import { type Interval, widened, within } from "./interval.js";

export interface AndersonDarlingBounds {
  /** A² of the values rounded to their cells. */
  readonly rounded: number;
  /** Of its law given these ties; `null` where no values are tied. */
  readonly spread: number | null;
  readonly bounds: Interval;
}

export function andersonDarlingBounds(pair: CellPair, path: GapPath): AndersonDarlingBounds {
  const { n, m, low, high } = pair;
  const { passed, gaps } = path;
  const total = n + m;
  let [rounded, lowest, highest] = [0, 0, 0];
  const spread = spreadOf(total);
  for (let k = 0; k < low.length; k++) {
    const from = passed[k]!;
    const to = passed[k + 1]!;
    const variance = varianceOf(from, to, total);
    const middle = (gaps[k]! + gaps[k + 1]!) / 2;
    const run = variance > 0 ? ((to - from) / variance) * middle * middle : 0;
    rounded += run;
    spread.add(from, to, variance);
    if (low[k] === high[k] || to - from === 1) {
      lowest += run;
      highest += run;
      continue;
    }
    const squares = squaresIn(k, pair, path);
    lowest += (squares.area * squares.area) / (to - from) / mostVariance(from, to, total);
    highest += Math.max(run, mostOf(from, to, total, squares, Math.max(1 / n, 1 / m)));
  }
  const scale = ((total - 1) / total) * n * m;
  // Where one cell holds everything, nothing is known but that it is a number.
  const most = Math.min(Math.max(highest, rounded) * scale, Number.MAX_VALUE / 2);
  const bounds = widened(Math.min(lowest, rounded) * scale, most);
  return { rounded: within(rounded * scale, bounds), spread: spread.result(), bounds };
}

/** D of a run from p to q. */
function varianceOf(p: number, q: number, total: number): number {
  const middle = (p + q) / 2;
  return middle * (total - middle) - (total * (q - p)) / 4;
}

/** The most that B (N - B) is from p to q. */
function mostVariance(p: number, q: number, total: number): number {
  const middle = Math.min(Math.max(total / 2, p), q);
  return middle * (total - middle);
}

/** The most that the runs of a cell can contribute. */
function mostOf(
  from: number,
  to: number,
  total: number,
  { high, size }: { readonly high: number; readonly size: number },
  step: number,
): number {
  const count = to - from;
  const leftBefore = total - from;
  const left = total - to;
  const whole = varianceOf(from, to, total);
  const smallest = Math.min(varianceOf(from, from + 1, total), varianceOf(to - 1, to, total), whole);
  let bound = Number.MAX_VALUE;
  if (smallest > 0) bound = Math.min(bound, (size * size * count) / smallest);
  if (from > 0) bound = Math.min(bound, (step * step * (leftBefore + left) * count) / from);
  if (left > 0) bound = Math.min(bound, (step * step * (from + to) * count) / left);
  if (from > 0 && left > 0) {
    const middle = (from + to) / 2;
    const ratio = (middle * (total - middle)) / whole;
    const logarithms = (Math.log(to / from) + Math.log(leftBefore / left)) / total;
    const ends = Math.min(from * leftBefore, to * left);
    bound = Math.min(bound, (high * ratio) / ends, size * size * ratio * logarithms);
  }
  return bound;
}

/** Adds up the squared weights of the law of A² given ties, as assembly/full-walk.ts does. */
function spreadOf(total: number) {
  let [sum, correlated, tied] = [0, 0, false];
  return {
    add(from: number, to: number, variance: number): void {
      const ties = to - from;
      if (ties > 1) tied = true;
      if (!(variance > 0)) return;
      const middle = (from + to) / 2;
      const weight = ties / variance;
      sum += ties * ties + 2 * weight * (total - middle) ** 2 * correlated;
      correlated += weight * middle * middle;
    },
    result: (): number | null => (tied ? sum / total / total : null),
  };
}
