/** From a closed window to its result. */
import type { Table } from "../column/column.js";
import { concatenated, type Pane } from "./pane.js";
import type { QualityFindings } from "./quality-task.js";
import type { Settings } from "./settings.js";
import type { ClosedWindow, PaneRows } from "./stream.js";
import type { WindowModelQuality, WindowReference, WindowResult, WindowStatus } from "./window-result.js";
import type { WindowFindings } from "./window-task.js";

/** The rows of some panes, pane by pane. */
export function rowsOfPanes(panes: ReadonlyMap<number, Pane>, wanted: PaneRows): Table {
  return concatenated(wanted.map(([pane, rows]) => panes.get(pane)!.store.take(0, rows)));
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

/** A window that was told, and is told again with how well the model did. */
export function resultAgain(
  settings: Settings,
  before: WindowResult,
  asOf: number,
  { quality, failure, seconds }: QualityFindings,
): WindowResult {
  const revision = before.revision + 1;
  return { ...withQuality(before, quality, failure), id: idOf(settings, before, revision), revision, asOf, seconds };
}

/** @param failure  why the model could not be judged */
export function withQuality(
  result: WindowResult,
  modelQuality: WindowModelQuality | null,
  failure: string | null,
): WindowResult {
  const reason = failure === null ? result.reason : `${result.reason}; the model could not be judged: ${failure}`;
  return { ...result, modelQuality, reason };
}

export function emptyResult(settings: Settings, closed: ClosedWindow): WindowResult {
  const reason =
    closed.count === 1 ? "no row came" : `no row came, and in the ${closed.count - 1} windows after it none`;
  return uncompared(settings, closed, "empty", reason);
}

/** @param found  what the thread found; the window was compared with something */
export function comparedResult(settings: Settings, closed: ClosedWindow, found: WindowFindings): WindowResult {
  const { report, failure, hash, seconds, scores, kinds } = found;
  const about = { hash, seconds, reference: referenceOf(settings, closed, found) };
  if (!report) {
    const [status, reason] = failure === null ? noReference(settings) : (["failed", failure] as const);
    return { ...uncompared(settings, closed, status, reason), ...about };
  }
  return {
    ...uncompared(settings, closed, "compared", report.dataset.reason),
    ...about,
    report,
    scores,
    kinds,
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
