/** Values of a series within a window, in numbers. */
import type { SeriesSummary } from "./window-result.js";

/** Quantiles are those of type 7, between the two nearest values; of no values everything is `null`. */
export function seriesSummary(values: readonly number[]): SeriesSummary {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  if (count === 0) return { values: 0, mean: null, min: null, max: null, q50: null, q95: null, q99: null };
  const quantile = (p: number): number => {
    const at = (count - 1) * p;
    const below = Math.floor(at);
    const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, count - 1)]!];
    return low + (high - low) * (at - below);
  };
  let mean = 0;
  for (let k = 0; k < count; k++) mean += (sorted[k]! - mean) / (k + 1);
  return {
    values: count,
    mean,
    min: sorted[0]!,
    max: sorted[count - 1]!,
    q50: quantile(0.5),
    q95: quantile(0.95),
    q99: quantile(0.99),
  };
}
