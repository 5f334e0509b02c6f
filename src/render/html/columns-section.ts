/** The table of columns: a line for each, the most notable first, which opens to its detail. */
import { columnName } from "../../drift/column-name.js";
import type { ColumnReport, DriftReport } from "../../drift/report.js";
import { legend, methodMeaning } from "../names.js";
import { pValueText } from "../numbers.js";
import { shownEffect } from "../why.js";
import { columnDetail, ownQuality } from "./column-detail.js";
import { controls } from "./controls.js";
import { distributionOf } from "./distribution.js";
import { effectBar, effectRatio } from "./effect-bar.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { miniChart } from "./mini-chart.js";
import { prose } from "./prose.js";
import { type Sign, signed, signOf, signOrder, signWords, verdictWord, wordsOf } from "./severity.js";

/** A column's number is its place in the report, so that links to it do not depend on the order shown. */
export const anchorOf = (place: number): string => `c${place}`;

export function columnsSection(report: DriftReport): Markup {
  const columns = Object.values(report.columns);
  if (columns.length === 0)
    return html`<section id="columns"><h2>Columns</h2><p>There was no column to compare.</p></section>`;
  const rows = columns
    .map((column, place) => ({
      column,
      place,
      rank: signOrder.indexOf(signOf(column)),
      ratio: effectRatio(shownEffect(column)),
    }))
    .sort((one, other) => one.rank - other.rank || other.ratio - one.ratio || one.place - other.place);
  const effects = legend([], new Set(columns.flatMap((column) => shownEffect(column)?.name ?? []))).join("; ");
  const counts = signOrder.map((sign) => [sign, rows.filter(({ rank }) => signOrder[rank] === sign).length] as const);
  return html`<section id="columns" aria-labelledby="columns-title"><h2 id="columns-title">Columns</h2>${controls({
    table: "columns-table",
    label: "Search columns",
    noun: "column",
    count: columns.length,
    choices: {
      label: "Verdict",
      options: counts
        .filter(([, count]) => count > 0)
        .map(([sign, count]) => ({ value: sign, label: `${signWords[sign]} (${count})` })),
    },
  })}<table class="t" id="columns-table" aria-describedby="columns-key"><caption id="columns-key"><span class="kr">reference</span> <span class="kc">current</span> <span class="km">effect from which on a change matters</span>${effects !== "" && html` ${effects}`}</caption><colgroup><col class="w1"><col class="w2"><col class="w3"><col class="w4"><col class="w5"><col class="w6"><col class="w7"><col class="w8"></colgroup><thead><tr><th scope="col" data-sort="text">Column<th scope="col" data-sort="text">Kind<th scope="col" data-sort="v" aria-sort="ascending">Verdict<th scope="col" data-sort="text">Method<th scope="col" class="n" data-sort="p"><abbr title="p-value, adjusted for the number of columns">p adj.</abbr><th scope="col" class="n" data-sort="e">Effect<th scope="col">Both sides<th scope="col">What changed</thead>${rows.map(
    ({ column, place, rank, ratio }) => columnRows(report, column, place, rank, ratio),
  )}</table></section>`;
}

function columnRows(report: DriftReport, column: ColumnReport, place: number, rank: number, ratio: number): Markup {
  const { kind, method, adjustedPValue, shape } = column;
  const name = columnName(column.column);
  const quality = ownQuality(report.quality, column.column);
  const distribution = distributionOf(column, quality.change);
  const { text, quiet } = wordsOf(column, report.settings.level);
  const sort = `data-v="${rank}"${adjustedPValue === null ? "" : ` data-p="${adjustedPValue}"`}${ratio < 0 ? "" : ` data-e="${Number(ratio.toPrecision(4))}"`}`;
  const sign: Sign = signOrder[rank]!;
  return html`<tbody id="${anchorOf(place)}" data-c="${sign}" ${trustedSort(sort)}><tr><th scope="row">${named(name, 80)}<td>${kind ?? "–"}<td>${signed(
    sign,
    verdictWord(column),
  )}<td class="i"><span>${method === null ? "–" : methodMeaning(method)}</span><td class="n">${pValueText(adjustedPValue)}<td class="n">${effectBar(shownEffect(column), column.severity !== "none")}<td>${miniChart(distribution ?? shape)}<td class="${quiet ? "q" : "i"}"><span>${prose(text, 160)}</span><tr class="x"><td colspan="8"><details><summary><span class="h">Details of ${named(
    name,
    80,
  )}</span></summary>${columnDetail(column, quality, distribution)}</details></tbody>`;
}

/** Numbers only. */
function trustedSort(markup: string): Markup {
  return /^[\w="\s.+-]*$/.test(markup) ? { markup } : nothing;
}
