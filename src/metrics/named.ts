/** Metrics before it is known of which segment and column they are. */
import type { Metric, MetricSide, MetricValue } from "./metric.js";

export type Named = Omit<Metric, "segment" | "column">;
type Bounds = readonly [low: number | string, high: number | string];

/** A number that is none has no value. */
export function named(
  side: MetricSide | null,
  metric: string,
  value: MetricValue | undefined,
  { of = null, interval }: { readonly of?: string | null; readonly interval?: Bounds | null | undefined } = {},
): Named {
  const known = value === undefined || (typeof value === "number" && !Number.isFinite(value)) ? null : value;
  return { of, side, metric, value: known, ...(interval && { interval }) };
}

/** Several of one side. */
export function namedAll(
  side: MetricSide | null,
  values: { readonly [metric: string]: MetricValue | undefined },
): Named[] {
  return Object.entries(values).map(([metric, value]) => named(side, metric, value));
}

export function ratio(part: number | null | undefined, whole: number | null | undefined): number | null {
  return part == null || whole == null || whole === 0 ? null : part / whole;
}

/** As metrics of the column of a segment. */
export function placed(rows: readonly Named[], segment: string | null, column: string | null): Metric[] {
  return rows.map(({ of, side, metric, value, ...rest }) => ({ segment, column, of, side, metric, value, ...rest }));
}
