/** Pairs of columns, and how they go together on both sides. */
import type { CorrelationMethod, CorrelationPair } from "../../drift/correlations.js";
import type { DriftReport } from "../../drift/report.js";
import { counted, pValueText } from "../numbers.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { signed } from "./severity.js";

const methodWords: Readonly<Record<CorrelationMethod, string>> = {
  pearson: "Pearson",
  spearman: "Spearman",
  "cramers-v": "Cramér's V",
};

/** Unchanged pairs that are shown. */
const mostUnchanged = 20;

export function correlationsSection({ correlations }: DriftReport): Markup {
  if (!correlations) return nothing;
  const { drifted, tested, threshold, level, pairs } = correlations;
  const changed = pairs.filter((pair) => pair.drifted);
  const others = pairs.filter((pair) => !pair.drifted).slice(0, mostUnchanged);
  const rest = drifted - changed.length;
  return html`<section id="correlations" aria-labelledby="correlations-title"><h2 id="correlations-title">Correlations</h2><p>${drifted} of ${counted(
    tested,
    "coefficient",
  )} changed: by ${threshold} or more, with adjusted p ≤ ${level}.</p>${changed.length > 0 && table("Changed", changed)}${
    rest > 0 && html`<p>… and ${rest} more.</p>`
  }${others.length > 0 && html`<details class="z"><summary>${counted(others.length, changed.length > 0 ? "other pair" : "pair")} with the largest differences</summary>${table("Not changed", others)}</details>`}</section>`;
}

function table(caption: string, pairs: readonly CorrelationPair[]): Markup {
  return html`<table class="l"><caption class="h">${caption}</caption><thead><tr><th scope="col">Columns<th scope="col">Coefficient<th scope="col" class="n">Reference<th scope="col" class="n">Current<th scope="col">−1 to 1<th scope="col" class="n">p adj.<th scope="col">Verdict</thead>${pairs.map(
    ({ columns: [one, other], method, reference, current, adjustedPValue, drifted }) =>
      html`<tbody><tr><th scope="row">${named(one, 40)} ~ ${named(other, 40)}<td>${methodWords[method]}<td class="n">${twoDigits(
        reference,
      )}<td class="n">${twoDigits(current)}<td>${dumbbell(reference, current)}<td class="n">${pValueText(adjustedPValue)}<td>${signed(
        drifted ? "drift" : "none",
        drifted ? "changed" : "as before",
      )}</tbody>`,
  )}</table>`;
}

/** Both coefficients on the line from -1 to 1. */
function dumbbell(reference: number, current: number): Markup {
  const x = (coefficient: number): number => Math.round(60 + 54 * coefficient);
  const [from, to] = [x(reference), x(current)];
  return html`<svg class="p" viewBox="0 0 120 14" aria-hidden="true"><path class="g" d="M6 7H114M60 2v10"/><path class="k" d="M${from} 7H${to}"/><circle class="rb" cx="${from}" cy="7" r="4"/><circle class="cb" cx="${to}" cy="7" r="4"/></svg>`;
}

function twoDigits(coefficient: number): string {
  const text = coefficient.toFixed(2).replace("-", "−");
  return text === "−0.00" ? "0.00" : text;
}
