/**
 * The number of successes among independent trials with probabilities of their own. Exact for up to 2000 trials whose
 * outcome is open, by adding one trial after the other; beyond that the normal law with a correction for skewness
 * (Cornish and Fisher), whose error is of the order of one over the number of trials.
 *
 * [1] Hong: On computing the distribution function for the Poisson binomial distribution. Computational Statistics and
 *     Data Analysis 59 (2013).
 */
import { normal } from "../distributions/index.js";

/** Up to so many open trials the law is exact: 2 million additions. */
const mostExact = 2000;

export interface Successes {
  readonly mean: number;
  readonly variance: number;
  /** The smallest range of counts with at most half of `1 - confidence` below and above it. */
  readonly interval: readonly [low: number, high: number];
  readonly exact: boolean;
}

/** @param probabilities in [0, 1] */
export function successes(probabilities: Float64Array, confidence: number): Successes {
  let [mean, variance, third, certain] = [0, 0, 0, 0];
  for (const p of probabilities) {
    mean += p;
    variance += p * (1 - p);
    third += p * (1 - p) * (1 - 2 * p);
    if (p === 1) certain++;
  }
  const open = probabilities.filter((p) => p > 0 && p < 1);
  const tail = (1 - confidence) / 2;
  if (open.length > mostExact) {
    const z = normal.upperQuantile(tail);
    const shift = (third / variance / 6) * (z * z - 1);
    const width = z * Math.sqrt(variance);
    const within = (count: number) => Math.min(Math.max(count, certain), certain + open.length);
    const interval = [within(mean + shift - width), within(mean + shift + width)] as const;
    return { mean, variance, interval, exact: false };
  }
  const law = lawOf(open);
  const [low, high] = [firstAbove(law, tail), law.length - 1 - firstAbove(law.slice().reverse(), tail)];
  return { mean, variance, interval: [certain + low, certain + high], exact: true };
}

/** The probability of 0, 1, … successes. */
function lawOf(open: Float64Array): Float64Array {
  const law = new Float64Array(open.length + 1);
  law[0] = 1;
  open.forEach((p, trials) => {
    for (let k = trials + 1; k > 0; k--) law[k] = law[k]! * (1 - p) + law[k - 1]! * p;
    law[0]! *= 1 - p;
  });
  return law;
}

/** The first count whose distribution function exceeds `tail`. */
function firstAbove(law: Float64Array, tail: number): number {
  let sum = 0;
  for (let k = 0; k < law.length; k++) {
    sum += law[k]!;
    if (sum > tail) return k;
  }
  return law.length - 1;
}
