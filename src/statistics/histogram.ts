/**
 * Histograms as numpy.histogram defines them: bins are half open but the last, which is closed; the edges decide in
 * which bin a value lies.
 */

import { type NumericInput, withSource } from "../source/sides.js";
import type { Missing } from "../source/source.js";

export interface HistogramOptions {
  /** A number of bins of equal width (10 if not given), or ascending edges. */
  readonly bins?: number | readonly number[];
  /** Where the first bin begins and the last one ends; the finite values' range if not given. Not with edges. */
  readonly range?: readonly [low: number, high: number];
  /** Also add up the values in each bin. */
  readonly sums?: boolean;
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
  readonly missing: Missing;
}

/**
 * Counts a column's values into bins.
 *
 * @param column  numbers; nulls and NaN are left out and counted, what lies outside the bins is counted as under or over
 * @returns counts and edges as plain arrays
 * @throws RangeError for a number of bins below 1, edges that do not ascend or a range that is empty or not finite,
 *   TypeError for text
 * @see oracle: numpy.histogram
 */
export function histogram(column: NumericInput, options: HistogramOptions = {}): HistogramResult {
  const { bins = 10, range } = options;
  const passes = (range || typeof bins !== "number") && !options.sums ? "one" : "many";
  return withSource(
    "histogram",
    column,
    (source) => {
      const uniform = typeof bins === "number";
      const edges = uniform ? uniformEdges(bins, range ?? rangeOf(source.moments(4))) : checkedEdges(bins, range);
      const { counts, under, over } = source.bins(edges, uniform);
      const result = { counts: Array.from(counts), edges: Array.from(edges), under, over, missing: source.missing() };
      return options.sums ? { ...result, sums: Array.from(source.binSums(edges).subarray(1, -1)) } : result;
    },
    passes,
  );
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
