/** Labels of everything that a service exports, by the name that PromQL asks for. */
import { collectDefaultMetrics, Registry } from "prom-client";
import { exportedMetrics } from "../../dist/exporters/all-metrics.js";

const registry = new Registry();
collectDefaultMetrics({ register: registry });
const ofProcess = (await registry.getMetricsAsJSON()).map(({ name }) => name);

const labels = new Map<string, readonly string[]>([
  ["up", []],
  // Those of prom-client that are asked for have no labels.
  ...ofProcess.map((name) => [name, []] as const),
]);
for (const { name, type, labels: own } of exportedMetrics) {
  if (type === "histogram") {
    labels.set(`${name}_bucket`, [...own, "le"]);
    for (const suffix of ["sum", "count"]) labels.set(`${name}_${suffix}`, own);
  } else labels.set(name, own);
}

export const labelsOfExported = (name: string) => labels.get(name);
