/** From a closed window to its result. */
import type { Table } from "../column/column.js";
import { normal } from "../distributions/normal.js";
import type { DriftReport } from "../drift/report.js";
import { concatenated, firstRows, type Pane } from "./pane.js";
import type { Settings } from "./settings.js";
import type { ClosedWindow, PaneRows } from "./stream.js";
import type { WindowReference, WindowResult, WindowStatus } from "./window-result.js";
import type { WindowFindings } from "./window-task.js";

const noRows: Table = { rows: 0, columns: new Map(), unsupported: new Map() };

/** The rows of some panes, pane by pane. */
export function rowsOfPanes(panes: ReadonlyMap<number, Pane>, wanted: PaneRows): Table {
  const tables = wanted.flatMap(([pane, rows]) => firstRows(panes.get(pane)!, rows) ?? []);
  return concatenated(tables) ?? noRows;
}

/** The same window always has the same; those of rows may begin at the same time, and tell their index. */
export function idOf(
  settings: Settings,
  { start, index }: Pick<ClosedWindow, "start" | "index">,
  revision: number,
): string {
  const which = settings.shape.by === "rows" ? `.${index}` : "";
  return `${settings.name}/${new Date(start).toISOString()}${which}/${revision}`;
}

/** What is told of a window that is not compared. */
export function uncompared(
  settings: Settings,
  closed: ClosedWindow,
  status: WindowStatus,
  reason: string,
): WindowResult {
  const { index, start, end, asOf, rows, late, series, detections } = closed;
  return {
    id: idOf(settings, closed, 1),
    dataset: settings.name,
    model: settings.model,
    index,
    start,
    end,
    revision: 1,
    asOf,
    rows,
    late,
    status,
    reason,
    reference: null,
    report: null,
    modelQuality: null,
    series,
    detections,
    kinds: {},
    scores: {},
    hash: null,
    seconds: 0,
  };
}

export function emptyResult(settings: Settings, closed: ClosedWindow): WindowResult {
  const reason =
    closed.count === 1 ? "no row came" : `no row came, and in the ${closed.count - 1} windows after it none`;
  return uncompared(settings, closed, "empty", reason);
}

/** @param found  what the thread found; the window was compared with something */
export function comparedResult(settings: Settings, closed: ClosedWindow, found: WindowFindings): WindowResult {
  const { report, failure, hash, seconds } = found;
  const about = { hash, seconds, reference: referenceOf(settings, closed, found) };
  if (!report) {
    const [status, reason] = failure === null ? noReference(settings) : (["failed", failure] as const);
    return { ...uncompared(settings, closed, status, reason), ...about };
  }
  return {
    ...uncompared(settings, closed, "compared", report.dataset.reason),
    ...about,
    report,
    scores: scoresOf(report),
  };
}

function noReference({ against }: Settings): readonly [WindowStatus, string] {
  const what =
    against.kind === "fixed" ? "no reference was given yet" : "there are no rows of earlier windows to compare with";
  return ["no-reference", what];
}

function referenceOf(
  { against }: Settings,
  closed: ClosedWindow,
  { reference }: WindowFindings,
): WindowReference | null {
  if (!reference || !closed.against) return null;
  const { rows, hash } = reference;
  if ("version" in closed.against) return { kind: "fixed", rows, windows: null, version: closed.against.version, hash };
  return { kind: against.kind, rows, windows: closed.against.windows, version: null, hash };
}

/** Scores go no lower: p-values of few values lie at 1 together, which is no sign of anything. */
const lowest = -3;

/**
 * Standard normal score of each column's p-value, Φ⁻¹(1 - p). A p-value of 0 counts as the least positive double, 38.5;
 * scores below -3 as -3.
 */
export function scoresOf({ columns }: Pick<DriftReport, "columns">): WindowResult["scores"] {
  const scores = Object.entries(columns).map(([name, { pValue }]) => {
    if (pValue === null) return [name, null] as const;
    return [
      name,
      Math.max(lowest, normal.upperQuantile(Math.min(1 - 2 ** -53, Math.max(pValue, Number.MIN_VALUE)))),
    ] as const;
  });
  return Object.fromEntries(scores);
}
