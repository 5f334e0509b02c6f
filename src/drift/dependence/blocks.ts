/**
 * Rows that depend on their neighbours: by how much the variance of a window's sums exceeds that of independent rows.
 *
 * Sums over all windows of L rows of the reference have V(L) times the variance that independent rows give them. V(L) lacks
 * what rows more than L apart have in common, and of nearer ones a part; 2 V(2M) - V(M) counts lags up to M in full and
 * others up to 2M in part [1]. M is the number of rows after which the autocorrelation stays within chance [2]. Windows
 * of fewer than 2M rows are their own measure, V of their size. Of categories the same is done with X² of each window
 * against the reference's shares, which is what the test on two sides adds up.
 *
 * [1] Politis, Romano: Bias-corrected nonparametric spectral estimation. Journal of Time Series Analysis 16 (1995).
 * [2] Politis: Adaptive bandwidth choice. Journal of Nonparametric Statistics 15 (2003).
 */
import type { Codes, Scores } from "./scores.js";
import { countCodes } from "./scores.js";

/** How the rows of a reference depend on their neighbours. */
export interface BlockDependence {
  /** Rows from which on there is no dependence; 0 without any. */
  readonly reach: number;
  /** Whether the reach is that of the search, not of the rows. */
  readonly open: boolean;
  /** Variance of the sums of a window over that of independent rows, at least 1. */
  readonly inflation: (rows: number) => number;
  /** Degrees of freedom of X² of a window under dependence, over those of independent rows; at most 1. */
  readonly degrees: (rows: number) => number;
}

/** So many autocorrelations in a row must lie within chance. */
const quietLags = 5;
const mostLags = 1000;

/** Of numbers: the direction in which rows depend most. */
export function blocksOfScores(directions: readonly Scores[], given: number | null): BlockDependence {
  const rows = directions[0]?.length ?? 0;
  const found =
    given === null
      ? reachOf((lag) => Math.max(...directions.map((one) => Math.abs(autocorrelation(one, lag)))), rows, 1)
      : null;
  const reach = given ?? found!.reach;
  const of = (window: number): number => Math.max(...directions.map((one) => windowVariance(one, window)));
  return { ...blocks(directions.length === 0 ? 0 : reach, rows, of), open: found?.open ?? false, degrees: () => 1 };
}

/** Of categories: all directions together. */
export function blocksOfCodes(codes: Codes, given: number | null): BlockDependence {
  const rows = codes.length;
  const counts = countCodes(codes);
  const cells = counts.filter((count) => count > 0).length;
  const values = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => count / values);
  const found =
    given === null ? reachOf((lag) => coincidence(codes, shares, lag) / (cells - 1), rows, cells - 1) : null;
  const reach = cells < 2 ? 0 : (given ?? found!.reach);
  const of = (window: number): number => windowChiSquare(codes, shares, window).mean / (cells - 1);
  const long = reach === 0 ? 1 : degreesOf(codes, shares, cells, 2 * reach);
  const degrees = (window: number): number =>
    reach === 0 || window * manyWindows > rows ? long : degreesOfWindows(codes, shares, cells, window);
  return { ...blocks(reach, rows, of), open: found?.open ?? false, degrees };
}

/** From so many windows on their X² itself tells its variance. */
const manyWindows = 100;

/** By two moments of X²; of independent rows they are known. Small windows have rare categories, which vary more. */
function degreesOfWindows(codes: Codes, shares: Float64Array, cells: number, window: number): number {
  const { mean, variance } = windowChiSquare(codes, shares, window);
  const inverses = shares.reduce((sum, share) => (share > 0 ? sum + 1 / share : sum), 0);
  const independent = 2 * (cells - 1) + (inverses - cells * cells - 2 * cells + 2) / window;
  const ratio = ((mean / (cells - 1)) ** 2 * independent) / variance;
  return Number.isFinite(ratio) ? Math.min(1, Math.max(1 / (cells - 1), ratio)) : 1;
}

function blocks(reach: number, rows: number, variance: (window: number) => number) {
  const widest = Math.max(1, Math.min(2 * reach, Math.floor(rows / 4)));
  const half = Math.ceil(widest / 2);
  // What few independent windows leave open is added.
  const doubt = 1 + Math.sqrt((2 * widest) / Math.max(rows, 1));
  const long = reach === 0 ? 1 : Math.max(2 * variance(widest) - variance(half), variance(widest));
  const inflation = (window: number): number => {
    if (reach === 0 || window < 1) return 1;
    return 1 + Math.max(0, (window < widest ? variance(window) : long) * doubt - 1);
  };
  return { reach, inflation };
}

/** Lag up to which autocorrelations exceed chance: the last one before `quietLags` that do not. */
function reachOf(
  correlation: (lag: number) => number,
  rows: number,
  directions: number,
): { readonly reach: number; readonly open: boolean } {
  const limit = 2 * Math.sqrt(Math.log10(Math.max(rows, 10)) / rows / Math.max(directions, 1));
  const last = Math.min(mostLags, Math.floor(rows / 20));
  let reach = 0;
  for (let lag = 1; lag <= last; lag++) {
    if (Math.abs(correlation(lag)) > limit) reach = lag;
    else if (lag - reach >= quietLags) return { reach, open: false };
  }
  return { reach, open: last > 0 && last - reach < quietLags };
}

