/** Segments, those with the most drifted columns first. */
import { columnName } from "../../drift/column-name.js";
import type { DriftReport, SegmentReport } from "../../drift/report.js";
import { counted } from "../numbers.js";
import { segmentWords } from "../segments.js";
import { controls } from "./controls.js";
import { figure, percentage } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { prose } from "./prose.js";
import { type Sign, signAlone, signed } from "./severity.js";

/** More segments than this are only counted, and more columns of one are. */
const mostShown = 200;
const mostColumns = 6;

export function segmentsSection({ segments }: DriftReport): Markup {
  if (!segments) return nothing;
  const sorted = Object.entries(segments).sort(([, one], [, other]) => bySize(one, other));
  const rest = sorted.length - mostShown;
  return html`<section id="segments" aria-labelledby="segments-title"><h2 id="segments-title">Segments</h2><p>The same comparison for the rows of each segment; its p-values are adjusted over the columns of all segments.</p>${
    sorted.length > 1 &&
    controls({
      table: "segments-table",
      label: "Search segments",
      noun: "segment",
      count: Math.min(sorted.length, mostShown),
    })
  }<table class="l" id="segments-table"><thead><tr><th scope="col">Segment<th scope="col" class="n">Reference rows<th scope="col" class="n">Current rows<th scope="col" class="n">Columns drifted<th scope="col">Verdict<th scope="col">What changed</thead>${sorted
    .slice(0, mostShown)
    .map(([key, segment]) =>
      segmentRow(key, segment),
    )}</table>${rest > 0 && html`<p>… and ${counted(rest, "more segment")}.</p>`}</section>`;
}

function bySize(one: SegmentReport, other: SegmentReport): number {
  const size = ({ rows }: SegmentReport): number => rows.reference + rows.current;
  return (
    other.dataset.driftedColumns - one.dataset.driftedColumns ||
    other.dataset.possibleColumns - one.dataset.possibleColumns ||
    size(other) - size(one)
  );
}

function segmentRow(key: string, segment: SegmentReport): Markup {
  const { rows, share, dataset, status } = segment;
  const { sign, word } = verdictOf(segment);
  return html`<tbody data-c="${sign}"><tr><th scope="row">${named(key, 80)}<td class="n">${side(rows.reference, share.reference)}<td class="n">${side(
    rows.current,
    share.current,
  )}<td class="n">${status === "ok" ? `${dataset.driftedColumns} of ${dataset.judged}` : "–"}<td>${signed(sign, word)}<td>${changed(segment)}</tbody>`;
}

function side(rows: number, share: number | null): Markup {
  return html`${figure(rows)} <small>${percentage(share)}</small>`;
}

function verdictOf({ status, dataset }: SegmentReport): { readonly sign: Sign; readonly word: string } {
  if (status !== "ok") return { sign: status === "too-few" ? "unjudged" : "structure", word: segmentWords[status] };
  if (dataset.driftedColumns > 0) return { sign: "drift", word: dataset.drifted ? "drift" : "some drift" };
  return dataset.possibleColumns > 0 ? { sign: "possible", word: "possible" } : { sign: "none", word: "no drift" };
}

function changed({ columns, reason, status, modelQuality }: SegmentReport): Markup {
  if (status !== "ok") return html`<span class="q">${prose(reason, 200)}</span>`;
  const found = Object.values(columns).filter(({ severity }) => severity === "drift" || severity === "possible");
  const sorted = found.sort((one, other) => Number(other.drifted) - Number(one.drifted));
  const rest = sorted.length - mostColumns;
  return html`${sorted
    .slice(0, mostColumns)
    .map(
      ({ column, change, severity }) =>
        html`<div>${signAlone(severity)}${named(columnName(column), 40)}${change !== "" && ` ${prose(change, 120)}`}</div>`,
    )}${rest > 0 && html`<div class="q">and ${counted(rest, "more column")}</div>`}${
    modelQuality &&
    modelQuality.worse.length > 0 &&
    html`<div>${signAlone("drift")}model: ${prose(modelQuality.words, 300)}</div>`
  }`;
}
