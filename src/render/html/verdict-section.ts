/** The top of the page: what came out, in sentences, and the few figures that say how large the matter is. */

import type { CheckResult, SuiteResult } from "../../checks/suite-result.js";
import { columnName } from "../../drift/column-name.js";
import type { ColumnReport, DriftReport } from "../../drift/report.js";
import { countWords } from "../check-words.js";
import { counted } from "../numbers.js";
import { verdictOf } from "../verdict.js";
import { shownEffect } from "../why.js";
import { anchorOf } from "./columns-section.js";
import { effectRatio } from "./effect-bar.js";
import { figure, percentage } from "./figures.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { prose, reasonOf, sentence } from "./prose.js";
import { type Sign, signAlone, signed, signOf, signOrder } from "./severity.js";

/** Changes and checks that are named at the top. */
const mostNamed = 5;

export function verdictSection(report: DriftReport, checks: SuiteResult | null): Markup {
  const { dataset, warnings } = report;
  return html`<section id="verdict" aria-labelledby="verdict-title"><h2 id="verdict-title" class="b">${signed(
    signOfAll(report, checks),
    headline(report, checks),
  )}</h2><p class="lead">${prose(sentence(dataset.reason), 600)}${checks && ` ${checksSentence(checks)}`}</p>${notable(report)}${
    checks && failures(checks)
  }${tiles(report, checks)}${
    warnings.length > 0 &&
    html`<details class="z"><summary>${counted(warnings.length, "caveat")}</summary><ul>${warnings.map(
      (warning) => html`<li>${prose(sentence(warning), 600)}`,
    )}</ul></details>`
  }</section>`;
}

const datasetWords = {
  drift: ["The dataset drifted", "drift"],
  "no drift": ["No dataset drift", "none"],
  "not judged": ["Not judged", "unjudged"],
} as const;

/**
 * The verdict in a few words, which is also the title of the page. A dataset that did not drift as a whole is not all that
 * people want to know: `No dataset drift, but 1 column drifted and the model got worse`.
 */
export function headline({ dataset, modelQuality }: DriftReport, checks: SuiteResult | null): string {
  const bad = checks ? checks.counts.fail + checks.counts.error : 0;
  const verdict = verdictOf(dataset);
  const [words] = datasetWords[verdict];
  const others = [
    verdict !== "drift" && dataset.driftedColumns > 0 && `${counted(dataset.driftedColumns, "column")} drifted`,
    modelQuality && modelQuality.worse.length > 0 && "the model got worse",
    bad > 0 && `${counted(bad, "check")} did not pass`,
  ].filter((other) => typeof other === "string");
  if (others.length === 0) return words;
  const last = others.length > 1 ? ` and ${others.pop()}` : "";
  return `${words}, ${verdict === "no drift" ? "but " : ""}${others.join(", ")}${last}`;
}

/** A dataset that did not drift is no reason to be alarmed, and none to be calm where some of it did. */
function signOfAll({ dataset, modelQuality }: DriftReport, checks: SuiteResult | null): Sign {
  if (checks?.passed === false || modelQuality?.worse.length) return "drift";
  const [, sign] = datasetWords[verdictOf(dataset)];
  return sign === "none" && dataset.driftedColumns > 0 ? "possible" : sign;
}

export function checksSentence(checks: SuiteResult): string {
  const { length } = checks.results;
  return length === 0 ? "There are no checks." : `Of ${counted(length, "check")}, ${countWords(checks)}.`;
}

