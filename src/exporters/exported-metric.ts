/** What a metric that is exported is, apart from its values. Prometheus, OpenTelemetry, docs/exporters.md and the tests go by these. */

export type MetricType = "gauge" | "counter" | "histogram";

/** As the Unified Code for Units of Measure and OpenTelemetry write them; `1` also for shares. */
export type MetricUnit = "1" | "s" | "By" | `{${string}}`;

export interface ExportedMetric {
  /** Of Prometheus: base units, `_total` of counters, no colons. */
  readonly name: string;
  readonly type: MetricType;
  readonly unit: MetricUnit;
  readonly labels: readonly string[];
  readonly help: string;
  /** Where the number comes from: a field of a window's result, or a name of docs/metrics.md. */
  readonly from: string;
  /** Of a histogram: upper bounds, ascending, without infinity. */
  readonly buckets?: readonly number[];
}

export type Labels = { readonly [label: string]: string };

/** One number of one metric. */
export interface Sample {
  /** The labels that samples of several metrics share, as one object. */
  readonly base: Labels;
  /** Further ones. */
  readonly labels: Labels;
  readonly value: number;
}

export const noLabels: Labels = Object.freeze({});

export function allLabels({ base, labels }: Pick<Sample, "base" | "labels">): Labels {
  return { ...base, ...labels };
}

/** `null`, undefined and what is not finite have no sample; truth is 1 or 0. */
export type Reading = number | boolean | null | undefined;

/** @returns `null` where there is no number */
export function numberOf(reading: Reading): number | null {
  if (typeof reading === "boolean") return reading ? 1 : 0;
  return typeof reading === "number" && Number.isFinite(reading) ? reading : null;
}
