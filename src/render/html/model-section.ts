/** How well the model did on both sides, and what changed. */
import { modelMetrics } from "../../drift/model-metrics.js";
import type { ModelQualityReport } from "../../drift/model-quality-report.js";
import type { DriftReport } from "../../drift/report.js";
import type { RankingMetrics } from "../../statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../../statistics/regression-metrics.js";
import { methodMeaning } from "../names.js";
import { counted, pValueText } from "../numbers.js";
import { classificationMarkup } from "./classification.js";
import { figure, percentage } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type MetricRow, metricTable } from "./metric-table.js";
import { prose, sentence } from "./prose.js";

/** One task's figures; `null` where a side has no rows with a known target. */
export interface BothMetrics<M> {
  readonly reference: M | null;
  readonly current: M | null;
}

export function modelSection({ modelQuality: model }: DriftReport): Markup {
  if (!model) return nothing;
  const { task, target, words, reference, current, confidence } = model;
  const rows = [reference, current].map((side) => figure(side?.rows ?? 0));
  return html`<section id="model" aria-labelledby="model-title"><h2 id="model-title">Model quality</h2><p class="lead">${prose(
    sentence(words),
    600,
  )}</p><p>${task[0]!.toUpperCase()}${task.slice(1)} of ${named(target, 60)}, on ${rows[0]!} reference and ${rows[1]!} current rows. Intervals hold the true value with a confidence of ${percentage(
    confidence,
  )}.</p>${metricTable("Metrics", rowsOf(model))}${details(model)}</section>`;
}

function rowsOf({ reference, current, differences, worse }: ModelQualityReport): MetricRow[] {
  const [before, after] = [reference, current].map((side) => (side ? modelMetrics(side) : []));
  const words = new Map([...before!, ...after!].map((metric) => [metric.name, metric.words]));
  const of = (side: typeof before, name: string) => side!.find((metric) => metric.name === name)?.estimate ?? null;
  return Array.from(words, ([name, label]) => ({
    label: label[0]!.toUpperCase() + label.slice(1),
    reference: of(before, name),
    current: of(after, name),
    difference: Object.hasOwn(differences, name) ? differences[name]! : null,
    worse: worse.includes(name),
  }));
}

function details(model: ModelQualityReport): Markup {
  switch (model.task) {
    case "classification":
      return classificationMarkup(model);
    case "regression":
      return regressionMarkup(model);
    case "ranking":
      return rankingMarkup(model);
  }
}

function regressionMarkup({ reference, current }: BothMetrics<RegressionMetrics>): Markup {
  const sides = [reference, current] as const;
  const probabilities = (reference ?? current)?.errorQuantiles.map(({ probability }) => probability) ?? [];
  const at = (side: RegressionMetrics, wanted: number) =>
    side.errorQuantiles.find(({ probability }) => probability === wanted)?.value ?? null;
  const lines: readonly (readonly [string, (side: RegressionMetrics) => string])[] = [
    ["Largest absolute error", (side) => figure(side.maximumError)],
    ["Standard deviation", (side) => figure(side.errorStandardDeviation)],
    ...probabilities.map(
      (wanted) => [percentage(wanted), (side: RegressionMetrics) => figure(at(side, wanted))] as const,
    ),
    ["Normal law, p", (side) => `${pValueText(side.normality.pValue)} (${methodMeaning(side.normality.test)})`],
  ];
  return html`<div class="pair"><table class="y"><caption>Errors: quantiles and more; an error is prediction minus target</caption><thead><tr><td><th scope="col">Reference<th scope="col">Current</thead><tbody>${lines.map(
    ([label, read]) => html`<tr><th scope="row">${label}${sides.map((side) => html`<td>${side ? read(side) : "–"}`)}`,
  )}</table></div>`;
}

function rankingMarkup({ reference, current }: BothMetrics<RankingMetrics>): Markup {
  const told = ([name, side]: readonly [string, RankingMetrics | null]): string =>
    side
      ? `${name}: ${counted(side.queries, "query").replace("querys", "queries")}, ${figure(side.withoutRelevant)} of them without anything relevant.`
      : `${name}: no queries.`;
  return html`<p>${told(["Reference", reference])} ${told(["Current", current])}</p>`;
}
