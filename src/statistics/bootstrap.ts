/**
 * Bootstrap intervals: the middle of what a metric becomes on rows drawn anew, with replacement, as many as there are, moved
 * by how far that lies on one side of the metric itself (Efron's bias-corrected percentiles). Without the correction the
 * average precision, which rows drawn twice make larger, would be covered too rarely.
 *
 * Efron: Nonparametric standard errors and confidence intervals. Canadian Journal of Statistics 9 (1981).
 */
import { normal } from "../distributions/index.js";
import { eachDeal } from "../engine/deal-cells.js";
import type { Range } from "./confusion-intervals.js";

export interface Bootstrap {
  readonly resamples: number;
  readonly seed: number;
  readonly confidence: number;
}

/** Values of several metrics, resample by resample. */
export class Resampled {
  private readonly values: Float64Array;
  private taken = 0;

  constructor(
    private readonly metrics: number,
    private readonly settings: Bootstrap,
  ) {
    this.values = new Float64Array(metrics * settings.resamples);
  }

  /** The metrics of one more resample, NaN where one is not defined. */
  add(metrics: ArrayLike<number>): void {
    for (let k = 0; k < this.metrics; k++) this.values[k * this.settings.resamples + this.taken] = metrics[k]!;
    this.taken++;
  }

  /**
   * Resamples in which the metric is not defined are left out; `null` where all others are equal.
   *
   * @param value the metric itself
   */
  interval(metric: number, value: number): Range | null {
    const { resamples, confidence } = this.settings;
    const from = metric * resamples;
    const all = this.values.slice(from, from + this.taken);
    const sorted = all.filter((drawn) => !Number.isNaN(drawn)).sort();
    if (sorted.length === 0 || Number.isNaN(value)) return null;
    let below = 0;
    for (const drawn of sorted) below += drawn < value ? 1 : drawn === value ? 0.5 : 0;
    const least = 0.5 / sorted.length;
    const bias = normal.quantile(Math.min(Math.max(below / sorted.length, least), 1 - least));
    const z = normal.upperQuantile((1 - confidence) / 2);
    const [low, high] = [-z, z].map((by) => quantileOf(sorted, normal.cdf(2 * bias + by))) as [number, number];
    return low < high ? [low, high] : null;
  }
}

/** Interpolated between the two nearest values. */
function quantileOf(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below]!;
  return low + (sorted[Math.min(below + 1, sorted.length - 1)]! - low) * (place - below);
}

/**
 * Hands `visit` the counts of cells when `total` rows are drawn anew, `times` times, whatever their number at the same cost.
 * Rows are dealt without replacement from so many copies of all that no row is drawn twice from the same copy, but for a
 * share of about rows / 2^51 of the draws.
 */
export function eachResampledTable(
  counts: Float64Array,
  total: number,
  { resamples, seed }: Bootstrap,
  visit: (drawn: Float64Array) => void,
): void {
  const cells = Array.from(counts.keys()).filter((cell) => counts[cell]! > 0);
  const copies = Math.floor(2 ** 52 / total);
  const drawn = new Float64Array(counts.length);
  eachDeal(
    cells.map((cell) => counts[cell]! * copies),
    total,
    resamples,
    seed,
    (first) => {
      for (const [k, cell] of cells.entries()) drawn[cell] = first[k]!;
      visit(drawn);
    },
  );
}
