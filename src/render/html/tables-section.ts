/** What both tables are like as a whole. */
import type { QualityOfBoth, TableQuality } from "../../drift/quality/quality-report.js";
import type { DriftReport } from "../../drift/report.js";
import { notableOf } from "../notable.js";
import { fact } from "./column-detail.js";
import { figure, percentage, share } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { prose } from "./prose.js";

/** Columns that are named in one line. */
const mostNamed = 12;

export function tablesSection({ quality }: DriftReport): Markup {
  if (!quality) return nothing;
  const { reference, current } = quality;
  const line = (label: string, read: (side: TableQuality) => Markup): Markup =>
    html`<tr><th scope="row">${label}<td>${read(reference)}<td>${read(current)}`;
  return html`<section id="tables" aria-labelledby="tables-title"><h2 id="tables-title">Table quality</h2><table class="y wide"><caption class="h">Both tables</caption><thead><tr><td><th scope="col">Reference<th scope="col">Current</thead><tbody>${line(
    "Rows",
    ({ rows }) => html`${figure(rows)}`,
  )}${line("Columns", ({ names }) => html`${figure(names.length)}`)}${line(
    "Duplicated rows",
    ({ duplicatedRows, rows }) =>
      duplicatedRows === null
        ? html`not known`
        : html`${figure(duplicatedRows)} (${percentage(share(duplicatedRows, rows))})`,
  )}${line("Duplicated columns", ({ duplicatedColumns }) =>
    duplicatedColumns === null ? html`not known` : groups(duplicatedColumns),
  )}${line("Empty columns", ({ emptyColumns }) => list(emptyColumns))}${line(
    "Constant columns",
    ({ constantColumns }) => list(constantColumns),
  )}${line("Almost constant columns", ({ almostConstantColumns }) => list(almostConstantColumns))}${line(
    "Columns that are not read",
    ({ unsupported }) => list(Object.keys(unsupported)),
  )}</table>${notable(quality)}</section>`;
}

/** What people would want to know, by column. */
function notable(quality: QualityOfBoth): Markup {
  const found = notableOf(quality);
  if (found.length === 0) return nothing;
  return html`<h3>To look at, reference → current</h3><dl class="wide">${found.map(({ label, items }) =>
    fact(
      label,
      html`${items
        .slice(0, mostNamed)
        .map(
          ({ columns, words }) =>
            html`<div>${columns.length > 0 && list(columns)}${columns.length > 0 && words !== "" && (words.startsWith("(") ? " " : ": ")}${prose(words, 200)}</div>`,
        )}${items.length > mostNamed && html`<div class="q">and ${items.length - mostNamed} more</div>`}`,
    ),
  )}</dl>`;
}

function list(names: readonly string[]): Markup {
  if (names.length === 0) return html`none`;
  const rest = names.length - mostNamed;
  return html`${names.slice(0, mostNamed).map((name, k) => html`${k > 0 && ", "}${named(name, 40)}`)}${rest > 0 && ` and ${rest} more`}`;
}

function groups(all: readonly (readonly string[])[]): Markup {
  if (all.length === 0) return html`none`;
  const rest = all.length - mostNamed;
  return html`${all
    .slice(0, mostNamed)
    .map(
      (names) =>
        html`<div>${names.slice(0, mostNamed).map((name, k) => html`${k > 0 && " = "}${named(name, 40)}`)}${
          names.length > mostNamed && " = …"
        }</div>`,
    )}${rest > 0 && html`<div>and ${rest} more groups</div>`}`;
}
