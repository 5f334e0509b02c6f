/**
 * Two proportions: is the share of a category the same on both sides?
 *
 * z = (p - q) / sqrt(s (1 - s) (1/n + 1/m)) with the pooled share s, from the exact gap of the counts. Its tail is that of
 * the survival function, so that 9 or 30 standard errors have all digits. The interval of the difference is Newcombe's
 * hybrid of Wilson's score intervals [1] (his method 10), which keeps its level for small counts and shares near 0 and 1,
 * where the usual one, with the standard error, does not.
 *
 * [1] Newcombe: Interval estimation for the difference between independent proportions. Statistics in Medicine 17 (1998).
 */
import { type Alternative, normal } from "../distributions/index.js";
import type { CategoryInput } from "../source/categories.js";
import type { MissingOfBoth } from "../source/sides.js";
import { cohensH } from "./association.js";
import { oneOf } from "./one-of.js";
import { confidenceLevel, knownOptions } from "./option-checks.js";
import { productGap } from "./product-gap.js";
import { checkCategory, type TwoByTwo, twoByTwo } from "./two-by-two.js";
import { wilson } from "./wilson.js";

export interface ProportionTestOptions {
  /** `greater`: the share is larger on the reference. `two-sided` if not given. */
  readonly alternative?: Alternative;
  /** Whose share; of two categories that which is last by name (`true`, 1, `yes`) if not given. */
  readonly category?: string;
  /** Of the interval; 0.95 if not given. */
  readonly confidence?: number;
}

export interface ProportionOfCounts {
  /** z, positive where the share is larger on the reference; `null` where there is only one category. */
  readonly statistic: number | null;
  readonly pValue: number;
  /** The reference's share less the current side's. */
  readonly difference: number;
  /** Of the difference (Newcombe's hybrid score interval); one-sided for a one-sided alternative. */
  readonly interval: readonly [low: number, high: number];
  /** Cohen's h, 2 asin √p - 2 asin √q, in [-π, π]. */
  readonly effect: number;
  readonly status: "ok" | "constant";
}

export interface ProportionTestResult extends ProportionOfCounts {
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
 * Pooled z test of the null hypothesis that a category has the same share of `reference` and of `current`, against the
 * alternative that it has not, or is larger or smaller on the reference.
 *
 * @param reference, current  text, truth values, numbers with few distinct values, or `{ counts }`; nulls and NaN are left
 *   out and counted
 * @param options.category  needed where there are more than two categories
 * @returns z, p-value, difference with interval, Cohen's h; the normal law is the limit, `fisherTest` is exact
 * @throws RangeError when a side has no value, for options out of range, and without a category where it is needed
 * @see Newcombe (1998); oracle: R's prop.test(correct = FALSE), his examples, the formulas in mpmath
 */
export function proportionTest(
  reference: CategoryInput,
  current: CategoryInput,
  options: ProportionTestOptions = {},
): ProportionTestResult {
  knownOptions("proportionTest", options, ["alternative", "category", "confidence"]);
  const { alternative = "two-sided", category, confidence = 0.95 } = options;
  oneOf("proportionTest", "alternative", alternative, ["two-sided", "less", "greater"]);
  confidenceLevel("proportionTest", confidence);
  checkCategory("proportionTest", category);
  const { missing, ...table } = twoByTwo("proportionTest", reference, current, category);
  const { i, n, j, m } = table;
  return {
    ...proportionOf(table, alternative, confidence),
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
export function proportionOf(
  { i, n, j, m, constant }: TwoByTwo,
  alternative: Alternative = "two-sided",
  confidence = 0.95,
): ProportionOfCounts {
  const gap = productGap(i, m, j, n);
  const difference = gap / n / m;
  const level = alternative === "two-sided" ? (1 - confidence) / 2 : 1 - confidence;
  const z = normal.upperQuantile(level);
  const [first, second] = newcombe(i, n, j, m, difference, Math.abs(z));
  // One-sided bounds that are wanted with less than even confidence lie on the other side of the difference.
  const [low, high] = z < 0 ? [second, first] : [first, second];
  const interval = [alternative === "less" ? -1 : low, alternative === "greater" ? 1 : high] as const;
  const about = { difference, interval, effect: cohensH(i, n, j, m) };
  if (constant) return { statistic: null, pValue: 1, ...about, status: "constant" };
  const [all, counted] = [n + m, i + j];
  const statistic = (gap / Math.sqrt(n * m)) * Math.sqrt(all / counted / (all - counted));
  return { statistic, pValue: tail(statistic, alternative), ...about, status: "ok" };
}

function tail(z: number, alternative: Alternative): number {
  if (alternative === "greater") return normal.sf(z);
  return alternative === "less" ? normal.cdf(z) : Math.min(1, 2 * normal.sf(Math.abs(z)));
}

function newcombe(i: number, n: number, j: number, m: number, difference: number, z: number): [number, number] {
  const before = wilson(i, n, z);
  const after = wilson(j, m, z);
  return [
    Math.max(-1, difference - Math.hypot(before.below, after.above)),
    Math.min(1, difference + Math.hypot(before.above, after.below)),
  ];
}
