/**
 * What is known of all datasets: the series of each one's newest window, of the newest one whose truth is known, and what
 * was counted. Series that the newest window does not have are gone; there are never more than `maximumSeries`.
 */
import type { AlertEvent } from "../monitor/alert-event.js";
import type { WindowResult } from "../monitor/window-result.js";
import { eventTable } from "./event-table.js";
import { type ExportedMetric, noLabels, type Sample } from "./exported-metric.js";
import { type MetricValues, RecordedValues, SeriesBudget } from "./recorded-values.js";
import {
  modelNameOf,
  modelSeries,
  type Series,
  type WindowSeries,
  type WindowSeriesOptions,
  windowSeries,
} from "./window-series.js";

interface Known {
  index: number;
  window: WindowSeries;
  /** Of the whole window and of segments. */
  model: WindowSeries;
  /** Of the window that the model's numbers are of. */
  modelEnd: number;
}

type EventName = (typeof eventTable)[number]["name"];

export class WindowBook {
  readonly #options: WindowSeriesOptions;
  readonly #known = new Map<string, Known>();
  /** Counters and histograms have at most half of all series. */
  readonly #budget: SeriesBudget;
  readonly #events: ReadonlyMap<EventName, RecordedValues>;
  readonly #firing = new Map<string, readonly string[]>();
  #unknown = 0;

  constructor(options: WindowSeriesOptions) {
    this.#options = options;
    this.#budget = new SeriesBudget(Math.floor(options.most / 2));
    this.#events = new Map(eventTable.map((metric) => [metric.name, new RecordedValues(metric, this.#budget)]));
  }

  window(result: WindowResult, alerts: readonly AlertEvent[]): void {
    this.#count(result);
    this.#alerts(alerts);
    const key = JSON.stringify([result.dataset, modelNameOf(result)]);
    const before = this.#known.get(key);
    // A dataset has more than ten series of its own, so nothing of this one would be told.
    if (!before && this.#known.size >= this.#options.most / 10) {
      this.#unknown += 1;
      return;
    }
    const nothing: WindowSeries = { groups: [], beyond: 0 };
    const none: Known = { index: -1, window: nothing, model: nothing, modelEnd: Number.NEGATIVE_INFINITY };
    const known = before ?? none;
    this.#known.set(key, known);
    const newest = result.revision === 1 || known.index < 0 || result.index >= known.index;
    if (newest) {
      known.index = result.index;
      known.window = windowSeries(result, this.#options);
    }
    const model = modelSeries(result, this.#options);
    if (model && (newest || result.end >= known.modelEnd)) {
      known.model = model;
      known.modelEnd = result.end;
    }
  }

  /** Alerts that fire already: they did not begin now. */
  lasting(events: readonly AlertEvent[]): void {
    for (const event of events) this.#fires(event, 0);
  }

  #fires({ id, dataset, model, rule, severity }: AlertEvent, began: number): void {
    if (this.#firing.has(id)) return;
    const labels = [dataset, model ?? "", rule, severity];
    this.#firing.set(id, labels);
    this.#event("smirnov_alerts_total").add(labels, began);
    this.#event("smirnov_alerts_firing").add(labels, 1);
  }

  /** Alerts that began, are told again, or ended. */
  #alerts(events: readonly AlertEvent[]): void {
    for (const event of events) {
      const { id, status } = event;
      const labels = this.#firing.get(id);
      if (status === "firing") this.#fires(event, 1);
      if (status === "resolved" && labels) {
        this.#firing.delete(id);
        this.#event("smirnov_alerts_firing").add(labels, -1);
      }
    }
  }

  read(): MetricValues[] {
    const samples = new Map<ExportedMetric, Sample[]>();
    let left = this.#options.most - this.#budget.taken - 1;
    let dropped = this.#budget.refused + this.#unknown;
    for (const series of this.#inOrder()) {
      if (series.kept && series.list.length <= left) {
        left -= series.list.length;
        for (const [metric, sample] of series.list) {
          const list = samples.get(metric);
          if (list) list.push(sample);
          else samples.set(metric, [sample]);
        }
      } else {
        dropped += series.list.length;
        series.drop();
      }
    }
    for (const { window, model } of this.#known.values()) dropped += window.beyond + model.beyond;
    const events = [...this.#events.values()].filter(({ metric }) => metric.name !== "smirnov_series_dropped");
    const own = this.#event("smirnov_series_dropped").metric;
    samples.set(own, [{ base: noLabels, labels: noLabels, value: dropped }]);
    const listed = [...samples].map(([metric, list]) => ({ metric, samples: () => list, histograms: () => [] }));
    return [...events, ...listed];
  }

  /**
   * Groups of all datasets in turn: first what is told of each dataset, then each one's first column, and so on. Of a
   * dataset of which a group found no place the later ones are left out too.
   */
  *#inOrder(): Generator<{ readonly list: Series; readonly kept: boolean; drop(): void }> {
    const all = [...this.#known.values()].map(({ window, model }) => {
      const [first = [], ...others] = window.groups;
      const [ofModel = [], ...ofSegments] = model.groups;
      return [[...first, ...ofModel], ...others, ...ofSegments];
    });
    const without = new Set<number>();
    const longest = all.reduce((most, { length }) => Math.max(most, length), 0);
    for (let rank = 0; rank < longest; rank++) {
      for (const [index, groups] of all.entries()) {
        const list = groups[rank];
        if (list) yield { list, kept: !without.has(index), drop: () => without.add(index) };
      }
    }
  }

  #count(result: WindowResult): void {
    const labels = [result.dataset, modelNameOf(result)];
    const { status, revision, late, detections, seconds } = result;
    if (status === "compared" || status === "failed")
      this.#event("smirnov_evaluation_seconds").observe(labels, seconds);
    this.#event("smirnov_window_revisions_total").add(labels, revision > 1 ? 1 : 0);
    if (revision > 1) return;
    for (const one of ["compared", "empty", "no-reference", "failed"] as const) {
      this.#event("smirnov_windows_total").add([...labels, one], one === status ? 1 : 0);
    }
    this.#event("smirnov_late_rows_total").add(labels, late);
    for (const { series, detector, status: found } of detections) {
      this.#event("smirnov_detections_total").add([...labels, series, detector, found], 1);
    }
  }

  #event(name: EventName): RecordedValues {
    return this.#events.get(name)!;
  }
}
