/**
 * The two-sample Kuiper test. V = D+ + D-, the largest distances of the two distribution functions in both directions, is
 * as sensitive in the tails as in the middle, and does not change when values on a circle are counted from elsewhere.
 *
 * The p-value is Kuiper's series [1] 2 Σ (4 k² z² - 1) e^(-2 k² z²) at z = V (√e + 0.155 + 0.24 / √e), e = n·m / (n + m),
 * Stephens' correction for finite samples [2]. Below z = 0.8 its terms cancel; there Jacobi's transform of it gives the
 * distribution function, √(2π) / z · Σ 2a e^(-a) with a = k² π² / (2 z²).
 *
 * [1] Kuiper: Tests concerning random points on a circle. Proceedings KNAW A 63 (1960).
 * [2] Stephens: Use of the Kolmogorov-Smirnov, Cramér-von Mises and related statistics without extensive tables. Journal
 *     of the Royal Statistical Society B 32 (1970).
 */
import { answerNow, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import { gapsPlan, ratioOf } from "./gap.js";
import { plain } from "./plain.js";

export interface KuiperResult {
  /** V = D+ + D-: the double nearest to it. */
  readonly statistic: number;
  readonly pValue: number;
  /** Where the reference's distribution function is farthest above, in the column's unit; `null` where it never is. */
  readonly above: number | string | null;
  /** Where it is farthest below. */
  readonly below: number | string | null;
  readonly n: number;
  readonly m: number;
}

/**
 * Two-sample Kuiper test of the null hypothesis that `reference` and `current` were drawn from one continuous
 * distribution, against the alternative that they were not. V is exact on every input; the p-value is approximate, and
 * too large with many ties.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted, infinite values keep their rank
 * @returns V in [0, 1], its p-value, and where the distances are attained
 * @throws RangeError when a side has no value, TypeError for text
 * @see Kuiper (1960), Stephens (1970); oracle: mpmath, scipy.stats.ks_2samp for both distances
 */
export function kuiperTest(reference: NumericInput, current: NumericInput): KuiperResult & { missing: MissingOfBoth } {
  return withSides("kuiperTest", reference, current, (x, y) => {
    const result = answerNow(kuiperPlan(), x, y);
    const { n, m } = result;
    if (n === 0 || m === 0) throw new RangeError(`kuiperTest: each side needs at least one value, got ${n} and ${m}`);
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind `kuiperTest`; a side without values gives V = 0 and p = 1. */
export function* kuiperPlan(): Plan<KuiperResult> {
  const { n, m, largest } = yield* gapsPlan([1, -1]);
  const [up, down] = [largest[0]!, largest[1]!];
  const gap = up.gap - down.gap;
  const statistic = gap === 0n ? 0 : ratioOf(gap, n, m);
  const root = Math.sqrt(n > 0 && m > 0 ? 1 / (1 / n + 1 / m) : 1);
  return {
    statistic,
    pValue: kuiperTail(statistic * (root + 0.155 + 0.24 / root)),
    above: plain(up.location),
    below: plain(down.location),
    n,
    m,
  };
}

/** P(√n V > z) in the limit. */
function kuiperTail(z: number): number {
  if (z < 0.8) return 1 - lower(z);
  let sum = 0;
  // From the smallest term to the largest.
  for (let k = 8; k >= 1; k--) {
    const square = (k * z) ** 2;
    sum += (4 * square - 1) * Math.exp(-2 * square);
  }
  return 2 * sum;
}

/** P(√n V ≤ z) in the limit; below 0.8 three terms are enough. */
function lower(z: number): number {
  let sum = 0;
  for (let k = 3; k >= 1; k--) {
    const a = (k * Math.PI) ** 2 / (2 * z * z);
    sum += 2 * a * Math.exp(-a);
  }
  return z > 0.05 ? (Math.sqrt(2 * Math.PI) / z) * sum : 0;
}
