/** What a monitor is told to do. */
import type { Comparable } from "../drift/compare.js";
import type { ModelQualityOptions } from "../drift/model-options.js";
import type { CompareOptions } from "../drift/options.js";
import type { Duration } from "./duration.js";
import type { WindowResult } from "./window-result.js";

/**
 * By rows, or by time: tumbling where `every` is left out, else sliding, and `every` divides the whole. Windows of time
 * begin at multiples of `every` after 1970 plus `offset`.
 */
export type WindowPolicy =
  | { readonly rows: number; readonly every?: number }
  | { readonly duration: Duration; readonly every?: Duration; readonly offset?: Duration };

/**
 * What windows are compared with. fixed: the reference that was given. previous: the window before. rolling: the last so many
 * windows before. expanding: all before. lag: the one window so long before, as the same hour of last week. Windows that
 * overlap the current one are never part of a reference. A lag is a number of windows, or a time as text.
 */
export type ReferencePolicy =
  | "fixed"
  | "previous"
  | "expanding"
  | { readonly rolling: number }
  | { readonly lag: number | string };

/** Where labels come later: rows are joined by id. */
export interface LabelOptions extends Omit<ModelQualityOptions, "signal"> {
  /** Column with the id, in rows and labels. */
  readonly id: string;
  /** How long labels are waited for after the end of their window, or after it closed where that was later; default 7 days. */
  readonly within?: Duration;
  /** Share of the rows from which on model quality is told; default 0.5. It is told again when the share has grown by a tenth, and at last. */
  readonly coverage?: number;
}

/** A streaming detector by name, with its options: `{ detector: "pageHinkley", threshold: 50 }`. */
export interface DetectorOptions {
  readonly detector: string;
  readonly [option: string]: unknown;
}

export interface MonitorOptions {
  /** Name of the dataset, in results. */
  readonly name: string;
  readonly model?: { readonly name: string; readonly version?: string };
  readonly window: WindowPolicy;
  readonly against?: ReferencePolicy;
  /** What `against: "fixed"` compares with. May be given later (`setReference`). */
  readonly reference?: Comparable;
  /**
   * How long a rhythm of the data is, as a time in text or a number of windows: windows are compared with the one a period ago
   * too, as evidence for `kinds`. Goes with `against: "fixed"`; `history` holds two periods at least.
   */
  readonly period?: number | string;
  /**
   * Column with the time of a row (points in time, milliseconds, or ISO 8601); without it, when the row came. Like the id
   * of labels it is not compared, unless `compare.columns` names it.
   */
  readonly time?: string;
  /** How long to wait for rows that come late: the watermark is the latest time seen less this; default 0. */
  readonly lateness?: Duration;
  /** A row whose windows are closed is counted, and left out of these (`count`, the default), or goes to the oldest open window (`next`). */
  readonly late?: "count" | "next";
  /**
   * How far ahead of its arrival a row may be; without it any. The times of others are none (`untimed`), so that one clock that
   * is wrong does not close the windows of all.
   */
  readonly maximumAhead?: Duration;
  /** How windows are compared. */
  readonly compare?: Omit<CompareOptions, "signal" | "onProgress" | "pairBy">;
  readonly labels?: LabelOptions;
  /** Detectors of series and of columns of numbers, by name; those of columns look at every value as it comes. */
  readonly detectors?: { readonly [series: string]: readonly DetectorOptions[] };
  /**
   * Windows whose scores are kept for the kind of drift; default 200, and 20 times as many as share a row where windows slide,
   * up to 4 000.
   */
  readonly history?: number;
  /** Rows that open windows and those that wait may hold together; default 10 000 000. `push` refuses more. */
  readonly maximumRows?: number;
  /** Called in the order of the windows, and waited for. What it throws is thrown by `idle`, and the window is told again. */
  readonly onWindow?: (result: WindowResult) => void | Promise<void>;
}

/** When rows came, and the number of the record that they came with. */
export interface PushOptions {
  /** Milliseconds since 1970; now, if not given. */
  readonly arrival?: number;
  /** Records are applied once: what comes with a number that is not above the last one changes nothing. */
  readonly sequence?: number;
}

/** Of what comes with a time of its own. */
export type SequenceOptions = Pick<PushOptions, "sequence">;

/** What became of rows that were pushed. */
export interface PushReceipt {
  readonly rows: number;
  /** In at least one window. */
  readonly accepted: number;
  /** Too late for at least one of its windows. */
  readonly late: number;
  /** Without a time that can be read, or further ahead than `maximumAhead`; in no window. */
  readonly untimed: number;
  /** Windows that closed with it. */
  readonly closed: number;
}
