/**
 * Rows on their way into windows: which panes they lie in, how far time has come, which windows are closed. Plain data, and
 * functions over it; nothing here waits for anything.
 */

import type { LabelledWindow } from "./label-settings.js";
import type { Pane } from "./pane.js";
import { RowMemory } from "./row-memory.js";
import type { SeriesDetection, SeriesSummary } from "./window-result.js";

/** Panes, and how many of a pane's rows: later rows of the same pane are others'. */
export type PaneRows = readonly (readonly [pane: number, rows: number])[];

/** A window that is closed: everything that its result is made of, but rows that others share. */
export interface ClosedWindow {
  readonly is: "closed";
  readonly window: number;
  readonly index: number;
  /** Windows in a row that it stands for: 1, but where many empty ones are told at once. */
  readonly count: number;
  readonly start: number;
  readonly end: number;
  readonly asOf: number;
  readonly rows: number;
  readonly late: number;
  readonly panes: PaneRows;
  readonly series: { readonly [name: string]: SeriesSummary };
  readonly detections: readonly SeriesDetection[];
  /** Of its labels, where they came before it was closed. */
  readonly labelled: LabelledWindow | null;
  /** What it is compared with: a version of the fixed reference (0: there was none), or earlier windows; `null`: there are none. */
  readonly against:
    | { readonly version: number }
    | { readonly panes: PaneRows; readonly windows: readonly [number, number] }
    | null;
}

/** A window that was told, and is told again since labels came. */
export interface LabelledAgain {
  readonly is: "labelled";
  readonly labelled: LabelledWindow;
}

export type Waiting = ClosedWindow | LabelledAgain;

export interface StreamState {
  readonly panes: Map<number, Pane>;
  /** That their rows lie in. */
  readonly memory: RowMemory;
  /** The latest time of a row, or that the clock has told; `null` before the first. */
  latest: number | null;
  /** When the latest rows came. */
  arrival: number;
  /** The oldest window that is not closed; `null` where none is. By rows: counted from 0. */
  open: number | null;
  /** By rows: the pane that is being filled. */
  filling: number;
  /** Windows that were closed; the next one's index. */
  closed: number;
  /** Empty windows in a row up to now, and those of them that are not told yet. */
  empty: number;
  skipped: { readonly window: number; readonly count: number } | null;
  /** Since the last window was closed. */
  late: number;
  detections: SeriesDetection[];
  /** Versions of the fixed reference that were given. */
  versions: number;
  /** Of the last record that was applied. */
  sequence: number;
  /** Not told yet, in the order in which it is told. */
  waiting: Waiting[];
}

export function newStream(byRows: boolean): StreamState {
  return {
    panes: new Map(),
    memory: new RowMemory(),
    latest: null,
    arrival: 0,
    open: byRows ? 0 : null,
    filling: 0,
    closed: 0,
    empty: 0,
    skipped: null,
    late: 0,
    detections: [],
    versions: 0,
    sequence: 0,
    waiting: [],
  };
}

/** Closed windows that are not told yet, oldest first. */
export function closedOf({ waiting }: StreamState): ClosedWindow[] {
  return waiting.filter((one) => one.is === "closed");
}

/** The oldest version of the fixed reference that a window is compared with which is not told yet. */
export function versionNeeded(stream: StreamState): number {
  const [next] = closedOf(stream).flatMap(({ against }) => (against && "version" in against ? [against.version] : []));
  return next ?? stream.versions;
}
