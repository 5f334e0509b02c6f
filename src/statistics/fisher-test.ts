/**
 * Fisher's exact test of a fourfold table: given the margins, the reference's count of a category is hypergeometric when
 * both sides have the same share. Tails of that law are exact at any number of rows (its largest term and the ratios of
 * its neighbours), so nothing is approximate.
 *
 * Two-sided, as R and SciPy have it: the probability of all tables that are at most as probable as the data's; those
 * within a share of 1e-14 of it count as equal, as in SciPy (R: 1e-7), since equal probabilities may be rounded differently.
 */
import { type Alternative, hypergeometric } from "../distributions/index.js";
import { NoncentralHypergeometric } from "../distributions/noncentral-hypergeometric.js";
import type { CategoryInput } from "../source/categories.js";
import type { MissingOfBoth } from "../source/sides.js";
import { cohensH } from "./association.js";
import { oneOf } from "./one-of.js";
import { confidenceLevel, knownOptions } from "./option-checks.js";
import { finite } from "./plain.js";
import { checkCategory, type TwoByTwo, twoByTwo } from "./two-by-two.js";

export interface FisherTestOptions {
  /** `greater`: the category's odds are larger on the reference. `two-sided` if not given. */
  readonly alternative?: Alternative;
  /** Which category; of two that which is last by name (`true`, 1, `yes`) if not given. */
  readonly category?: string;
  /** Of the interval; 0.95 if not given. */
  readonly confidence?: number;
}

export interface FisherOfCounts {
  readonly pValue: number;
  /**
   * The category's odds on the reference over those on the current side, the estimate of R: the ratio under which the
   * reference's count is expected, given the margins. `null` where it is infinite, or there is only one category.
   */
  readonly oddsRatio: number | null;
  /** The same from the counts alone, i (m - j) / (j (n - i)), as SciPy has it. */
  readonly sampleOddsRatio: number | null;
  /** Of the odds ratio, exact as the test is; `null` where there is no upper bound. One-sided for one-sided alternatives. */
  readonly interval: readonly [low: number, high: number | null];
  /** Cohen's h, 2 asin √p - 2 asin √q, in [-π, π]. */
  readonly effect: number;
  readonly status: "ok" | "constant";
}

export interface FisherTestResult extends FisherOfCounts {
  readonly alternative: Alternative;
  readonly confidence: number;
  readonly category: string;
  /** The category's share of each side. */
  readonly shares: { readonly reference: number; readonly current: number };
  readonly n: number;
  readonly m: number;
  readonly missing: MissingOfBoth;
}

/**
 * Fisher's exact test of the null hypothesis that a category is as frequent on `reference` as on `current`, against the
 * alternative that its odds differ, or are larger or smaller on the reference.
 *
 * @param reference, current  text, truth values, numbers with few distinct values, or `{ counts }`; nulls and NaN are left
 *   out and counted
 * @param options.category  needed where there are more than two categories
 * @returns the exact p-value, odds ratios with interval, Cohen's h; with one category the p-value is 1 and the status
 *   `constant`
 * @throws RangeError when a side has no value, for options out of range, and without a category where it is needed
 * @see Fisher (1935); oracle: scipy.stats.fisher_exact, R's fisher.test, mpmath
 */
export function fisherTest(
  reference: CategoryInput,
  current: CategoryInput,
  options: FisherTestOptions = {},
): FisherTestResult {
  knownOptions("fisherTest", options, ["alternative", "category", "confidence"]);
  const { alternative = "two-sided", category, confidence = 0.95 } = options;
  oneOf("fisherTest", "alternative", alternative, ["two-sided", "less", "greater"]);
  confidenceLevel("fisherTest", confidence);
  checkCategory("fisherTest", category);
  const { missing, ...table } = twoByTwo("fisherTest", reference, current, category);
  const { i, n, j, m } = table;
  return {
    ...fisherOf(table, alternative, confidence),
    alternative,
    confidence,
    category: table.category,
    shares: { reference: i / n, current: j / m },
    n,
    m,
    missing,
  };
}

/** The test on counts. */
export function fisherOf(table: TwoByTwo, alternative: Alternative = "two-sided", confidence = 0.95): FisherOfCounts {
  const { i, n, j, m, constant } = table;
  const effect = cohensH(i, n, j, m);
  if (constant) {
    return { pValue: 1, oddsRatio: null, sampleOddsRatio: null, interval: [0, null], effect, status: "constant" };
  }
  const law = new NoncentralHypergeometric({ population: n + m, successes: i + j, draws: n });
  const share = alternative === "two-sided" ? (1 - confidence) / 2 : 1 - confidence;
  const low = alternative === "less" ? 0 : law.lowerBound(i, share);
  const high = alternative === "greater" ? null : finite(law.upperBound(i, share));
  return {
    pValue: fisherPValue(table, alternative),
    oddsRatio: finite(law.estimate(i)),
    sampleOddsRatio: finite((i / j) * ((m - j) / (n - i))),
    interval: [low, high],
    effect,
    status: "ok",
  };
}

/** Probabilities that differ by less than this share are equal. */
const equal = 1e-14;

/** The p-value alone. */
export function fisherPValue({ i, n, j, m }: TwoByTwo, alternative: Alternative = "two-sided"): number {
  const law = [n + m, i + j, n] as const;
  if (alternative === "less") return hypergeometric.cdf(i, ...law);
  if (alternative === "greater") return hypergeometric.sf(i - 1, ...law);
  const [low, high] = [Math.max(0, i + j - m), Math.min(i + j, n)];
  const mode = Math.min(high, Math.max(low, Math.floor((n + 1) * ((i + j + 1) / (n + m + 2)))));
  const log = hypergeometric.logPmf(i, ...law);
  // Where doubles are too coarse for logarithms, the probabilities themselves tell.
  const mass = hypergeometric.pmf(i, ...law);
  const isAsRare = (k: number): boolean =>
    mass > 1e-290
      ? hypergeometric.pmf(k, ...law) <= mass * (1 + equal)
      : hypergeometric.logPmf(k, ...law) <= log + 1e-12;
  if (isAsRare(mode)) return 1;
  // Beyond the mode probabilities fall: the first one there that is as rare as the data's.
  if (i < mode) {
    const first = firstWhere(isAsRare, mode, high);
    return Math.min(1, hypergeometric.cdf(i, ...law) + (first === null ? 0 : hypergeometric.sf(first - 1, ...law)));
  }
  const first = firstWhere((k) => isAsRare(mode + low - k), low, mode);
  const rest = first === null ? 0 : hypergeometric.cdf(mode + low - first, ...law);
  return Math.min(1, hypergeometric.sf(i - 1, ...law) + rest);
}

/** The first whole number from above `low` to `high` for which it holds, `null` where it does not even at `high`. */
function firstWhere(holds: (k: number) => boolean, low: number, high: number): number | null {
  if (!holds(high)) return null;
  let [below, above] = [low, high];
  while (above - below > 1) {
    const middle = below + Math.floor((above - below) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
