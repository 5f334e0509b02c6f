/** `renderText`: a report for a person at a terminal, or in a log. */

import { columnName } from "../drift/column-name.js";
import type { Pairing } from "../drift/paired-report.js";
import type { ColumnReport, DriftReport } from "../drift/report.js";
import type { Correction } from "../statistics/adjust.js";
import { type Colour, colourful, colourless, type Paint } from "./colours.js";
import { correlationLines } from "./correlations.js";
import { displayWidth, harmless, truncate } from "./display-width.js";
import { legend } from "./names.js";
import { counted, threeDigits } from "./numbers.js";
import { roleLines } from "./roles.js";
import { segmentLines } from "./segments.js";
import { table } from "./table.js";
import { shownEffect } from "./why.js";

export interface TextOptions {
  /** With terminal colours; false if not given. */
  readonly colour?: boolean;
  /** Cells that a line may take; 100 if not given. Under 80 the table may stay wider than asked for. */
  readonly width?: number;
}

const corrections: Readonly<Record<Correction | "none", string>> = {
  none: "no correction",
  bh: "Benjamini-Hochberg",
  by: "Benjamini-Yekutieli",
  holm: "Holm",
  bonferroni: "Bonferroni",
};

/**
 * A line per column (method, statistic, adjusted p-value, effect, both sides' shape, verdict and why), then the verdict on the
 * dataset. The wider the lines may be, the more is spelled out.
 *
 * @returns lines, each ended by a newline
 */
export function renderText(report: DriftReport, options: TextOptions = {}): string {
  const { colour = false, width = 100 } = options;
  const paint = colour ? colourful : colourless;
  const { lines, layout } = table(report, width, paint);
  const columns = Object.values(report.columns);
  const { correction, level, possibleLevel, preset } = report.settings;
  const tested = columns.filter(({ adjustedPValue }) => adjustedPValue !== null).length;
  const notes = [
    [`${counted(report.rows.reference, "reference row")}, ${counted(report.rows.current, "current row")}`],
    report.pairing ? pairingNotes(report.pairing) : [],
    preset !== null
      ? [`preset ${preset}: each column by its method's threshold, p not adjusted`]
      : tested === 0
        ? []
        : [
            `p: adjusted for ${counted(tested, "column")} (${corrections[correction]})`,
            `drift ≤ ${threeDigits(level)}, possible ≤ ${threeDigits(possibleLevel)}`,
          ],
    layout.names === "short" ? legend(columns.flatMap(methodOf), columns.flatMap(effectOf)) : [],
  ];
  const alarms = report.falseAlarms.perComparison === null ? "" : sentence(report.falseAlarms.reason);
  const warnings = report.warnings.map((warning) => `Warning: ${harmless(warning)}.`);
  return [
    ...(columns.length === 0 ? [] : [...lines, ""]),
    ...verdict(report, width, paint),
    ...roleLines(report, paint).flatMap((line) => wrapped(line.split(" "), " ", width)),
    "",
    ...segmentLines(report, width, paint),
    ...correlationLines(report, width, paint),
    ...warnings.flatMap((warning) => wrapped(warning.split(" "), " ", width)).map((line) => paint(line, "yellow")),
    ...notes.flatMap((items) => wrapped(items, "; ", width)).map((line) => paint(line, "dim")),
    ...wrapped(alarms.split(" "), " ", width).map((line) => paint(line, "dim")),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function pairingNotes({ by, pairs, unmatched }: Pairing): string[] {
  const names = by.map((name) => harmless(columnName(name))).join(", ");
  const alone = [counted(unmatched.reference, "reference row"), counted(unmatched.current, "current row")];
  return [`${counted(pairs, "pair")} by ${names}`, `without a partner: ${alone.join(" and ")}`];
}

function verdict({ dataset, columns }: DriftReport, width: number, paint: Paint): string[] {
  const known = dataset.judged > 0 && (dataset.rule === "any" || dataset.share !== null);
  const word = known ? (dataset.drifted ? "drift" : "no drift") : "not judged";
  const colours: readonly Colour[] = known ? (dataset.drifted ? ["red", "bold"] : ["bold"]) : [];
  const words = [`${word}.`, ...sentence(dataset.reason).split(" ")];
  const [first = "", ...others] = wrapped(words, " ", width - label.length);
  const named = (["drift", "possible", "unresolved"] as const).flatMap((severity) => {
    const some = Object.values(columns).filter((column) => column.severity === severity);
    return labelled(severities[severity], changed(some, width - 2 - severities[severity].length));
  });
  const structural = structures.flatMap(([label, status]) => {
    const names = Object.values(columns).filter((column) => column.status === status);
    const items = names.map(({ column, type }) =>
      harmless(status === "type-changed" ? `${columnName(column)} (${type.join(" → ")})` : columnName(column)),
    );
    return labelled(label, wrapped(items, ", ", width - 2 - label.length));
  });
  const said = [`${label}${paint(word, ...colours)}${first.slice(word.length)}`, ...others.map((line) => `  ${line}`)];
  return [...said, ...named, ...structural];
}

const label = "Dataset: ";

const severities = { drift: "drifted:  ", possible: "possible: ", unresolved: "unresolved: " } as const;

/** Columns of one verdict that are told what changed in. */
const mostTold = 20;

/** A line for each column of which can be told what changed; the others follow by name. */
function changed(columns: readonly ColumnReport[], width: number): string[] {
  const told = columns.filter(({ change }) => change !== "").slice(0, mostTold);
  const rest = columns.filter((column) => !told.includes(column)).map(({ column }) => harmless(columnName(column)));
  const lines = told.map(({ column, change }) => truncate(harmless(`${columnName(column)}: ${change}`), width));
  return [...lines, ...wrapped(rest, ", ", width)];
}

/** Columns that cannot be judged because the table itself changed. */
const structures = [
  ["vanished: ", "missing-in-current"],
  ["appeared: ", "missing-in-reference"],
  ["new type: ", "type-changed"],
] as const;

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, k) => `  ${k === 0 ? label : " ".repeat(label.length)}${line}`);
}

function sentence(text: string): string {
  return text === "" ? "" : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function methodOf({ method }: ColumnReport): string[] {
  return method === null ? [] : [method];
}

function effectOf(column: ColumnReport): string[] {
  const name = shownEffect(column)?.name;
  return name === undefined ? [] : [name];
}

/** Items in lines of at most `width` cells, where they can be broken. */
function wrapped(items: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [k, item] of items.entries()) {
    const next = k === items.length - 1 ? item : item + separator;
    if (line !== "" && displayWidth(line + next.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += next;
  }
  return [...lines, ...(line === "" ? [] : [line])];
}
