/**
 * Windows as panes. A pane is a stretch of `every` (of time, or of rows), and a window is `panes` of them one after the other,
 * so that the rows of windows that overlap are stored once. Window w begins with pane w.
 */
import { knownOptions, shown } from "../statistics/option-checks.js";
import { wholeNumber } from "../statistics/whole-number.js";
import { milliseconds } from "./duration.js";
import type { WindowPolicy } from "./monitor-options.js";

export interface WindowShape {
  readonly by: "time" | "rows";
  /** Of a pane: milliseconds, or rows. */
  readonly every: number;
  /** Of a window. */
  readonly panes: number;
  /** Milliseconds from 1970 to the beginning of a pane. */
  readonly offset: number;
}

/** More panes than this in one window are a mistake: a window of a week every second. */
const mostPanes = 10_000;

/** @throws TypeError for what is no policy, RangeError for lengths out of range and for an `every` that does not divide the whole */
export function windowShape(policy: WindowPolicy): WindowShape {
  const where = "Monitor: window";
  if (typeof policy !== "object" || policy === null) {
    throw new TypeError(`${where} must be { rows } or { duration }, got ${shown(policy)}`);
  }
  if ("rows" in policy === "duration" in policy) {
    throw new RangeError(`${where} must have either rows or duration, got ${"rows" in policy ? "both" : "neither"}`);
  }
  if ("rows" in policy) {
    knownOptions(where, policy, ["rows", "every"]);
    const { rows, every = rows } = policy;
    wholeNumber("Monitor", "window.rows", rows, 1, 2 ** 31);
    wholeNumber("Monitor", "window.every", every, 1, rows);
    return { by: "rows", every, panes: panesOf(rows, every), offset: 0 };
  }
  knownOptions(where, policy, ["duration", "every", "offset"]);
  const duration = milliseconds(`${where}.duration`, policy.duration);
  const every = policy.every === undefined ? duration : milliseconds(`${where}.every`, policy.every);
  const offset =
    policy.offset === undefined || policy.offset === 0 ? 0 : milliseconds(`${where}.offset`, policy.offset);
  for (const [name, value] of Object.entries({ duration, every, offset })) {
    if (!Number.isInteger(value)) throw new RangeError(`${where}.${name} must be whole milliseconds, got ${value}`);
  }
  return { by: "time", every, panes: panesOf(duration, every), offset: offset % every };
}

function panesOf(whole: number, every: number): number {
  if (whole % every !== 0) {
    throw new RangeError(`Monitor: window.every must divide the window's length, ${whole}, without rest, got ${every}`);
  }
  if (whole / every <= mostPanes) return whole / every;
  throw new RangeError(
    `Monitor: window.every must be at least a ${mostPanes}th of the window, got ${every} of ${whole}`,
  );
}

/** The pane of a time. */
export function paneAt({ every, offset }: WindowShape, time: number): number {
  return Math.floor((time - offset) / every);
}

/** When a pane begins. */
export function paneStart({ every, offset }: WindowShape, pane: number): number {
  return pane * every + offset;
}

/** The first window whose end a watermark has not reached. */
export function firstOpenAt(shape: WindowShape, watermark: number): number {
  return paneAt(shape, watermark) - shape.panes + 1;
}
