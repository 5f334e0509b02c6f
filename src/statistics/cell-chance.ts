/**
 * What chance alone contributes to a distance on cells: its mean over all ways to deal the rows to sides of n and m, given
 * the cells' totals. A cell's count on the smaller side is then hypergeometric, so the mean of a sum over cells is a sum
 * over that law; where the expected count is large, what the cell adds is quadratic in its deviation (or its absolute
 * value), which is normal, and the mean is known.
 */
import { normal } from "../distributions/index.js";
import type { Cells } from "./category-cells.js";

/** What a cell with i of n and j of m values adds to a distance. */
export type CellTerm = (i: number, j: number, n: number, m: number) => number;

/** The mean of a term in a cell of `count` of all n + m rows, where its expected count is large. */
export type LimitOfCell = (count: number, n: number, m: number) => number;

/** From this expected count on the limit suffices: what is left out is about its reciprocal. */
const manyExpected = 200;

/** Mean of the sum of a term over cells with these totals, of n and m rows in all; without a term, that of its limit. */
export function meanByChance(cells: Cells, n: number, m: number, term: CellTerm | null, limit: LimitOfCell): number {
  let mean = 0;
  for (const [count, times] of timesOf(cells)) {
    if (count > 0 && count < n + m) mean += times * meanOfCell(count, n, m, term, limit);
  }
  return mean;
}

/**
 * The limit of a term that is `factor` times the squared difference of shares over their mean (PSI has 1), of counts to
 * which `smoothing` was added in each of `cells` cells.
 */
export function quadraticLimit(factor: number, smoothing = 0, cells = 0): LimitOfCell {
  return (count, n, m) => {
    const all = n + m;
    const scale = 1 / (n + smoothing * cells) + 1 / (m + smoothing * cells);
    const variance = (n / all) * (m / all) * count * ((all - count) / (all - 1));
    const p = ((count / all) * n + smoothing) / (n + smoothing * cells);
    const q = ((count / all) * m + smoothing) / (m + smoothing * cells);
    return (factor * ((p - q) ** 2 + scale * variance * scale)) / ((p + q) / 2);
  };
}

/** Mean of |p - q| in a cell, where it is that of a normal deviation. */
export function absoluteLimit(count: number, n: number, m: number): number {
  return Math.sqrt(2 / Math.PI) * deviationOf(count, n, m);
}

/**
 * Mean of the largest |p - q|, as if the cells were independent: at most an eighth too large where a few hold most rows.
 * Of two the differences are opposite, and one stands for both.
 */
export function meanOfLargest(cells: Cells, n: number, m: number): number {
  const kinds = Array.from(timesOf(cells), ([count, times]) => ({ times, within: withinLaw(count, n, m) }));
  const number = kinds.reduce((total, { times }) => total + times, 0);
  if (number < 2) return 0;
  const of = number === 2 ? [{ ...kinds[0]!, times: 1 }] : kinds;
  const notAll = (t: number): number =>
    -Math.expm1(of.reduce((log, { times, within }) => log + times * Math.log(within(t)), 0));
  let top = 1;
  while (notAll(top / 2) < 1e-9) top /= 2;
  // The midpoint rule: the integrand falls from 1 to 0, in steps where counts are few.
  const points = 1024;
  let area = 0;
  for (let k = 0; k < points; k++) area += notAll(((k + 0.5) * top) / points);
  return (area * top) / points;
}

/** How many cells there are of each total. */
function timesOf({ reference, current }: Cells): Map<number, number> {
  const times = new Map<number, number>();
  for (let k = 0; k < reference.length; k++) {
    const count = reference[k]! + current[k]!;
    times.set(count, (times.get(count) ?? 0) + 1);
  }
  return times;
}

/** Standard deviation of p - q in a cell. */
function deviationOf(count: number, n: number, m: number): number {
  return Math.sqrt((count / n) * ((n + m - count) / m / (n + m - 1)));
}

function isLarge(count: number, n: number, m: number): boolean {
  return (count * Math.min(n, m)) / (n + m) > manyExpected;
}

function meanOfCell(count: number, n: number, m: number, term: CellTerm | null, limit: LimitOfCell): number {
  if (term === null || isLarge(count, n, m)) return limit(count, n, m);
  let weights = 0;
  let total = 0;
  eachCount(count, n, m, (i, weight) => {
    weights += weight;
    total += weight * term(i, count - i, n, m);
  });
  return total / weights;
}

/** P(|p - q| <= t) in a cell. */
function withinLaw(count: number, n: number, m: number): (t: number) => number {
  if (count === 0 || count === n + m) return () => 1;
  const deviation = deviationOf(count, n, m);
  if (isLarge(count, n, m)) return (t) => 1 - 2 * normal.sf(t / deviation);
  const law: { gap: number; weight: number }[] = [];
  eachCount(count, n, m, (i, weight) => law.push({ gap: Math.abs(i / n - (count - i) / m), weight }));
  const all = law.reduce((total, { weight }) => total + weight, 0);
  return (t) => law.reduce((total, { gap, weight }) => (gap <= t ? total + weight : total), 0) / all;
}

/**
 * Hands the possible counts of a cell on the reference to `visit`, from the most likely one outwards, with weights in
 * proportion to their probabilities, until these no longer matter.
 */
function eachCount(count: number, n: number, m: number, visit: (i: number, weight: number) => void): void {
  const few = Math.min(n, m);
  const many = Math.max(n, m);
  const low = Math.max(0, count - many);
  const high = Math.min(count, few);
  const mode = Math.min(Math.max(Math.floor(((count + 1) * (few + 1)) / (n + m + 2)), low), high);
  const pass = (i: number, weight: number): void => visit(n <= m ? i : count - i, weight);
  let weights = 1;
  pass(mode, 1);
  for (const step of [1, -1]) {
    let weight = 1;
    for (let i = mode; step > 0 ? i < high : i > low; ) {
      // Ratio of neighbouring probabilities of the hypergeometric law.
      weight *= step > 0 ? up(i, count, few, many) : 1 / up(i - 1, count, few, many);
      i += step;
      weights += weight;
      pass(i, weight);
      if (weight < 1e-17 * weights) break;
    }
  }
}

/** P(i + 1) / P(i). */
function up(i: number, count: number, few: number, many: number): number {
  return ((count - i) * (few - i)) / ((i + 1) * (many - count + i + 1));
}
