/**
 * Histograms as numpy.histogram defines them: bins are half open but the last, which is closed; the edges decide in
 * which bin a value lies.
 */

import { answerNow } from "../source/plan.js";
import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing, Source } from "../source/source.js";
import { binCountPlan, type WidthRule, widthRules } from "./bin-rules.js";
import { finite } from "./plain.js";
import { quantilesPlan } from "./quantile.js";

export interface HistogramOptions {
  /**
   * A number of bins of equal width (10 if not given), ascending edges, or a rule: one of NumPy's for the number of bins
   * (`sturges`, `doane`, `scott`, `fd`), or `quantile` for the deciles as edges.
   */
  readonly bins?: number | readonly number[] | WidthRule | "quantile";
  /** Where the first bin begins and the last one ends; the finite values' range if not given. Not with edges or a rule. */
  readonly range?: readonly [low: number, high: number];
  /** Also add up the values in each bin. */
  readonly sums?: boolean;
  /** Also give the density in each bin. */
  readonly density?: boolean;
}

export interface HistogramResult {
  /** One count a bin. */
  readonly counts: number[];
  /** One more than bins, in the column's unit. */
  readonly edges: number[];
  /** Values below the first edge, -Infinity among them. */
  readonly under: number;
  /** Values above the last edge, Infinity among them. */
  readonly over: number;
  /** Sum of the values in each bin, where asked for. */
  readonly sums?: number[];
  /** Share of the values inside the bins, over the bin's width, where asked for; `null` where that is no number. */
  readonly density?: (number | null)[];
  readonly missing: Missing;
}

/**
 * Counts a column's values into bins.
 *
 * @param column  numbers; nulls and NaN are left out and counted, what lies outside the bins is counted as under or over
 * @returns counts and edges as plain arrays
 * @throws RangeError for a number of bins below 1 (or, of a rule too, above 2^24), unknown rules, edges that do not ascend or a range that is empty or not finite,
 *   TypeError for text
 * @see oracle: numpy.histogram, numpy.histogram_bin_edges
 */
export function histogram(column: NumericInput, options: HistogramOptions = {}): HistogramResult {
  const { bins = 10, range } = options;
  checkRule(bins, range);
  const passes = (range || Array.isArray(bins)) && !options.sums ? "one" : "many";
  return withSource(
    "histogram",
    column,
    (source) => {
      const uniform = typeof bins === "number" || isWidthRule(bins);
      const edges = edgesOf(source, bins, range);
      const { counts, under, over } = source.bins(edges, uniform);
      const result = { counts: Array.from(counts), edges: Array.from(edges), under, over, missing: source.missing() };
      return {
        ...result,
        ...(options.sums && { sums: Array.from(source.binSums(edges).subarray(1, -1)) }),
        ...(options.density && { density: densityOf(counts, edges) }),
      };
    },
    passes,
  );
}

function isWidthRule(bins: HistogramOptions["bins"]): bins is WidthRule {
  return widthRules.some((rule) => rule === bins);
}

function checkRule(bins: HistogramOptions["bins"], range: HistogramOptions["range"]): void {
  if (typeof bins !== "string") return;
  if (!isWidthRule(bins) && bins !== "quantile") {
    throw new RangeError(`histogram: bins must be a number, edges, ${widthRules.join(", ")} or quantile, got ${bins}`);
  }
  if (range) throw new RangeError("histogram: give a rule or a range, not both");
}

function edgesOf(
  source: Source,
  bins: NonNullable<HistogramOptions["bins"]>,
  range: HistogramOptions["range"],
): Float64Array {
  if (bins === "quantile") return decileEdges(source);
  if (isWidthRule(bins)) return uniformEdges(answerNow(binCountPlan(0, bins), source), rangeOf(source.moments(4)));
  return typeof bins === "number" ? uniformEdges(bins, range ?? rangeOf(source.moments(4))) : checkedEdges(bins, range);
}

/** The finite deciles, equal ones once; around a constant one bin, as a number of bins has it. */
function decileEdges(source: Source): Float64Array {
  const found = answerNow(
    quantilesPlan(
      0,
      Array.from({ length: 11 }, (_, k) => k / 10),
    ),
    source,
  );
  const edges = Float64Array.from(new Set((found ?? []).map(Number).filter(Number.isFinite)));
  return edges.length > 1 ? edges : uniformEdges(1, edges.length === 1 ? [edges[0]!, edges[0]!] : [0, 1]);
}

function densityOf(counts: Uint32Array, edges: Float64Array): (number | null)[] {
  const inside = counts.reduce((sum, count) => sum + count, 0);
  return Array.from(counts, (count, k) => finite(count / inside / (edges[k + 1]! - edges[k]!)));
}

/** numpy.linspace: bins + 1 edges over a range. */
export function uniformEdges(bins: number, [low, high]: readonly [number, number]): Float64Array {
  if (!(Number.isInteger(bins) && bins >= 1 && bins <= 2 ** 24)) {
    throw new RangeError(`histogram: bins must be a whole number from 1 to 16777216, got ${bins}`);
  }
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new RangeError(`histogram: range must be finite and ascending, got ${low} to ${high}`);
  }
  const [first, last] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  // high - low may overflow where the edges do not: then everything is halved and doubled again.
  const unit = Number.isFinite(last - first) ? 1 : 2;
  const start = first / unit;
  const whole = last / unit - start;
  const step = whole / bins;
  const edges = new Float64Array(bins + 1);
  for (let k = 0; k < bins; k++) edges[k] = (step === 0 ? (k / bins) * whole + start : k * step + start) * unit;
  edges[bins] = last;
  for (let k = 1; k <= bins; k++) {
    if (edges[k]! < edges[k - 1]! || (edges[k] === edges[k - 1] && first !== last)) {
      throw new RangeError(`histogram: ${bins} bins between ${low} and ${high} are finer than doubles`);
    }
  }
  return edges;
}

function rangeOf({ count, min, max }: { count: number; min: number; max: number }): [number, number] {
  return count > 0 ? [min, max] : [0, 1];
}

function checkedEdges(edges: readonly number[], range: HistogramOptions["range"]): Float64Array {
  if (range) throw new RangeError("histogram: give edges or a range, not both");
  if (edges.length < 2) throw new RangeError(`histogram: at least two edges are needed, got ${edges.length}`);
  edges.forEach((edge, k) => {
    if (Number.isNaN(edge) || (k > 0 && edge < edges[k - 1]!)) {
      throw new RangeError(`histogram: edges must ascend, got ${edge} at position ${k}`);
    }
  });
  return Float64Array.from(edges);
}
