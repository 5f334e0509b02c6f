/**
 * Homogeneity of a 2 × K table by the power divergences of Cressie and Read [1]: with observed counts O and those E that
 * are expected from the margins, 2 / (λ(λ + 1)) · sum of O ((O/E)^λ - 1). λ = 1 is Pearson's X², 0 the likelihood ratio G.
 *
 * All members have the chi-square law in the limit; with small expected counts none has. The p-value is from the gamma
 * law with the mean and variance that the statistic itself has over all ways to deal the rows to the sides. The mean is
 * exact, from each cell's hypergeometric law. The dealt counts are binomial ones under the condition that they add up to
 * n; the variance of the sum is then about Σ Var f - (Σ Cov(f, i))² / Σ Var i with the binomial laws [2]. For X² the
 * variance is known exactly, and the error of the approximation for it corrects the others: λ = 1 is `chiSquareTest`. Where
 * most categories have a single row, the number of those on a side has its exact law (single-rows.ts).
 *
 * For λ ≤ -1 an empty cell makes the statistic infinite. Where every expected count is at least 10 that has no
 * probability to speak of, and the moments are those of cells that are not empty; else the p-value is that of X².
 *
 * [1] Cressie, Read: Multinomial goodness-of-fit tests. Journal of the Royal Statistical Society B 46 (1984).
 * [2] Holst: Two conditional limit theorems with applications. Annals of Statistics 7 (1979).
 */
import { type Cells, sum } from "./category-cells.js";
import { cellDeviance, divergenceOf } from "./deviance.js";
import { momentsOf, pearsonOf, totalsOf } from "./pearson.js";
import { tableP } from "./single-rows.js";

/** What a table says under one λ. */
export interface PowerDivergenceOfCells {
  /** `null` where it is infinite. */
  readonly statistic: number | null;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /**
   * `gamma`: the statistic's own matched law. `pearson`: the law of X², where the statistic is infinite or would often be.
   */
  readonly method: "gamma" | "pearson";
  /** `constant`: there is only one category. `infinite`: λ ≤ -1 and a cell is empty on one side. */
  readonly status: "ok" | "constant" | "infinite";
  readonly n: number;
  readonly m: number;
}

const enoughExpected = 10;

/** The test on counts of both sides in the same cells; cells that are empty on both sides do not count. */
export function powerDivergenceOf(cells: Cells, lambda: number): PowerDivergenceOfCells {
  const n = sum(cells.reference);
  const m = sum(cells.current);
  const totals = totalsOf(cells.reference, cells.current);
  if (totals.length < 2 || n === 0 || m === 0) {
    return { statistic: 0, degreesOfFreedom: 0, pValue: 1, method: "gamma", status: "constant", n, m };
  }
  const degreesOfFreedom = totals.length - 1;
  const found = divergenceOf(cells, n, m, lambda);
  const statistic = Number.isFinite(found) ? found : null;
  const least = (totals.reduce((least, count) => Math.min(least, count)) * Math.min(n, m)) / (n + m);
  const status = statistic === null ? "infinite" : "ok";
  if (statistic === null || (lambda <= -1 && least < enoughExpected)) {
    const pValue = tableP(pearsonOf(cells.reference, cells.current, n, m), totals, n, m, 1, momentsOf);
    return { statistic, degreesOfFreedom, pValue, method: "pearson", status, n, m };
  }
  const moments = (of: readonly number[], before: number, after: number) => powerMoments(of, before, after, lambda);
  const pValue = tableP(statistic, totals, n, m, lambda, moments);
  return { statistic, degreesOfFreedom, pValue, method: "gamma", status, n, m };
}

