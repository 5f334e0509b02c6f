/** How well the model did on both sides. */
import type { DriftReport } from "../../drift/report.js";
import type { RankingMetrics } from "../../statistics/ranking-metrics.js";
import type { RegressionMetrics } from "../../statistics/regression-metrics.js";
import { pValueText, threeDigits } from "../numbers.js";
import { classificationMarkup } from "./classification.js";
import { figure, percentage } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type MetricRow, metricTable } from "./metric-table.js";

/** One task's figures; `null` where a side has no rows with a known target. */
export interface BothMetrics<M> {
  readonly reference: M | null;
  readonly current: M | null;
}

export function modelSection({ modelQuality: model }: DriftReport): Markup {
  if (!model) return nothing;
  const rows = [model.reference, model.current].map((side) => figure(side?.rows ?? 0));
  const body =
    model.task === "classification"
      ? classificationMarkup(model)
      : model.task === "regression"
        ? regressionMarkup(model)
        : rankingMarkup(model);
  return html`<section id="model" aria-labelledby="model-title"><h2 id="model-title">Model quality</h2><p>A ${model.task} of ${named(
    model.target,
    60,
  )}, on ${rows[0]!} reference and ${rows[1]!} current rows. Intervals hold the true value with a confidence of ${percentage(
    model.confidence,
  )}.</p>${body}</section>`;
}

function regressionMarkup({ reference, current }: BothMetrics<RegressionMetrics>): Markup {
  const rows: readonly MetricRow<RegressionMetrics>[] = [
    { label: "Mean error", read: (side) => side.meanError },
    { label: "Mean absolute error", read: (side) => side.meanAbsoluteError },
    { label: "Mean absolute percentage error", read: (side) => side.meanAbsolutePercentageError },
    { label: "Root mean squared error", read: (side) => side.rootMeanSquaredError },
    { label: "Median absolute error", read: (side) => side.medianAbsoluteError },
    { label: "R²", read: (side) => side.r2 },
  ];
  const sides = [reference, current] as const;
  const probabilities = (reference ?? current)?.errorQuantiles.map(({ probability }) => probability) ?? [];
  const numbers: readonly (readonly [string, (side: RegressionMetrics) => string])[] = [
    ["Largest absolute error", (side) => figure(side.maximumError)],
    ["Standard deviation", (side) => figure(side.errorStandardDeviation)],
    ...probabilities.map(
      (wanted) =>
        [
          percentage(wanted),
          (side: RegressionMetrics) =>
            figure(side.errorQuantiles.find(({ probability }) => probability === wanted)?.value ?? null),
        ] as const,
    ),
    ["Normal law, p", (side) => `${pValueText(side.normality.pValue)} (${side.normality.test})`],
  ];
  return html`${metricTable("Errors are predictions minus targets", rows, sides)}<div class="pair"><table class="y"><caption>Errors: quantiles and more</caption><thead><tr><td><th scope="col">Reference<th scope="col">Current</thead><tbody>${numbers.map(
    ([label, read]) => html`<tr><th scope="row">${label}${sides.map((side) => html`<td>${side ? read(side) : "–"}`)}`,
  )}</table></div>`;
}

function rankingMarkup({ reference, current }: BothMetrics<RankingMetrics>): Markup {
  const ks = (reference ?? current)?.atK.map(({ k }) => k) ?? [];
  const at = (side: RankingMetrics, k: number) => side.atK.find((one) => one.k === k);
  const rows: readonly MetricRow<RankingMetrics>[] = [
    { label: "NDCG", read: (side) => side.ndcg },
    { label: "MAP", read: (side) => side.map },
    { label: "MRR", read: (side) => side.mrr },
    ...ks.flatMap((k): readonly MetricRow<RankingMetrics>[] => [
      { label: `NDCG@${k}`, read: (side) => at(side, k)?.ndcg },
      { label: `Precision@${k}`, read: (side) => at(side, k)?.precision },
      { label: `Recall@${k}`, read: (side) => at(side, k)?.recall },
      { label: `Hit rate@${k}`, read: (side) => at(side, k)?.hitRate },
    ]),
  ];
  const told = [reference, current].map((side) =>
    side
      ? `${figure(side.queries)} queries, ${threeDigits(side.withoutRelevant)} of them without anything relevant`
      : "none",
  );
  return html`<p>Reference: ${told[0]!}. Current: ${told[1]!}.</p>${metricTable("Means over the queries", rows, [reference, current])}`;
}
