/** A window's report is looked at by alerts, by the store and by exporters: its metrics are listed once. */
import type { Metric } from "./metric.js";
import { type Measured, metricsOf } from "./metrics-of.js";

const known = new WeakMap<Measured, readonly Metric[]>();

/** As `metricsOf`, but the same list again for the same object, for as long as it is there: neither may be changed. */
export function metricsOnce(result: Measured): readonly Metric[] {
  const before = known.get(result);
  if (before) return before;
  const metrics = metricsOf(result);
  known.set(result, metrics);
  return metrics;
}
