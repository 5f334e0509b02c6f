/** Values of a series within a window, in numbers. */
import { moments } from "../statistics/moments.js";
import { quantiles } from "../statistics/quantile.js";
import type { SeriesSummary } from "./window-result.js";

/**
 * Quantiles are those of type 7, exactly; of no values everything is `null`.
 *
 * @param values  finite ones
 */
export function seriesSummary(values: readonly number[]): SeriesSummary {
  const column = Float64Array.from(values);
  const [min, q50, q95, q99, max] = quantiles(column, [0, 0.5, 0.95, 0.99, 1]).values as readonly (number | null)[];
  const { mean } = moments(column);
  return { values: column.length, mean, min: min!, max: max!, q50: q50!, q95: q95!, q99: q99! };
}
