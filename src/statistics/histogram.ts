/**
 * Histograms as numpy.histogram defines them: bins are half open but the last, which is closed; the edges decide in
 * which bin a value lies.
 */

import { denseOf } from "../engine/dense.js";
import { valuesInPairs } from "../engine/pairs.js";
import { weighBins } from "../engine/weights.js";
import { missingPairs, weightedRows } from "../source/pairs.js";
import { answerNow } from "../source/plan.js";
import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing, Source } from "../source/source.js";
import { denseSource } from "../source/values.js";
import { binCountPlan, type WidthRule, widthRules } from "./bin-rules.js";
import { knownOptions, shown, truthValue } from "./option-checks.js";
import { finite } from "./plain.js";
import { quantilesPlan } from "./quantile.js";

export interface HistogramOptions {
  /**
   * A number of bins of equal width (10 if not given), ascending edges, or a rule: one of NumPy's for the number of bins
   * (`sturges`, `doane`, `scott`, `fd`), or `quantile` for the deciles as edges.
   */
  readonly bins?: number | readonly number[] | Float64Array | WidthRule | "quantile";
  /** Where the first bin begins and the last one ends; the finite values' range if not given. Not with edges or a rule. */
  readonly range?: readonly [low: number, high: number];
  /**
   * One weight a row, of either sign: counts become sums of weights. For a rule every row is one row, whatever its weight
   * (NumPy has no rules for weighted rows).
   */
  readonly weights?: NumericInput;
  /** Also add up the values in each bin. Not with weights: sums are the counts with the values as weights. */
  readonly sums?: boolean;
  /** Also give the density in each bin. */
  readonly density?: boolean;
}

export interface HistogramResult {
  /** One count a bin, or with weights the sum of the weights of its values. */
  readonly counts: number[];
  /** One more than bins, in the column's unit. */
  readonly edges: number[];
  /** Values (or weights of values) below the first edge, -Infinity among them. */
  readonly under: number;
  /** Values (or weights of values) above the last edge, Infinity among them. */
  readonly over: number;
  /** Sum of the values in each bin, where asked for; `null` where it is infinite. */
  readonly sums?: (number | null)[];
  /** Share of the counts inside the bins, over the bin's width, where asked for; `null` where that is no number. */
  readonly density?: (number | null)[];
  /** With weights: `null` counts the rows in which value or weight is null, `nan` those in which else one is NaN. */
  readonly missing: Missing;
}

/**
 * Counts a column's values into bins, or adds up their weights (each sum is rounded once).
 *
 * @param column  numbers; nulls and NaN are left out and counted, what lies outside the bins is counted as under or over
 * @returns counts and edges as plain arrays
 * @throws RangeError for a number of bins below 1 (or, of a rule too, above 2^24), unknown rules, edges that do not
 *   ascend, a range that is empty or not finite, more or fewer weights than rows, and weights whose sums are infinite;
 *   TypeError for text, and for a prepared column with weights, whose rows are in another order
 * @see oracle: numpy.histogram, numpy.histogram_bin_edges
 */
export function histogram(column: NumericInput, options: HistogramOptions = {}): HistogramResult {
  knownOptions("histogram", options, ["bins", "range", "weights", "sums", "density"]);
  const { bins = 10, range, weights, sums = false, density = false } = options;
  checkRule(bins, range);
  truthValue("histogram", "sums", sums);
  truthValue("histogram", "density", density);
  if (weights !== undefined) return weightedHistogram(column, weights, options);
  const passes = (range || Array.isArray(bins)) && !sums ? "one" : "many";
  return withSource(
    "histogram",
    column,
    (source) => {
      const edges = edgesOf(() => source, bins, range);
      const { counts, under, over } = source.bins(edges, isUniform(bins));
      const result = { counts: Array.from(counts), edges: Array.from(edges), under, over, missing: source.missing() };
      return {
        ...result,
        ...(sums && { sums: Array.from(source.binSums(edges).subarray(1, -1), finite) }),
        ...(density && { density: densityOf(counts, edges) }),
      };
    },
    passes,
  );
}

function weightedHistogram(column: NumericInput, weights: NumericInput, options: HistogramOptions): HistogramResult {
  const { bins = 10, range, sums: asked, density } = options;
  if (asked) throw new RangeError("histogram: give weights or ask for sums, not both");
  const [x, w] = weightedRows("histogram", column, weights);
  const edges = edgesOf(() => denseSource(denseOf(valuesInPairs(x, w))), bins, range);
  const { sums, seen } = weighBins(x, w, edges, isUniform(bins));
  const infinite = sums.find((sum) => !Number.isFinite(sum));
  if (infinite !== undefined) {
    throw new RangeError(`histogram: weights and their sums must be finite, got ${infinite} in a bin`);
  }
  const counts = sums.subarray(1, -1);
  return {
    counts: Array.from(counts),
    edges: Array.from(edges),
    under: sums[0]!,
    over: sums[sums.length - 1]!,
    ...(density && { density: densityOf(counts, edges) }),
    missing: missingPairs(seen),
  };
}

function isUniform(bins: HistogramOptions["bins"]): boolean {
  return typeof bins === "number" || isWidthRule(bins);
}

function isWidthRule(bins: HistogramOptions["bins"]): bins is WidthRule {
  return widthRules.some((rule) => rule === bins);
}

const wantedBins = `a number, edges, ${widthRules.join(", ")} or quantile`;

function checkRule(bins: HistogramOptions["bins"], range: HistogramOptions["range"]): void {
  const isPair = range === undefined || (Array.isArray(range) && range.length === 2);
  if (!isPair) throw new TypeError(`histogram: range must be [low, high], got ${shown(range)}`);
  const isList = Array.isArray(bins) || bins instanceof Float64Array;
  if (typeof bins === "number" || (isList && bins.every((edge) => typeof edge === "number"))) return;
  if (typeof bins !== "string") throw new TypeError(`histogram: bins must be ${wantedBins}, got ${shown(bins)}`);
  if (!isWidthRule(bins) && bins !== "quantile") {
    throw new RangeError(`histogram: bins must be ${wantedBins}, got ${shown(bins)}`);
  }
  if (range) throw new RangeError("histogram: give a rule or a range, not both");
}

function edgesOf(
  sourceOf: () => Source,
  bins: NonNullable<HistogramOptions["bins"]>,
  range: HistogramOptions["range"],
): Float64Array {
  if (typeof bins === "object") return checkedEdges(bins, range);
  if (typeof bins === "number" && range) return uniformEdges(bins, range);
  const source = sourceOf();
  if (bins === "quantile") return decileEdges(source);
  const ends = rangeOf(source.moments(4));
  return uniformEdges(typeof bins === "number" ? bins : answerNow(binCountPlan(0, bins), source), ends);
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

function densityOf(counts: Uint32Array | Float64Array, edges: Float64Array): (number | null)[] {
  let inside = 0;
  for (const count of counts) inside += count;
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

function checkedEdges(edges: readonly number[] | Float64Array, range: HistogramOptions["range"]): Float64Array {
  if (range) throw new RangeError("histogram: give edges or a range, not both");
  if (edges.length < 2) throw new RangeError(`histogram: at least two edges are needed, got ${edges.length}`);
  edges.forEach((edge, k) => {
    if (Number.isNaN(edge) || (k > 0 && edge < edges[k - 1]!)) {
      throw new RangeError(`histogram: edges must ascend, got ${edge} at position ${k}`);
    }
  });
  return Float64Array.from(edges);
}
