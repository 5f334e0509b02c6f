/**
 * The distances that `permutationTest` knows by name, in a form that is quick to compute again under other labels: the
 * pooled values are put in order once, and each distance is one pass over the labels.
 */
import type { Measure, Pooled } from "../engine/labels.js";
import type { Cells } from "./category-cells.js";
import { cellEnds, centred, type PooledValues, stepsOf, unitOf } from "./pooled-values.js";
import { productGap } from "./product-gap.js";
import type { CellStatistic } from "./resampled-cells.js";

/** `total-variation`: half the sum of the differences of shares, over categories or over bins. */
export type NamedDistance = "wasserstein" | "energy" | "ks" | "mean-difference" | "total-variation";

export const namedDistances = ["wasserstein", "energy", "ks", "mean-difference", "total-variation"] as const;

/** A distance of pooled values. */
export interface LabelledDistance {
  readonly pooled: Pooled;
  readonly measure: Measure;
  /** What the distance is, from what was measured. */
  readonly distanceOf: (measured: number) => number;
  /** What rounding may have done to a distance. */
  readonly tolerance: (distance: number) => number;
}

/** Sums of positive numbers under other labels are equal up to this share of them. */
const rounding = 2 ** -44;
/** Numbers with at most this many distinct values are compared value by value, others in this many bins. */
const fewValues = 20;
const bins = 10;

/** A distance between numbers; `null` where infinite values leave it without a finite value. */
export function distanceOfValues(
  name: Exclude<NamedDistance, "total-variation">,
  values: PooledValues,
): LabelledDistance | null {
  const { labels } = values;
  const n = labels.reduce((sum, label) => sum + label, 0);
  const m = labels.length - n;
  const pooled = { n, m, labels, ends: values.ends, weights: new Float64Array(0) };
  const exact = () => 0;
  const relative = (distance: number) => rounding * distance;
  if (name === "ks") return { pooled, measure: "gap", distanceOf: (gap) => gap / (n * m), tolerance: exact };
  const ends = [values.values[0]!, values.values[labels.length - 1]!];
  if (!ends.every((value) => Number.isFinite(Number(value)))) return null;
  const unit = unitOf(values.values);
  if (name === "mean-difference") {
    const weights = centred(values.values, unit);
    const total = weights.reduce((sum, value) => sum + value, 0);
    const size = weights.reduce((sum, value) => sum + Math.abs(value), 0) / Math.min(n, m);
    const distanceOf = (sum: number) => (sum / n - (total - sum) / m) / unit;
    return { pooled: { ...pooled, weights }, measure: "sum", distanceOf, tolerance: () => (rounding * size) / unit };
  }
  const weights = stepsOf(values.values, unit);
  const of = { pooled: { ...pooled, weights }, tolerance: relative };
  return name === "wasserstein"
    ? { ...of, measure: "area", distanceOf: (area) => area / n / m / unit }
    : { ...of, measure: "squares", distanceOf: (area) => Math.sqrt(2 * area) / Math.sqrt(unit) / n / m };
}

/** Counts of both sides in bins of all values together, or value by value where few differ. */
export function pooledCells(values: PooledValues): Cells {
  const ends = cellEnds(values, fewValues, bins);
  const [reference, current]: [number[], number[]] = [[], []];
  let [i, j] = [0, 0];
  for (let k = 0; k < ends.length; k++) {
    if (values.labels[k] === 1) i++;
    else j++;
    if (ends[k] === 0) continue;
    reference.push(i);
    current.push(j);
    [i, j] = [0, 0];
  }
  return { reference: Float64Array.from(reference), current: Float64Array.from(current) };
}

/** The total variation distance on cells of n and m values. */
export function variationOf(n: number, m: number): CellStatistic {
  const scale = 2 * n * m;
  // Sums of whole numbers as long as doubles hold them.
  const share = scale <= Number.MAX_SAFE_INTEGER ? 0 : rounding;
  return {
    of(reference, current) {
      let total = 0;
      for (let k = 0; k < reference.length; k++) {
        total += Math.abs(productGap(reference[k]!, m, current[k]!, n));
      }
      return total / scale;
    },
    tolerance: (distance) => share * distance,
  };
}
