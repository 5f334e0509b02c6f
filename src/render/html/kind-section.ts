/** What kind of change it is, and what all features say together. */
import type { ChangeKind, ConditionalChange, JointChange, KindOfChange } from "../../drift/kind-of-change.js";
import type { DriftReport } from "../../drift/report.js";
import { pValueText, threeDigits } from "../numbers.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { prose } from "./prose.js";
import { type Sign, signed } from "./severity.js";
import { plainBars } from "./share-bars.js";

const statusWords: Readonly<Record<Exclude<ConditionalChange["status"], "ok">, string>> = {
  unknown: "not known",
  few: "too few rows",
  constant: "it does not vary",
  "no-overlap": "hardly a row is like one of the reference",
  infinite: "infinite values",
  "type-changed": "its type changed",
};

const kindWords: Readonly<Record<ChangeKind, string>> = {
  "data-drift": "data drift",
  "target-drift": "target drift",
  "prediction-drift": "prediction drift",
  "concept-drift": "concept drift",
  "domain-shift": "domain shift",
};

/** Features that are named, those that tell the sides apart most. */
const mostImportant = 8;

export function kindSection({ kindOfChange, joint }: DriftReport): Markup {
  if (!kindOfChange && !joint) return nothing;
  return html`<section id="kind" aria-labelledby="kind-title"><h2 id="kind-title">Kind of change</h2>${
    kindOfChange && kindMarkup(kindOfChange)
  }${joint && jointMarkup(joint)}</section>`;
}

function kindMarkup({ kinds, words, target, prediction, features, concept, model }: KindOfChange): Markup {
  const names = kinds.length === 0 ? "none" : kinds.map((kind) => kindWords[kind]).join(", ");
  return html`<p class="lead">${signed(kinds.length === 0 ? "none" : "drift", names)}</p><p>${prose(words, 1000)}</p><table class="l"><thead><tr><th scope="col">What<th scope="col">Verdict<th scope="col" class="n">p adj.<th scope="col" class="n">Effect</thead>${line(
    html`Features, P(x)`,
    features.drifted.length > 0 ? "drift" : "none",
    `${features.drifted.length} of ${features.names.length} drifted`,
  )}${target && line(html`Target ${named(target.column, 40)}, P(y)`, target.drifted ? "drift" : "none")}${
    prediction && line(html`Prediction ${named(prediction.column, 40)}, P(ŷ)`, prediction.drifted ? "drift" : "none")
  }${concept && conditional(html`Target given the features, P(y | x)`, concept)}${
    model && conditional(html`Prediction given the features, P(ŷ | x)`, model)
  }</table>`;
}

function line(label: Markup, sign: Sign, word = sign === "drift" ? "drift" : "no drift"): Markup {
  return html`<tbody><tr><th scope="row">${label}<td>${signed(sign, word)}<td class="n">–<td class="n">–</tbody>`;
}

function conditional(
  label: Markup,
  { status, severity, adjustedPValue, effect, threshold }: ConditionalChange,
): Markup {
  const judged = status === "ok" || adjustedPValue !== null;
  return html`<tbody><tr><th scope="row">${label}<td>${signed(
    judged ? severity : "unjudged",
    judged ? (severity === "none" ? "no drift" : severity) : `not judged: ${statusWords[status]}`,
  )}<td class="n">${pValueText(adjustedPValue)}<td class="n">${effect === null ? "–" : `${threeDigits(effect)} / ${threeDigits(threshold)}`}</tbody>`;
}

function jointMarkup({ status, auc, interval, adjustedPValue, severity, importances, threshold }: JointChange): Markup {
  if (status !== "ok") {
    return html`<p>All features together: not judged, ${status === "few" ? "too few rows" : "no feature can be used"}.</p>`;
  }
  const within = interval && ` [${interval.map(threeDigits).join(", ")}]`;
  return html`<p>All features together: ${signed(severity, severity === "none" ? "no drift" : severity)}. A classifier tells the sides apart with an area under the ROC curve of ${threeDigits(
    auc,
  )}${within}; it matters from ${threshold} on, adjusted p ${pValueText(adjustedPValue)}.</p>${importanceBars(importances)}`;
}

function importanceBars(importances: JointChange["importances"]): Markup {
  const shown = importances.slice(0, mostImportant).filter(({ share }) => share > 0);
  return plainBars(
    "What tells the sides apart: shares of the trees' gains",
    shown.map(({ column, share }) => ({ label: named(column, 40), share })),
  );
}
