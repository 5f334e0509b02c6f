/** `renderText`: a report for a person at a terminal, or in a log. */

import { columnName } from "../drift/column-name.js";
import type { ColumnReport, DriftReport } from "../drift/report.js";
import { type Colour, colourful, colourless, type Paint } from "./colours.js";
import { correlationLines } from "./correlations.js";
import { harmless, truncate } from "./display-width.js";
import { labelled, sentence, wrapped } from "./lines.js";
import { modelLines } from "./model.js";
import { legend } from "./names.js";
import { qualityLines } from "./quality.js";
import { roleLines } from "./roles.js";
import { segmentLines } from "./segments.js";
import { table } from "./table.js";
import { levelNotes, pairingNotes, rowNotes, structural, verdictOf } from "./verdict.js";
import { shownEffect } from "./why.js";

export interface TextOptions {
  /** With terminal colours; false if not given. */
  readonly colour?: boolean;
  /** Cells that a line may take; 100 if not given. Under 80 the table may stay wider than asked for. */
  readonly width?: number;
}

/**
 * A line per column (method, statistic, adjusted p-value, effect, both sides' shape, verdict and why), then the verdict on the
 * dataset, and what is notable of the tables' quality and of a model's, where that was asked for. The wider the lines may be,
 * the more is spelled out.
 *
 * @returns lines, each ended by a newline
 */
export function renderText(report: DriftReport, options: TextOptions = {}): string {
  const { colour = false, width = 100 } = options;
  const paint = colour ? colourful : colourless;
  const { lines, layout } = table(report, width, paint);
  const columns = Object.values(report.columns);
  const notes = [
    rowNotes(report),
    pairingNotes(report.pairing),
    levelNotes(report),
    layout.names === "short" ? legend(columns.flatMap(methodOf), columns.flatMap(effectOf)) : [],
  ];
  const alarms = report.falseAlarms.perComparison === null ? "" : sentence(report.falseAlarms.reason);
  const warnings = report.warnings.map((warning) => `Warning: ${truncate(harmless(warning), longestWarning)}.`);
  return [
    ...(columns.length === 0 ? [] : [...lines, ""]),
    ...verdict(report, width, paint),
    ...roleLines(report, paint).flatMap((line) => wrapped(line.split(" "), " ", width)),
    "",
    ...segmentLines(report, width, paint),
    ...correlationLines(report, width, paint),
    ...qualityLines(report, width, paint),
    ...modelLines(report, width, paint),
    ...warnings.flatMap((warning) => wrapped(warning.split(" "), " ", width)).map((line) => paint(line, "yellow")),
    ...notes.flatMap((items) => wrapped(items, "; ", width)).map((line) => paint(line, "dim")),
    ...wrapped(alarms.split(" "), " ", width).map((line) => paint(line, "dim")),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function verdict({ dataset, columns }: DriftReport, width: number, paint: Paint): string[] {
  const word = verdictOf(dataset);
  const colours: readonly Colour[] = word === "drift" ? ["red", "bold"] : word === "no drift" ? ["bold"] : [];
  const words = [`${word}.`, ...sentence(dataset.reason).split(" ")];
  const [first = "", ...others] = wrapped(words, " ", width - label.length);
  const named = (["drift", "possible", "unresolved"] as const).flatMap((severity) => {
    const some = Object.values(columns).filter((column) => column.severity === severity);
    return labelled(severities[severity], changed(some, width - 2 - severities[severity].length));
  });
  const structures = Array.from(structural).flatMap(([status, word]) => {
    const label = `${word}: `;
    const names = Object.values(columns).filter((column) => column.status === status);
    const items = names.map(({ column, type }) =>
      status === "type-changed"
        ? `${nameOf(column)} (${truncate(harmless(type.join(" → ")), longestName)})`
        : nameOf(column),
    );
    return labelled(label, wrapped(items, ", ", width - 2 - label.length));
  });
  const said = [`${label}${paint(word, ...colours)}${first.slice(word.length)}`, ...others.map((line) => `  ${line}`)];
  return [...said, ...named, ...structures];
}

const label = "Dataset: ";

const severities = { drift: "drifted:  ", possible: "possible: ", unresolved: "unresolved: " } as const;

/** Cells of a name in a list, and of a warning: no name makes a page of its own. */
const longestName = 60;
const longestWarning = 400;

/** Columns of one verdict that are told what changed in. */
const mostTold = 20;

/** A line for each column of which can be told what changed; the others follow by name. */
function changed(columns: readonly ColumnReport[], width: number): string[] {
  const told = columns.filter(({ change }) => change !== "").slice(0, mostTold);
  const rest = columns.filter((column) => !told.includes(column)).map(({ column }) => nameOf(column));
  const lines = told.map(({ column, change }) => truncate(`${nameOf(column)}: ${harmless(change)}`, width));
  return [...lines, ...wrapped(rest, ", ", width)];
}

function nameOf(column: string): string {
  return truncate(harmless(columnName(column)), longestName);
}

function methodOf({ method }: ColumnReport): string[] {
  return method === null ? [] : [method];
}

function effectOf(column: ColumnReport): string[] {
  const name = shownEffect(column)?.name;
  return name === undefined ? [] : [name];
}