/** The columns that changed, those with the largest effect first. */
function notable(report: DriftReport): Markup {
  const columns = Object.values(report.columns)
    .map((column, place) => ({ column, place, rank: signOrder.indexOf(signOf(column)) }))
    .filter(({ rank }) => rank <= signOrder.indexOf("possible"))
    .sort((one, other) => one.rank - other.rank || size(other.column) - size(one.column) || one.place - other.place);
  const model = report.modelQuality?.worse.length ? report.modelQuality : null;
  if (columns.length === 0 && !model) return nothing;
  const rest = columns.length - mostNamed;
  return html`<ul class="changes">${columns
    .slice(0, mostNamed)
    .map(
      ({ column, place, rank }) =>
        html`<li>${signAlone(signOrder[rank]!)}<a href="#${anchorOf(place)}">${named(columnName(column.column), 48)}</a> ${prose(
          column.change === "" ? reasonOf(column) : column.change,
          200,
        )}`,
    )}${rest > 0 && html`<li class="q">and ${counted(rest, "more column")}`}${
    model && html`<li>${signAlone("drift")}<a href="#model">model</a> ${prose(model.words, 300)}`
  }</ul>`;
}

function size(column: ColumnReport): number {
  return effectRatio(shownEffect(column));
}

function failures({ results }: SuiteResult): Markup {
  const bad = results.filter(({ status }) => status === "fail" || status === "error");
  if (bad.length === 0) return nothing;
  const rest = bad.length - mostNamed;
  return html`<ul class="changes">${bad
    .slice(0, mostNamed)
    .map(
      (check) =>
        html`<li>${signed(check.status === "fail" ? "drift" : "unresolved", checkWord(check))} ${prose(check.reason, 200)}`,
    )}${rest > 0 && html`<li class="q">and <a href="#checks">${counted(rest, "more check")}</a>`}</ul>`;
}

function checkWord({ status }: CheckResult): string {
  return status === "fail" ? "check failed:" : "check cannot be told:";
}

interface Tile {
  readonly label: string;
  readonly text: string;
  readonly note?: string;
}

function tiles(report: DriftReport, checks: SuiteResult | null): Markup {
  const { rows, dataset, quality, modelQuality } = report;
  const all: (Tile | null | false)[] = [
    { label: "Rows", text: `${figure(rows.reference)} → ${figure(rows.current)}` },
    {
      label: "Columns drifted",
      text: `${dataset.driftedColumns} of ${dataset.judged}`,
      ...(dataset.possibleColumns > 0 && { note: `${dataset.possibleColumns} more possible` }),
    },
    checks &&
      checks.results.length > 0 && {
        label: "Checks passed",
        text: `${checks.counts.pass} of ${checks.results.length}`,
      },
    quality ? missingTile(report) : null,
    quality && quality.reference.duplicatedRows !== null && quality.current.duplicatedRows !== null
      ? {
          label: "Duplicated rows",
          text: `${figure(quality.reference.duplicatedRows)} → ${figure(quality.current.duplicatedRows)}`,
        }
      : null,
    modelQuality ? modelTile(modelQuality) : null,
    report.correlations
      ? { label: "Correlations changed", text: `${report.correlations.drifted} of ${report.correlations.tested}` }
      : null,
  ];
  return html`<dl class="tiles">${all.map(
    (tile) =>
      tile && html`<div><dt>${tile.label}<dd>${tile.text}${tile.note && html`<small>${tile.note}</small>`}</div>`,
  )}</dl>`;
}

function missingTile({ quality }: DriftReport): Tile {
  const shares = [quality!.reference, quality!.current].map(({ columns }) => {
    const sides = Object.values(columns).map(({ availability }) => availability);
    const cells = sides.reduce((sum, { rows }) => sum + rows, 0);
    return cells === 0 ? null : sides.reduce((sum, side) => sum + side.null + side.nan, 0) / cells;
  });
  return { label: "Missing cells", text: shares.map(percentage).join(" → ") };
}

function modelTile(model: NonNullable<DriftReport["modelQuality"]>): Tile {
  const of = (side: (typeof model)["reference"]): number | null => {
    if (!side) return null;
    if (side.task === "classification") return side.balancedAccuracy.value;
    return side.task === "regression" ? side.rootMeanSquaredError.value : side.ndcg.value;
  };
  const label = { classification: "Balanced accuracy", regression: "RMSE", ranking: "NDCG" }[model.task];
  return { label, text: [of(model.reference), of(model.current)].map(shortFigure).join(" → ") };
}

function shortFigure(x: number | null): string {
  return x === null ? "–" : String(Number(x.toPrecision(3)));
}
