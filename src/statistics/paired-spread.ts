/**
 * Do both sides of a pair spread alike? If they are exchangeable, the sign of the difference d says nothing about the sum
 * s: where one side spreads more, d grows with s. (Of normal pairs Pitman and Morgan test the correlation of d and s.)
 *
 * T = Σ φ(d) c(s) with bounded scores, so that no tail decides: φ = d / (|d| + median |d|), c of the distance from the
 * median in interquartile ranges likewise, about its mean. Given |d| and s every sign is as likely as its opposite, so T has mean 0 and
 * variance Σ φ² c² whatever the law of the pairs; it is taken for normal.
 *
 * [1] Pitman: A note on normal correlation. Biometrika 31 (1939). [2] Morgan: A test for the significance of the
 *     difference between the two variances in a sample from a normal bivariate population. Biometrika 31 (1939).
 */
import { normal } from "../distributions/index.js";
import { quantiles } from "./quantile.js";

export interface PairedSpread {
  /** T over its standard deviation, positive when the current side spreads more; 0 where nothing can tell. */
  readonly statistic: number;
  readonly pValue: number;
}

/** @param x, y  both sides of each pair; finite or not */
export function pairedSpreadOf(x: Float64Array, y: Float64Array): PairedSpread {
  const differences = x.map((value, k) => y[k]! / 2 - value / 2);
  const sums = x.map((value, k) => y[k]! / 2 + value / 2);
  const usable = differences.every(Number.isFinite) && sums.every(Number.isFinite);
  if (!usable || x.length < 2) return { statistic: 0, pValue: 1 };
  const size = middle(differences.map(Math.abs));
  const [low, centre, high] = quantiles(sums, [0.25, 0.5, 0.75]).values.map(Number) as [number, number, number];
  const scores = sums.map((sum) => bounded(sum - centre, high - low));
  const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
  let [sum, variance] = [0, 0];
  for (let k = 0; k < scores.length; k++) {
    const term = bounded(differences[k]!, size) * (scores[k]! - mean);
    sum += term;
    variance += term * term;
  }
  if (!(variance > 0)) return { statistic: 0, pValue: 1 };
  const statistic = sum / Math.sqrt(variance);
  return { statistic, pValue: Math.min(1, 2 * normal.sf(Math.abs(statistic))) };
}

function middle(values: Float64Array): number {
  return Number(quantiles(values, [0.5]).values[0]);
}

/** In (-1, 1); only the sign where there is no unit. */
function bounded(x: number, unit: number): number {
  return x === 0 ? 0 : x / (Math.abs(x) + unit);
}
