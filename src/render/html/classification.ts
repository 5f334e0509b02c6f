/** How well a classifier did: metrics, classes, confusion matrices and calibration curves of both sides. */
import { percent } from "../../drift/change.js";
import type { ClassificationMetrics } from "../../statistics/classification-metrics.js";
import { threeDigits } from "../numbers.js";
import { figure, share } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type MetricRow, metricTable } from "./metric-table.js";
import type { BothMetrics } from "./model-section.js";

type CalibrationCurve = NonNullable<ClassificationMetrics["calibration"]>;

/** Classes that matrices and tables show. */
const mostClasses = 12;

export function classificationMarkup({ reference, current }: BothMetrics<ClassificationMetrics>): Markup {
  const sides = [reference, current] as const;
  const classes = [...new Set(sides.flatMap((side) => side?.classes ?? []))];
  const shown = classes.slice(0, mostClasses);
  const rows = shown.flatMap((name): MetricRow[] => {
    const [before, after] = sides.map((side) =>
      side && Object.hasOwn(side.perClass, name) ? side.perClass[name]! : null,
    );
    return (["precision", "recall", "f1", "rocAuc"] as const).map((metric) => ({
      label: html`${named(name, 32)}: ${words[metric]}`,
      reference: before?.[metric] ?? null,
      current: after?.[metric] ?? null,
    }));
  });
  const rest = classes.length - shown.length;
  return html`<details class="z"><summary>By class</summary>${metricTable("By class", rows)}${
    rest > 0 && html`<p>… and ${rest} more classes.</p>`
  }</details><div class="pair">${confusion("Reference", reference)}${confusion("Current", current)}${calibration(
    reference?.calibration ?? null,
    current?.calibration ?? null,
  )}</div>`;
}

const words = { precision: "precision", recall: "recall", f1: "F1", rocAuc: "area under the ROC curve" } as const;

const shades = 6;

function confusion(side: string, metrics: ClassificationMetrics | null): Markup {
  if (!metrics || metrics.classes.length === 0) return nothing;
  const { classes, confusion: counts } = metrics;
  const shown = classes.slice(0, mostClasses);
  return html`<table class="cm"><caption>${side} <small>rows: true, columns: predicted${
    shown.length < classes.length && `; the first ${shown.length} of ${classes.length} classes`
  }</small></caption><thead><tr><td>${shown.map((name) => html`<th scope="col">${named(name, 12)}`)}</thead><tbody>${shown.map(
    (name, i) => {
      const row = counts[i]!;
      const total = row.reduce((sum, count) => sum + count, 0);
      return html`<tr><th scope="row">${named(name, 16)}${shown.map(
        (_, j) =>
          html`<td class="s${Math.round(shades * share(row[j]!, total))}">${figure(row[j]!)}<small>${percent(share(row[j]!, total))}</small>`,
      )}`;
    },
  )}</table>`;
}

/** Observed shares over mean scores; on the diagonal both are the same. */
function calibration(reference: CalibrationCurve | null, current: CalibrationCurve | null): Markup {
  if (!reference && !current) return nothing;
  const curve = (side: CalibrationCurve | null, name: "r" | "c"): Markup => {
    if (!side) return nothing;
    const points = side.meanScore.flatMap((score, k) =>
      side.counts[k]! > 0 ? [[Math.round(30 + 160 * score), Math.round(174 - 160 * side.observed[k]!)] as const] : [],
    );
    return html`<path class="${name}l" d="M${points.map(([x, y]) => `${x} ${y}`).join("L")}"/>${points.map(
      ([x, y]) => html`<circle class="${name}b" cx="${x}" cy="${y}" r="3"/>`,
    )}`;
  };
  const errors = [reference, current].map((side) => (side ? threeDigits(side.error) : "–")).join(" → ");
  const told = `Calibration curves: expected calibration error ${errors}.`;
  return html`<figure><svg class="cal" viewBox="0 0 204 204" role="img" aria-label="${told}"><path class="g" d="M30 14V174H190M30 174L190 14"/>${[
    0, 0.5, 1,
  ].map(
    (tick) =>
      html`<text class="a" x="${30 + 160 * tick}" y="188">${tick}</text><text class="y" x="26" y="${178 - 160 * tick}">${tick}</text>`,
  )}<text class="a" x="110" y="201">mean score</text>${curve(reference, "r")}${curve(current, "c")}</svg><figcaption><span class="kr">reference</span> <span class="kc">current</span> Calibration: share of the class over its mean score. Expected calibration error ${errors}.</figcaption></figure>`;
}
