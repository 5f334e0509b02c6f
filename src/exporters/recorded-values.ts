/** Numbers of metrics as they are now: of counters and gauges one for each set of labels, of histograms counts by bound. */
import { type ExportedMetric, type Labels, noLabels, type Sample } from "./exported-metric.js";
import { labelValue } from "./label-value.js";

export interface HistogramSample {
  readonly labels: Labels;
  /** Values up to each bound, not added up; the last is beyond all bounds. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** What an exporter reads of a metric. */
export interface MetricValues {
  readonly metric: ExportedMetric;
  samples(): readonly Sample[];
  /** None unless the metric is a histogram. */
  histograms(): readonly HistogramSample[];
}

/** How many series there may be. What did not fit is counted, up to a thousand sets of labels. */
export class SeriesBudget {
  readonly #most: number;
  readonly #refused = new Set<string>();
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param key of what they are of */
  take(series: number, key: string): boolean {
    if (this.#taken + series <= this.#most) {
      this.#taken += series;
      return true;
    }
    if (this.#refused.size < 1_000) this.#refused.add(key);
    return false;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Sets of labels that were refused. */
  get refused(): number {
    return this.#refused.size;
  }
}

/** Of one metric. Labels are given in the order of the metric's. */
export class RecordedValues implements MetricValues {
  readonly metric: ExportedMetric;
  readonly #samples = new Map<string, { readonly base: Labels; readonly labels: Labels; value: number }>();
  readonly #histograms = new Map<string, { readonly labels: Labels; readonly counts: number[]; sum: number }>();
  readonly #budget: SeriesBudget;

  /** @param budget shared with other metrics; sets of labels beyond it are left out */
  constructor(metric: ExportedMetric, budget: SeriesBudget) {
    this.metric = metric;
    this.#budget = budget;
  }

  set(labels: readonly string[], value: number): void {
    const sample = this.#sample(labels);
    if (sample) sample.value = value;
  }

  add(labels: readonly string[], amount: number): void {
    const sample = this.#sample(labels);
    if (sample) sample.value += amount;
  }

  observe(labels: readonly string[], value: number): void {
    const bounds = this.metric.buckets ?? [];
    const kept = this.#kept(this.#histograms, labels, (named) => ({
      labels: named,
      counts: new Array<number>(bounds.length + 1).fill(0),
      sum: 0,
    }));
    if (!kept) return;
    const index = bounds.findIndex((bound) => value <= bound);
    kept.counts[index < 0 ? bounds.length : index]! += 1;
    kept.sum += value;
  }

  samples(): readonly Sample[] {
    return [...this.#samples.values()];
  }

  histograms(): readonly HistogramSample[] {
    return [...this.#histograms.values()];
  }

  #sample(labels: readonly string[]) {
    return this.#kept(this.#samples, labels, (base) => ({ base, labels: noLabels, value: 0 }));
  }

  #kept<Value>(all: Map<string, Value>, labels: readonly string[], make: (named: Labels) => Value): Value | undefined {
    const key = JSON.stringify(labels);
    const known = all.get(key);
    if (known) return known;
    const { name, type, buckets = [] } = this.metric;
    // Of a histogram: each bucket, that without bound, sum and count.
    const series = type === "histogram" ? buckets.length + 3 : 1;
    if (!this.#budget.take(series, `${name}${key}`)) return undefined;
    const made = make(labelsOf(this.metric, labels));
    all.set(key, made);
    return made;
  }
}

export function labelsOf({ labels }: ExportedMetric, values: readonly string[]): Labels {
  return Object.fromEntries(labels.map((name, index) => [name, labelValue(values[index] ?? "")]));
}
