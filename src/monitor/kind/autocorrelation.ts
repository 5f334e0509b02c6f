/**
 * The autocorrelation φ of scores of unchanged data, from a stretch of them: its posterior under a uniform prior and the exact
 * likelihood of AR(1) given the first score, with mean 0 and variance 1 as null-calibrated scores have (their own where it is
 * larger). That takes the place of correcting the lag-one correlation for small samples: what a short stretch leaves open is
 * averaged over, at the nodes of a Gauss-Hermite rule with the posterior's mean and standard deviation.
 */

/** A φ that is looked at, and how likely it is. */
export interface Node {
  readonly phi: number;
  readonly weight: number;
}

const steps = 196;
/** φ lies within ± this. */
const most = 0.98;
const hermite: readonly (readonly [place: number, weight: number])[] = [
  [-Math.sqrt(3), 1 / 6],
  [0, 2 / 3],
  [Math.sqrt(3), 1 / 6],
];

/** @param reference  scores of unchanged data, oldest first; what is not finite is left out, with the pairs that it is in */
export function autocorrelationNodes(reference: readonly (number | null)[]): readonly Node[] {
  const scores = reference.map((z) => (z === null || !Number.isFinite(z) ? Number.NaN : z));
  const known = scores.filter((z) => !Number.isNaN(z));
  const variance = Math.max(1, known.reduce((sum, z) => sum + z * z, 0) / known.length);
  let pairs = 0;
  let [later, earlier, products] = [0, 0, 0];
  for (const [t, z] of scores.entries()) {
    const before = scores[t - 1] ?? Number.NaN;
    if (Number.isNaN(z * before)) continue;
    pairs++;
    later += (z * z) / variance;
    earlier += (before * before) / variance;
    products += (z * before) / variance;
  }
  const grid = Array.from({ length: steps + 1 }, (_, k) => most * ((2 * k) / steps - 1));
  const logs = grid.map((phi) => {
    const rest = 1 - phi * phi;
    return -(pairs * Math.log(rest) + (later - 2 * phi * products + phi * phi * earlier) / rest) / 2;
  });
  const top = Math.max(...logs);
  const likely = logs.map((log) => Math.exp(log - top));
  const total = likely.reduce((sum, one) => sum + one, 0);
  const mean = grid.reduce((sum, phi, k) => sum + phi * likely[k]!, 0) / total;
  const variation = grid.reduce((sum, phi, k) => sum + (phi - mean) ** 2 * likely[k]!, 0) / total;
  return hermite.map(([place, weight]) => ({
    phi: Math.min(Math.max(mean + place * Math.sqrt(variation), -most), most),
    weight,
  }));
}
