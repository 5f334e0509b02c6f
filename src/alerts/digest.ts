/** What drifted and how, in words: what people read first when an alert wakes them. */
import { percent } from "../drift/change.js";
import type { ColumnReport } from "../drift/report.js";
import type { WindowResult } from "../monitor/window-result.js";
import { harmless, truncate } from "../render/display-width.js";
import { notableOf } from "../render/notable.js";
import { counted, grouped, pValueText, threeDigits } from "../render/numbers.js";
import { timeText } from "./event-words.js";
import { notableColumns, type WindowEvidence } from "./evidence.js";
import { nameText } from "./name-text.js";

export interface Digest {
  /** Two or three lines, for a chat. */
  readonly short: string;
  /** All that is notable, a line each; plain text. */
  readonly long: string;
}

export interface DigestOptions {
  /** Columns that are named in the long form; default 10. */
  readonly columns?: number;
}

const inShort = 3;
const longestLine = 300;
const mostSeries = 5;

/**
 * What a window says, in words: columns by severity, the kind of drift over time, since when, the quality of the model and of
 * the data, detectors and series. Names in it are harmless to terminals.
 *
 * @param history evidence of the windows before and of this one, for since when
 */
export function digest(
  result: WindowResult,
  history: readonly WindowEvidence[] = [],
  options: DigestOptions = {},
): Digest {
  const { columns = 10 } = options;
  const notable = notableColumns(result.report);
  const named = notable.map((column) => columnLine(column, result, history));
  const head = headline(result, history);
  const few = named.slice(0, inShort).map(({ short }) => short);
  const model = result.modelQuality?.report.words ?? result.report?.modelQuality?.words ?? "";
  const more = (shown: number) =>
    notable.length > shown ? [`- and ${counted(notable.length - shown, "more column")}`] : [];
  const long = [
    head,
    ...(named.length > 0 ? ["Columns, the worst first:"] : []),
    ...named.slice(0, columns).map(({ long }) => `- ${long}`),
    ...more(columns),
    ...modelLines(result, model),
    ...qualityLines(result),
    ...detectorLines(result),
    ...seriesLines(result),
    ...(result.late > 0 ? [`Late: ${counted(result.late, "row")} came too late for a window.`] : []),
  ];
  const short = [
    head,
    ...few,
    ...more(inShort).map((line) => line.slice(2)),
    ...(model === "" ? [] : [`Model: ${model}`]),
  ];
  return { short: short.map(cut).join("\n"), long: long.map(cut).join("\n") };
}

const cut = (line: string) => truncate(harmless(line), longestLine);

function headline(result: WindowResult, history: readonly WindowEvidence[]): string {
  const { dataset, model, start, end, status, reason, report, rows, reference } = result;
  const whose = model ? ` (model ${nameText(model.name)}${model.version ? ` ${nameText(model.version)}` : ""})` : "";
  const when = `${nameText(dataset)}${whose}, ${timeText(start)} to ${timeText(end)}`;
  if (!report) return `${when}: ${status === "empty" ? "no rows" : `not compared, ${reason}`}.`;
  const { drifted, driftedColumns, judged, share } = report.dataset;
  const of = `${grouped(driftedColumns)} of ${counted(judged, "column")} drifted`;
  const part = share === null ? "" : ` (${percent(share)})`;
  const against = reference ? ` against ${referenceWords(reference)}` : "";
  const since = drifted ? sinceWords(history, result.index, (one) => one.drifted === true) : "";
  return `${when}: ${drifted ? "drift" : "no drift"}${since}. ${of}${part}, ${counted(rows, "row")}${against}.`;
}

function referenceWords({ kind, version, rows, windows }: NonNullable<WindowResult["reference"]>): string {
  const of = counted(rows, "row");
  if (kind === "fixed") return version === null ? `the reference of ${of}` : `reference ${version} of ${of}`;
  return windows ? `${kind} windows ${windows[0]} to ${windows[1]} of ${of}` : `${kind} windows of ${of}`;
}

