/** Windows as monitors tell them, made by hand around one real report. */
import { compare } from "smirnov";
import type { ColumnReport, DriftReport } from "../../src/drift/report.ts";
import type { AlertEvent } from "../../src/monitor/alert-event.ts";
import type { WindowResult } from "../../src/monitor/window-result.ts";

export const hour = 3_600_000;
export const firstStart = Date.UTC(2026, 10, 26);

const size = 400;
const values = (shift: number, factor: number) =>
  Float64Array.from({ length: size }, (_, k) => ((k * factor) % 97) / 97 + shift);
const letters = (seed: number) => Array.from({ length: size }, (_, k) => "abcd"[(k * seed) % 4]!);

/** Of columns `amount`, which drifted, and `age` and `country`, which did not. */
export const report: DriftReport = await compare(
  { amount: values(0, 31), age: values(0, 17), country: letters(3) },
  { amount: values(0.5, 29), age: values(0, 19), country: letters(5) },
  { quality: true },
);

/** The report with other columns: those that are named, of which some drifted, and some have other facts. */
export function reportOf(columns: { readonly [name: string]: Partial<ColumnReport> }): DriftReport {
  const all = Object.entries(columns).map(([name, changes]) => {
    const base = changes.drifted ? report.columns.amount! : report.columns.age!;
    return [name, { ...base, ...changes, column: name }] as const;
  });
  const drifted = all.filter(([, one]) => one.drifted).length;
  const { quality: _, ...rest } = report;
  return {
    ...rest,
    columns: Object.fromEntries(all),
    dataset: {
      ...report.dataset,
      ...{ drifted: drifted > 0, share: all.length === 0 ? null : drifted / all.length },
      ...{ columns: all.length, judged: all.length, driftedColumns: drifted, possibleColumns: 0 },
    },
  };
}

export function windowOf(changes: Partial<WindowResult> & { readonly index: number }): WindowResult {
  const { index, revision = 1, dataset = "orders" } = changes;
  const start = firstStart + index * hour;
  return {
    id: `${dataset}/${new Date(start).toISOString()}/${revision}`,
    ...{ dataset, model: { name: "credit", version: "3" }, start, end: start + hour, revision, asOf: start + hour },
    ...{ rows: size, late: 0, status: "compared", reason: "", report },
    reference: { kind: "fixed", rows: size, windows: null, version: 1, hash: null },
    ...{ modelQuality: null, series: {}, detections: [], kinds: {}, scores: {}, hash: null, seconds: 0.01 },
    ...changes,
  };
}

export const seriesOf = (value: number | null) => ({
  values: value === null ? 0 : 10,
  ...{ mean: value, min: value, max: value, q50: value, q95: value, q99: value },
});

/** A window of which only a series is told; `null`: the window cannot tell. */
export const latency = (index: number, value: number | null, changes: Partial<WindowResult> = {}) =>
  windowOf({ index, report: null, status: "no-reference", series: { latency: seriesOf(value) }, ...changes });

/** `firing amount` */
export const told = (events: readonly AlertEvent[]) =>
  events.map(({ status, subject }) => `${status} ${subject ?? "all"}`);
