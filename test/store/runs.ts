/** Runs for tests. */
import type { AlertEvent } from "../../dist/monitor/alert-event.js";
import type { KindRecord, MetricRecord, RunRecord } from "../../dist/store/metric-store.js";

export const hour = 3_600_000;
export const start = Date.UTC(2026, 10, 26, 10);

export function metric(fields: Partial<MetricRecord> = {}): MetricRecord {
  return {
    ...{ column: "price", segment: null, of: null, side: null, name: "drift", method: "anderson-darling", value: 3.25 },
    ...{ pValue: 0.001, effect: 0.2, threshold: 0.1, severity: "drift", status: "ok", n: 1000 },
    ...fields,
  };
}

export function kind(fields: Partial<KindRecord> = {}): KindRecord {
  return {
    ...{ column: "price", kind: "gradual", confidence: 0.9, onset: 12, width: 5.5, duration: null, period: null },
    amplitude: 3.1,
    ...fields,
  };
}

export function alert(fields: Partial<AlertEvent> = {}): AlertEvent {
  return {
    ...{ id: "orders/drift/price/0", rule: "drift", status: "firing", severity: "warning", dataset: "orders" },
    ...{ model: null, subject: "price", window: "orders/0", startsAt: start, endsAt: null },
    ...{ summary: "price drifts", digest: "More.", evidence: { score: 3.5, method: "ks", exact: true, none: null } },
    ...fields,
  };
}

/** The window of an hour, `index` hours after `start`. */
export function run(index: number, fields: Partial<RunRecord> = {}): RunRecord {
  const { revision = 1, dataset = "orders" } = fields;
  const windowStart = start + index * hour;
  return {
    id: `${dataset}/${new Date(windowStart).toISOString()}/${revision}`,
    dataset,
    ...{ model: "prices", modelVersion: "3.1", windowStart, windowEnd: windowStart + hour, revision },
    ...{ asOf: windowStart + hour + 1234, rows: 1000 + index, late: 2, status: "compared", reason: "1 of 1 drifted" },
    ...{ referenceHash: "0123456789abcdef", dataHash: null, configHash: "c".repeat(64), codeVersion: "0.1.0" },
    ...{ seconds: 0.25, drifted: true, driftedShare: 1 },
    ...{ metrics: [metric({ value: index })], kinds: [], alerts: [] },
    ...fields,
  };
}

/** Without what is kept in tables of their own. */
export function headOf({ metrics: _m, kinds: _k, alerts: _a, ...head }: RunRecord) {
  return head;
}
