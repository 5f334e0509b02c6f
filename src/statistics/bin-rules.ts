/**
 * How many bins of equal width suit a column, as numpy.histogram_bin_edges decides: each rule gives a width, and as many
 * bins are taken as cover the range.
 *
 * [1] Sturges: The choice of a class interval. JASA 21 (1926).
 * [2] Doane: Aesthetic frequency classifications. The American Statistician 30 (1976).
 * [3] Scott: On optimal and data-based histograms. Biometrika 66 (1979).
 * [4] Freedman, Diaconis: On the histogram as a density estimator: L2 theory. Zeitschrift für
 *     Wahrscheinlichkeitstheorie und verwandte Gebiete 57 (1981).
 */
import { one, type Plan, type Side } from "../source/plan.js";
import type { Moments } from "../source/source.js";
import { timesPower } from "./moments.js";
import { quantilesPlan } from "./quantile.js";

/** `sturges` and `doane` suit normal data (`doane` skewed data too), `scott` and `fd` also long columns and heavy tails. */
export type WidthRule = "sturges" | "doane" | "scott" | "fd";

export const widthRules: readonly WidthRule[] = ["sturges", "doane", "scott", "fd"];

/** The number of bins that a rule asks for over the range of one side's finite values; 1 for a constant or no value. */
export function* binCountPlan(side: Side, rule: WidthRule): Plan<number> {
  const moments = yield* one(side, "moments", 4);
  const { count, min, max } = moments;
  if (!(min < max)) return 1;
  // Halves: the range of huge values may be no double.
  const range = max / 2 - min / 2;
  const width = rule === "fd" ? 2 * (yield* halfIqr(side)) * count ** (-1 / 3) : widthOf(rule, moments, range);
  return width > 0 && Number.isFinite(width) ? Math.ceil(range / width) : 1;
}

function widthOf(rule: Exclude<WidthRule, "fd">, { count, m2, m3, exponent }: Moments, range: number): number {
  if (rule === "sturges") return range / (Math.log2(count) + 1);
  if (rule === "scott") {
    const deviation = timesPower(Math.sqrt(m2 / count) / 2, exponent);
    return ((24 * Math.sqrt(Math.PI)) / count) ** (1 / 3) * deviation;
  }
  if (count < 3 || m2 === 0) return 0;
  const spread = Math.sqrt((6 * (count - 2)) / ((count + 1) * (count + 3)));
  const skewness = (Math.sqrt(count) * (m3 / m2)) / Math.sqrt(m2);
  return range / (1 + Math.log2(count) + Math.log2(1 + Math.abs(skewness) / spread));
}

function* halfIqr(side: Side): Plan<number> {
  const found = yield* quantilesPlan(side, [0.25, 0.75]);
  return found ? Number(found[1]) / 2 - Number(found[0]) / 2 : 0;
}