/** ` since 2026-11-26 08:00 UTC (3 windows)`: of a run of windows that ends with this one. */
function sinceWords(history: readonly WindowEvidence[], index: number, is: (one: WindowEvidence) => boolean): string {
  const known = history.filter((one) => one.index <= index && one.status === "compared");
  let from = known.length;
  while (from > 0 && is(known[from - 1]!)) from--;
  const run = known.slice(from);
  return run.length > 1 ? ` since ${timeText(run[0]!.start)} (${counted(run.length, "window")})` : "";
}

function columnLine(
  column: ColumnReport,
  { kinds, index }: WindowResult,
  history: readonly WindowEvidence[],
): { readonly short: string; readonly long: string } {
  const { change, reason, severity, effect, effectName, threshold, adjustedPValue } = column;
  const name = nameText(column.column);
  const same = (one: WindowEvidence) =>
    one.columns.some((other) => other.column === column.column && other.severity === severity);
  const kind = Object.hasOwn(kinds, column.column) ? kinds[column.column]! : null;
  const overTime =
    kind && kind.kind !== "none" ? `, ${kind.kind} (${percent(Math.round(1000 * kind.confidence) / 1000)})` : "";
  const what = change === "" ? reason : change;
  const size =
    effect === null || effectName === null
      ? ""
      : `; ${effectName} ${threeDigits(effect)}${threshold === null ? "" : `, matters from ${threeDigits(threshold)} on`}`;
  const p = adjustedPValue === null ? "" : `; adjusted p ${pValueText(adjustedPValue)}`;
  const since = sinceWords(history, index, same);
  const onset = kind?.onset != null && kind.kind !== "none" ? `; ${onsetWords(index - kind.onset)}` : "";
  return {
    short: `${name}: ${severity}${overTime}: ${what}`,
    long: `${name}: ${severity}${since}${overTime}: ${what}${size}${p}${onset}`,
  };
}

function onsetWords(ago: number): string {
  return ago <= 0 ? "it began in this window" : `it began ${counted(ago, "window")} ago`;
}

function modelLines({ modelQuality }: WindowResult, words: string): string[] {
  if (words === "") return [];
  const known = modelQuality ? ` (labels of ${percent(modelQuality.coverage)} of the rows are known)` : "";
  return [`Model: ${words}${known}`];
}

const mostOfOneKind = 3;

/** Of what is in order there is nothing. */
function qualityLines({ report }: WindowResult): string[] {
  if (!report?.quality) return [];
  return notableOf(report.quality).map(({ label, items }) => {
    const told = items.slice(0, mostOfOneKind).map(({ columns, words }) => {
      const names = columns.slice(0, mostOfOneKind).map(nameText).join(" = ");
      return [names, words].filter((part) => part !== "").join(" ");
    });
    const more = items.length > mostOfOneKind ? `, and ${items.length - mostOfOneKind} more` : "";
    return `Quality, ${label}: ${told.join(", ")}${more}`;
  });
}

function detectorLines({ detections }: WindowResult): string[] {
  const drifts = detections.filter(({ status }) => status === "drift");
  const told = drifts
    .slice(0, mostSeries)
    .map(({ series, detector, time }) => `${nameText(series)} (${nameText(detector)}, ${timeText(time)})`);
  return told.length > 0
    ? [`Detectors found drift of ${told.join(", ")}${drifts.length > mostSeries ? ", …" : ""}`]
    : [];
}

function seriesLines({ series }: WindowResult): string[] {
  return Object.entries(series)
    .filter(([, { values }]) => values > 0)
    .slice(0, mostSeries)
    .map(([name, { values, mean, q50, q95, q99 }]) => {
      const [middle, high, highest] = [q50, q95, q99].map(threeDigits);
      const all = `mean ${threeDigits(mean)}, half up to ${middle}, 95 % up to ${high}, 99 % up to ${highest}`;
      return `Series ${nameText(name)}: ${all} (${counted(values, "value")})`;
    });
}
