/** The service of the demo. */
import type { ServiceConfig } from "../service/config.js";
import { whatHappens } from "./demo-traffic.js";

export const dataset = "flights";

/**
 * @param reference  file with what the model was trained on
 * @param store  as in the configuration of a service
 */
export function demoConfig(port: number, reference: string, store: string): ServiceConfig {
  return {
    listen: { host: "127.0.0.1", port },
    data: "data",
    store,
    sync: "never",
    limits: { shutdownTimeout: "100ms" },
    datasets: {
      [dataset]: {
        model: { name: "delays", version: "1" },
        reference,
        time: "time",
        // Rows that are typed while the first windows are on their way.
        late: "next",
        window: { duration: "1h" },
        compare: { columns: Object.keys(whatHappens) },
        labels: { id: "id", target: "late", prediction: "predicted", positive: true },
        reports: 100,
        // As long as kinds of drift can be told by: what happened first is seen for more than ten minutes.
        history: 400,
      },
    },
    alerts: [
      {
        name: "a column drifts",
        when: { metric: "drifted", column: "*", eq: true },
        windows: { k: 3, n: 4 },
        clearFor: 2,
      },
      { name: "answers are slow", severity: "info", when: { metric: "series.latency_ms.q95", gt: 250, clear: 200 } },
      {
        name: "the model got worse",
        severity: "critical",
        when: [
          { metric: "accuracy", lt: 0.8, clear: 0.85 },
          { metric: "coverage", gte: 0.5 },
        ],
        for: 2,
      },
    ],
  };
}
