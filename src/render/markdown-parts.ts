/** The parts of a report in Markdown, each a table or a list that may be cut between its rows. */
import type { CheckStatus, SuiteResult } from "../checks/suite-result.js";
import type { ColumnReport, DriftReport, SegmentReport } from "../drift/report.js";
import { resultsOf, rowWords } from "./check-words.js";
import { codeSpan, plainText, tableHead, tableRow } from "./markdown-text.js";
import { differenceText, estimateText, reasonsOf } from "./model.js";
import { modelMetrics, modelRows } from "./model-metrics.js";
import { notableOf } from "./notable.js";
import { counted, grouped, pValueText, threeDigits } from "./numbers.js";
import { sparklines } from "./sparkline.js";
import { structural } from "./verdict.js";
import { shownEffect } from "./why.js";

/** Lines before, in between and after; only those in between may be left out. */
export interface Part {
  readonly before: readonly string[];
  readonly rows: readonly string[];
  readonly after: readonly string[];
}

/** Cells of each side's sparkline. */
const shapeWidth = 8;
/** Items of one kind of what is notable. */
const mostItems = 10;

const shownStatuses: readonly CheckStatus[] = ["fail", "error", "warn", "skip"];

/** A line for each check that did not pass. */
export function checkPart(checks: SuiteResult, most: number): Part[] {
  const results = resultsOf(checks, shownStatuses);
  if (results.length === 0) return [];
  const rows = results.slice(0, most).map((result) => {
    const words = [result.reason, rowWords(result)].filter((text) => text !== "").join("; ");
    const status = result.status === "fail" || result.status === "error" ? `**${result.status}**` : result.status;
    return tableRow([status, codeSpan(result.name), plainText(words)]);
  });
  const rest = results.length - rows.length;
  const after = rest > 0 ? ["", `… and ${counted(rest, "more check")} that did not pass.`] : [];
  return [{ before: tableHead(["", "check", "result"]), rows, after }];
}

/** `**Vanished:** `wind` · **Appeared:** `gust``, so that a verdict on the others does not hide it; empty where there is none. */
export function structuralLine({ columns }: DriftReport): string {
  return Array.from(structural)
    .flatMap(([wanted, word]) => {
      const names = Object.values(columns).flatMap(({ column, status }) => (status === wanted ? [column] : []));
      const more = names.length > mostItems ? `, … (${grouped(names.length)} in all)` : "";
      const listed = names.slice(0, mostItems).map(codeSpan).join(", ");
      return names.length === 0 ? [] : [`**${word[0]!.toUpperCase()}${word.slice(1)}:** ${listed}${more}`];
    })
    .join(" · ");
}

/** Columns to look at in a table, all others folded. */
export function columnParts(report: DriftReport, most: number): Part[] {
  const columns = Object.values(report.columns);
  const order = ["drift", "possible", "unresolved"] as const;
  const notable = [
    ...order.flatMap((severity) => columns.filter((column) => column.severity === severity)),
    ...columns.filter(({ severity, status }) => severity === "none" && structural.has(status)),
  ];
  const quiet = columns.filter((column) => !notable.includes(column));
  const head = tableHead(["column", "verdict", "what changed", "reference", "current", "p", "effect"], [5]);
  const rest = notable.length - most;
  const after = rest > 0 ? ["", `… and ${counted(rest, "more column")} to look at.`] : [];
  const seen = { before: head, rows: notable.slice(0, most).map(rowOf), after };
  const title = counted(quiet.length, notable.length > 0 ? "other column" : "column");
  const left = quiet.length - most;
  const folded = {
    before: ["<details>", `<summary>${title}</summary>`, "", ...head],
    rows: quiet.slice(0, most).map(rowOf),
    after: ["", ...(left > 0 ? [`… and ${counted(left, "more column")}.`, ""] : []), "</details>"],
  };
  return [...(notable.length > 0 ? [seen] : []), ...(quiet.length > 0 ? [folded] : [])];
}