/** Of scores with mean 0 and variance 1, over pairs of which both are there. */
export function autocorrelation(scores: Scores, lag: number): number {
  let [sum, pairs] = [0, 0];
  for (let row = lag; row < scores.length; row++) {
    const product = scores[row]! * scores[row - lag]!;
    if (Number.isNaN(product)) continue;
    sum += product;
    pairs++;
  }
  return pairs === 0 ? 0 : sum / pairs;
}

/** Sum over the categories of the autocorrelations of their indicators, times what they weigh in X². */
export function coincidence(codes: Codes, shares: Float64Array, lag: number): number {
  let [sum, pairs] = [0, 0];
  for (let row = lag; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0 || codes[row - lag]! < 0) continue;
    pairs++;
    if (code === codes[row - lag]) sum += 1 / shares[code]!;
  }
  return pairs === 0 ? 0 : sum / pairs - 1;
}

/** Mean of the squared sums of all windows over what independent rows would give. */
export function windowVariance(scores: Scores, window: number): number {
  const rows = scores.length;
  if (window > rows) return 1;
  let [sum, count, squares, counts] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const entering = scores[row]!;
    if (!Number.isNaN(entering)) {
      sum += entering;
      count++;
    }
    if (row >= window) {
      const leaving = scores[row - window]!;
      if (!Number.isNaN(leaving)) {
        sum -= leaving;
        count--;
      }
    }
    if (row < window - 1) continue;
    squares += sum * sum;
    counts += count;
  }
  return counts === 0 ? 1 : squares / counts / (1 - window / (rows + 1));
}

/** Mean and variance of X² of all windows against the shares. */
export function windowChiSquare(
  codes: Codes,
  shares: Float64Array,
  window: number,
): { readonly mean: number; readonly variance: number } {
  const rows = codes.length;
  const counts = new Float64Array(shares.length);
  // Σ count² / share
  let [quadratic, count, sum, squares, windows] = [0, 0, 0, 0, 0];
  for (let row = 0; row < Math.max(rows, 0); row++) {
    const entering = codes[row]!;
    if (entering >= 0) {
      quadratic += (2 * counts[entering]! + 1) / shares[entering]!;
      counts[entering]!++;
      count++;
    }
    const leaving = row >= window ? codes[row - window]! : -1;
    if (leaving >= 0) {
      quadratic -= (2 * counts[leaving]! - 1) / shares[leaving]!;
      counts[leaving]!--;
      count--;
    }
    if (row < window - 1 || count === 0) continue;
    const statistic = quadratic / count - count;
    sum += statistic;
    squares += statistic * statistic;
    windows++;
  }
  const mean = sum / windows;
  if (windows === 0) return { mean: 1, variance: 1 };
  return { mean: mean / (1 - window / (rows + 1)), variance: squares / windows - mean * mean };
}

const mostPairs = 2000;

/**
 * tr(S)² / tr(S²) of the covariance S of a window's counts, over K - 1: 1 where all directions depend alike, less where
 * few do most. tr(S²) is the mean square of the products of windows that have nothing to do with each other [3].
 *
 * [3] Rao, Scott: On chi-squared tests for multiway contingency tables with cell proportions estimated from survey data.
 *     Annals of Statistics 12 (1984).
 */
function degreesOf(codes: Codes, shares: Float64Array, cells: number, window: number): number {
  const length = Math.max(1, Math.min(window, Math.floor(codes.length / 8)));
  const windows = Math.floor(codes.length / length);
  const groups = Array.from({ length: windows }, (_, k) => codes.subarray(k * length, (k + 1) * length));
  return degreesOfGroups(groups, shares, cells);
}

/** The same of any groups of rows. */
export function degreesOfGroups(groups: readonly Codes[], shares: Float64Array, cells: number): number {
  if (cells < 3 || groups.length < 8) return 1;
  const tables = groups.map((codes) => {
    const counts = new Map<number, number>();
    for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
    return counts;
  });
  const sizes = tables.map((table) => [...table.values()].reduce((sum, count) => sum + count, 0));
  let trace = 0;
  for (const [k, table] of tables.entries()) {
    let square = 0;
    for (const [code, count] of table) square += (count * count) / shares[code]!;
    trace += square - sizes[k]! ** 2;
  }
  trace /= tables.length;
  const step = Math.floor(tables.length / 2);
  const pairs = Math.min(mostPairs, tables.length * 4);
  let squares = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const one = pair % tables.length;
    const other = (one + step - Math.floor(pair / tables.length)) % tables.length;
    let product = -sizes[one]! * sizes[other]!;
    for (const [code, count] of tables[one]!) product += (count * (tables[other]!.get(code) ?? 0)) / shares[code]!;
    squares += product * product;
  }
  const ratio = (trace * trace) / (squares / pairs) / (cells - 1);
  return Number.isFinite(ratio) ? Math.min(1, Math.max(1 / (cells - 1), ratio)) : 1;
}
