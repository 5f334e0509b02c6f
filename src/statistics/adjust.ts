/**
 * P-values adjusted for how many were looked at. An adjusted value compares with the level one would use for a single
 * test.
 *
 * [1] Holm: A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6 (1979).
 * [2] Benjamini, Hochberg: Controlling the false discovery rate. Journal of the Royal Statistical Society B 57 (1995).
 * [3] Benjamini, Yekutieli: The control of the false discovery rate under dependency. Annals of Statistics 29 (2001).
 */
import { oneOf } from "./one-of.js";
import { shown } from "./option-checks.js";

/** `bonferroni`, `holm`: chance of any false alarm. `bh`: share of false ones among the alarms; `by`: under any dependence. */
export type Correction = (typeof corrections)[number];

export const corrections = ["bonferroni", "holm", "bh", "by"] as const;

/**
 * Adjusts p-values for multiple testing; `null` (not tested) stays `null` and does not count.
 *
 * @returns one adjusted value a p-value, in the same order, at most 1
 * @throws RangeError for a value outside [0, 1] or an unknown correction, TypeError for what is no number
 * @see oracle: scipy.stats.false_discovery_control, R p.adjust
 */
export function adjust(
  pValues: readonly (number | null)[] | Float64Array,
  correction: Correction = "bh",
): (number | null)[] {
  oneOf("adjust", "correction", correction, corrections);
  const order = checked(pValues)
    .map((p, index) => ({ p, index }))
    .filter((entry): entry is { p: number; index: number } => entry.p !== null)
    .sort((one, other) => one.p - other.p);
  const count = order.length;
  const harmonic = order.reduce((sum, _, k) => sum + 1 / (k + 1), 0);
  const adjusted = Array.from<unknown, number | null>(pValues, () => null);
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

function checked(pValues: readonly (number | null)[] | Float64Array): (number | null)[] {
  if (!Array.isArray(pValues) && !(pValues instanceof Float64Array)) {
    throw new TypeError(`adjust: p-values must be an array of numbers, got ${shown(pValues)}`);
  }
  return Array.from(pValues, (p: number | null) => {
    if (p !== null && typeof p !== "number") throw new TypeError(`adjust: a p-value must be a number, got ${shown(p)}`);
    if (p !== null && !(p >= 0 && p <= 1)) throw new RangeError(`adjust: p-values must lie in [0, 1], got ${p}`);
    return p;
  });
}
