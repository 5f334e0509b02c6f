/**
 * The distances that `permutationTest` knows by name, in a form that is quick to compute again under other labels: the
 * pooled values are put in order once, and each distance is one pass over the labels.
 */
import type { Measure, Pooled } from "../engine/labels.js";
import type { Cells } from "./category-cells.js";
import { cellEnds, centred, type PooledValues, stepsOf, unitOf } from "./pooled-values.js";

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
export function distanceOfValues(name: NamedDistance, values: PooledValues): LabelledDistance | null {
  const { labels } = values;
  const n = labels.reduce((sum, label) => sum + label, 0);
  const m = labels.length - n;
  const pooled = { n, m, labels, ends: values.ends, weights: new Float64Array(0) };
  const exact = () => 0;
  const relative = (distance: number) => rounding * distance;
  if (name === "ks") return { pooled, measure: "gap", distanceOf: (gap) => gap / (n * m), tolerance: exact };
  if (name === "total-variation") {
    return ofCells({ ...pooled, ends: cellEnds(values, fewValues, bins) });
  }
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

/** Each value has a label of its own. */
const mostLabels = 2 ** 31;

/** The total variation distance between categories. @throws RangeError for counts of more values than can be dealt */
export function distanceOfCells({ reference, current }: Cells): LabelledDistance {
  const [n, m] = [reference, current].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [
    number,
    number,
  ];
  if (n + m > mostLabels) {
    throw new RangeError(`permutationTest: at most ${mostLabels} values can be dealt to sides, got ${n + m}`);
  }
  const labels = new Uint8Array(n + m);
  const ends = new Uint8Array(n + m);
  let place = 0;
  reference.forEach((count, cell) => {
    labels.fill(1, place, place + count);
    place += count + current[cell]!;
    if (place > 0) ends[place - 1] = 1;
  });
  return ofCells({ n, m, labels, ends, weights: new Float64Array(0) });
}

function ofCells(pooled: Pooled): LabelledDistance {
  const { n, m } = pooled;
  return { pooled, measure: "cells", distanceOf: (sum) => sum / (2 * n * m), tolerance: () => 0 };
}
