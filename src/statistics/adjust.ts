/**
 * P-values adjusted for how many were looked at. An adjusted value compares with the level one would use for a single
 * test.
 *
 * [1] Holm: A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6 (1979).
 * [2] Benjamini, Hochberg: Controlling the false discovery rate. Journal of the Royal Statistical Society B 57 (1995).
 * [3] Benjamini, Yekutieli: The control of the false discovery rate under dependency. Annals of Statistics 29 (2001).
 */
import { oneOf } from "./one-of.js";

/** `bonferroni`, `holm`: chance of any false alarm. `bh`: share of false ones among the alarms; `by`: under any dependence. */
export type Correction = (typeof corrections)[number];

export const corrections = ["bonferroni", "holm", "bh", "by"] as const;

/**
 * Adjusts p-values for multiple testing; `null` (not tested) stays `null` and does not count.
 *
 * @returns one adjusted value a p-value, in the same order, at most 1
 * @throws RangeError for a value outside [0, 1] or an unknown correction
 * @see oracle: scipy.stats.false_discovery_control, R p.adjust
 */
export function adjust(pValues: readonly (number | null)[], correction: Correction = "bh"): (number | null)[] {
  oneOf("adjust", "correction", correction, corrections);
  const order = pValues
    .map((p, index) => ({ p, index }))
    .filter((entry): entry is { p: number; index: number } => entry.p !== null)
    .sort((one, other) => one.p - other.p);
  const count = order.length;
  for (const { p } of order) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`adjust: p-values must lie in [0, 1], got ${p}`);
  }
  const harmonic = order.reduce((sum, _, k) => sum + 1 / (k + 1), 0);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let bound = correction === "holm" ? 0 : 1;
  for (let step = 0; step < count; step++) {
    // Holm steps down from the smallest p-value, the false discovery rates step up from the largest.
    const rank = correction === "holm" ? step : count - 1 - step;
    const { p, index } = order[rank]!;
    if (correction === "bonferroni") bound = Math.min(1, p * count);
    else if (correction === "holm") bound = Math.min(1, Math.max(bound, p * (count - rank)));
    else bound = Math.min(bound, ((p * count) / (rank + 1)) * (correction === "by" ? harmonic : 1));
    adjusted[index] = bound;
  }
  return adjusted;
}
