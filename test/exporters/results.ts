/** Results of windows as a monitor tells them, with reports of `compare` on seeded tables. */
import { type CompareOptions, compare, type DriftReport } from "smirnov";
import type { AlertEvent } from "smirnov/alerts";
import type { DriftKindName, WindowResult } from "smirnov/monitor";
import { random } from "../checks/random.ts";

const rows = 300;

/** Orders of which prices, with `shift`, are higher, some amounts missing, and a currency new. */
export function orders(seed: number, shift = 0) {
  const { uniform, normal } = random(seed);
  const indices = Array.from({ length: rows }, (_, index) => index);
  const price = Float64Array.from(indices, () => 20 + 5 * normal() + 5 * shift);
  const late = indices.map((index) => Number(price[index]! + 8 * normal() > 22));
  return {
    price,
    amount: indices.map(() => (uniform() < 0.02 + 0.3 * shift ? null : normal() + shift)),
    currency: indices.map(() => (uniform() < 0.2 * shift ? "CHF" : uniform() < 0.6 ? "EUR" : "USD")),
    country: indices.map((index) => (index % 2 === 0 ? "DE" : "FR")),
    late,
    predicted: late.map((truth) => (uniform() < 0.1 + 0.3 * shift ? 1 - truth : truth)),
  };
}

/** Everything that a report may have. */
export const everything: CompareOptions = {
  quality: true,
  modelQuality: { target: "late", prediction: "predicted" },
  target: "late",
  prediction: "predicted",
  joint: true,
  correlations: true,
  by: "country",
};

export const driftedReport: Promise<DriftReport> = compare(orders(1), orders(2, 1), everything);
export const plainReport: Promise<DriftReport> = compare(orders(1), orders(3));

const kindOf = (kind: DriftKindName) => ({
  kind,
  confidence: 0.97,
  probabilities: { none: 0, instantaneous: 0.97, gradual: 0.03, temporary: 0, periodic: 0 },
  onset: 12,
  width: 0,
  duration: null,
  period: null,
  amplitude: 4,
  windows: 40,
  words: "higher since window 12",
});

export const minute = 60_000;
const begin = Date.UTC(2026, 10, 26, 10);

/** A window of a minute, by its index. */
export function windowOf(report: DriftReport | null, more: Partial<WindowResult> = {}): WindowResult {
  const index = more.index ?? 0;
  const start = begin + index * minute;
  const revision = more.revision ?? 1;
  const dataset = more.dataset ?? "orders";
  const columns = Object.keys(report?.columns ?? {});
  return {
    id: `${dataset}/${new Date(start).toISOString()}/${revision}`,
    dataset,
    model: { name: "late-orders", version: "7" },
    index,
    start,
    end: start + minute,
    revision,
    asOf: start + minute + 2_000,
    rows: report?.rows.current ?? 0,
    late: 3,
    status: report ? "compared" : "empty",
    reason: report ? "" : "no row came",
    reference: { kind: "fixed", rows, windows: null, version: 1, hash: null },
    report,
    modelQuality: report?.modelQuality
      ? { report: report.modelQuality, labelled: 270, coverage: 0.9, asOf: start + minute, revision: 1 }
      : null,
    series: { latency: { values: 40, mean: 12, min: 1, max: 80, q50: 10, q95: 44, q99: null } },
    detections: [
      { series: "latency", detector: "pageHinkley", status: "drift", time: start + 1, values: 900 },
      { series: "price", detector: "adwin", status: "warning", time: start + 2, values: 900 },
    ],
    kinds: Object.fromEntries(columns.map((name) => [name, kindOf(name === "price" ? "instantaneous" : "none")])),
    scores: Object.fromEntries(columns.map((name) => [name, name === "country" ? null : 3.25])),
    hash: null,
    seconds: 0.02,
    ...more,
  };
}

export function alertOf(more: Partial<AlertEvent> = {}): AlertEvent {
  return {
    id: "orders drifts/price/1",
    rule: "orders drifts",
    status: "firing",
    severity: "warning",
    dataset: "orders",
    model: "late-orders",
    subject: "price",
    window: "orders/2026-11-26T10:00:00.000Z/1",
    startsAt: begin,
    endsAt: null,
    summary: "price drifted",
    digest: "price is higher",
    evidence: {},
    ...more,
  };
}