function rowOf(column: ColumnReport): string {
  const { severity, status, change, reason, adjustedPValue, shape } = column;
  const verdict = severity === "none" ? (structural.get(status) ?? "–") : severity === "drift" ? "**drift**" : severity;
  const [before, after] = shape ? sparklines(shape, shapeWidth).map((blocks) => codeSpan(blocks)) : ["", ""];
  const effect = shownEffect(column);
  const size = effect === null ? "–" : `${effect.name} ${effect.infinite ? "∞" : threeDigits(effect.value)}`;
  const words = plainText(change === "" ? reason : change);
  return tableRow([
    codeSpan(column.column),
    verdict,
    words,
    before!,
    after!,
    plainText(pValueText(adjustedPValue)),
    plainText(size),
  ]);
}

/** Segments in which a column drifted or may have; the others are counted. */
export function segmentPart({ segments }: DriftReport, most: number): Part[] {
  if (!segments) return [];
  const all = Object.entries(segments);
  const isNotable = ({ status, dataset }: SegmentReport): boolean =>
    status !== "ok" || dataset.driftedColumns > 0 || dataset.possibleColumns > 0;
  const notable = all
    .filter(([, segment]) => isNotable(segment))
    .sort(([, one], [, other]) => other.dataset.driftedColumns - one.dataset.driftedColumns);
  const quiet = `${counted(all.length - notable.length, "segment")} without drift.`;
  if (notable.length === 0) return [{ before: [quiet], rows: [], after: [] }];
  const rows = notable.slice(0, most).map(([key, { rows, status, dataset, columns }]) => {
    const drifted = Object.values(columns).filter((column) => column.drifted);
    const names = drifted.slice(0, mostItems).map(({ column }) => codeSpan(column));
    const more = drifted.length > mostItems ? [", …"] : [];
    const verdict = status === "ok" ? `${dataset.driftedColumns} of ${dataset.judged} drifted` : status;
    const counts = `${grouped(rows.reference)} → ${grouped(rows.current)}`;
    return tableRow([codeSpan(key), counts, verdict, names.join(", ") + more.join("")]);
  });
  const hidden = notable.length - rows.length;
  const after = ["", `${hidden > 0 ? `… and ${counted(hidden, "more segment")} to look at; ` : ""}${quiet}`];
  return [{ before: tableHead(["segment", "rows", "verdict", "columns"]), rows, after }];
}

/** A list of what is notable of both tables. */
export function qualityPart({ quality }: DriftReport, most: number): Part[] {
  if (!quality) return [];
  const rows = notableOf(quality).map(({ label, items }) => {
    const shown = items.slice(0, Math.min(most, mostItems)).map(({ columns, words }) => {
      const names = columns.map(codeSpan).join(" = ");
      return [names, plainText(words)].filter((text) => text !== "").join(" ");
    });
    const rest = items.length - shown.length;
    return `- **${label}:** ${shown.join(", ")}${rest > 0 ? `, … and ${grouped(rest)} more` : ""}`;
  });
  return rows.length === 0 ? [] : [{ before: [], rows, after: [] }];
}

/** What of the model became worse beyond chance; empty where nothing did. */
export function worseLine({ modelQuality }: DriftReport): string {
  const worse = modelQuality ? modelMetrics(modelQuality).filter(({ change }) => change === "worse") : [];
  return worse.length === 0
    ? ""
    : `**The model became worse:** ${plainText(worse.map(({ name }) => name).join(", "))}.`;
}

/** A table of the model's metrics. */
export function modelPart({ modelQuality }: DriftReport): Part[] {
  if (!modelQuality) return [];
  const [before, after] = modelRows(modelQuality);
  const { task, target, confidence } = modelQuality;
  const rows = modelMetrics(modelQuality).map(({ name, reference, current, difference, change }) => {
    const words = change === "worse" ? " **worse**" : change === "better" ? " better" : "";
    const cells = [name, estimateText(reference), estimateText(current), differenceText(difference)].map(plainText);
    return tableRow([...cells.slice(0, 3), cells[3]! + words]);
  });
  const intervals = `${100 * confidence} % intervals`;
  const title = `Model: ${task} of ${codeSpan(target)}, ${grouped(before)} → ${counted(after, "row")}, ${intervals}.`;
  const reasons = reasonsOf(modelQuality).map((reason) => `- ${plainText(reason)}`);
  if (rows.length === 0) return [{ before: [title, ""], rows: reasons, after: [] }];
  return [
    {
      before: [title, "", ...tableHead(["metric", "reference", "current", "difference"])],
      rows,
      after: reasons.length > 0 ? ["", ...reasons] : [],
    },
  ];
}