/** Mean and variance of the statistic over all ways to deal rows, given the cells' totals. */
export function powerMoments(
  totals: readonly number[],
  n: number,
  m: number,
  lambda: number,
): { mean: number; variance: number } {
  const known = new Map<number, CellMoments>();
  let [mean, variance, covariance, pearsonVariance, pearsonCovariance, spread] = [0, 0, 0, 0, 0, 0];
  const share = n / (n + m);
  for (let k = 0; k < totals.length; k++) {
    const count = totals[k]!;
    let cell = known.get(count);
    if (cell === undefined) {
      cell = cellMoments(count, n, m, lambda);
      known.set(count, cell);
    }
    mean += cell.mean;
    variance += cell.variance;
    covariance += cell.covariance;
    // X²'s own by the same formula, in closed form.
    const binomial = count * share * (1 - share);
    pearsonVariance += 2 + (1 - 6 * share * (1 - share)) / binomial;
    pearsonCovariance += 1 - 2 * share;
    spread += binomial;
  }
  const approximate = variance - covariance ** 2 / spread;
  const pearson = pearsonVariance - pearsonCovariance ** 2 / spread;
  const exact = momentsOf(totals, n, m).variance;
  const corrected = pearson > 0 ? approximate * (exact / pearson) : 0;
  return { mean, variance: corrected > 1e-12 * mean * mean ? corrected : 0 };
}

/** From the first four moments of the binomial law. */
function ofMany(count: number, share: number, all: number, lambda: number): CellMoments {
  const rest = 1 - share;
  const [before, after] = [count * share, count * rest];
  const binomial = count * share * rest;
  const third = ((lambda - 1) / 3) * (rest - share) * binomial * (1 / before ** 2 - 1 / after ** 2);
  const fourth = ((lambda - 1) / 3) * ((lambda - 2) / 4) * 3 * binomial ** 2 * (1 / before ** 3 + 1 / after ** 3);
  return {
    mean: ((1 + third + fourth) * (all - count)) / (all - 1),
    variance: 2 + (1 - 6 * share * rest) / binomial,
    covariance: lambda * (rest - share),
  };
}

interface CellMoments {
  /** Under the hypergeometric law of the cell's count on the reference. */
  readonly mean: number;
  /** Under the binomial law, as is the covariance with the count. */
  readonly variance: number;
  readonly covariance: number;
}

/** From this expected count on, on both sides, two terms of the series of h do. */
const manyExpected = 500;

function cellMoments(count: number, n: number, m: number, lambda: number): CellMoments {
  const share = n / (n + m);
  const centre = count * share;
  if (Math.min(centre, count - centre) > manyExpected) return ofMany(count, share, n + m, lambda);
  const [low, high] = [Math.max(0, count - m), Math.min(count, n)];
  const start = Math.min(Math.max(Math.floor(centre), low), high);
  const sums = new WeightedSums();
  for (const step of [1, -1]) {
    let [dealt, drawn] = [1, 1];
    for (let i = start; ; i += step) {
      if (step > 0 || i < start) sums.add(i - centre, cellDeviance(i, count, n, m, lambda), dealt, drawn);
      if (i === (step > 0 ? count : 0) || (dealt < 1e-18 && drawn < 1e-18)) break;
      if (step > 0) {
        dealt *= i < high ? ((count - i) / (i + 1)) * ((n - i) / (m - count + i + 1)) : 0;
        drawn *= ((count - i) / (i + 1)) * (share / (1 - share));
      } else {
        dealt *= i > low ? (i / (count - i + 1)) * ((m - count + i) / (n - i + 1)) : 0;
        drawn *= (i / (count - i + 1)) * ((1 - share) / share);
      }
    }
  }
  return sums.moments();
}

/** Sums of a cell's terms under two laws; where a term is infinite it is left out of both. */
class WeightedSums {
  #dealt = 0;
  #drawn = 0;
  #mean = 0;
  #first = 0;
  #square = 0;
  #count = 0;
  #product = 0;

  add(count: number, term: number, dealt: number, drawn: number): void {
    if (!Number.isFinite(term)) return;
    this.#dealt += dealt;
    this.#mean += dealt * term;
    this.#drawn += drawn;
    this.#first += drawn * term;
    this.#square += drawn * term * term;
    this.#count += drawn * count;
    this.#product += drawn * term * count;
  }

  moments(): CellMoments {
    const first = this.#first / this.#drawn;
    return {
      mean: this.#mean / this.#dealt,
      variance: this.#square / this.#drawn - first * first,
      covariance: this.#product / this.#drawn - (first * this.#count) / this.#drawn,
    };
  }
}
