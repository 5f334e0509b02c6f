/**
 * When an alert begins and ends: by the windows that could tell, in their order. Everything follows from what is held of each
 * window, so that a window that is told again, or revised, is counted once.
 */
import { type Duration, milliseconds } from "../monitor/duration.js";
import type { AlertRule } from "./alert-rule.js";
import type { Held } from "./condition.js";

export interface HeldWindow {
  readonly id: string;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly revision: number;
  readonly held: Held;
}

/** So many windows in a row, or so long. */
export type Lasting = { readonly windows: number } | { readonly time: number };

/** A rule's numbers. */
export interface Timing {
  readonly hold: Lasting;
  readonly share: { readonly k: number; readonly n: number } | null;
  readonly clear: Lasting;
  readonly coolDown: number;
  /** Never: infinite. */
  readonly repeat: number;
}

export function timingOf(rule: AlertRule): Timing {
  const time = (value: Duration | undefined, otherwise: number) =>
    value === undefined ? otherwise : milliseconds(`alerts: rule ${JSON.stringify(rule.name)}`, value);
  const lasting = (value: number | Duration = 1): Lasting =>
    typeof value === "number" ? { windows: value } : { time: time(value, 0) };
  return {
    hold: lasting(rule.for),
    share: rule.windows ?? null,
    clear: lasting(rule.clearFor),
    coolDown: time(rule.coolDown, 0),
    repeat: time(rule.repeat, Number.POSITIVE_INFINITY),
  };
}

/** @param windows that could tell, in order */
export function begins({ hold, share }: Timing, windows: readonly HeldWindow[]): boolean {
  if (windows.at(-1)?.held !== "yes") return false;
  if (share) return count(windows.slice(-share.n), (one) => one.held === "yes") >= share.k;
  return lasts(
    hold,
    trailing(windows, (k) => windows[k]!.held === "yes"),
  );
}

export function ends({ share, clear }: Timing, windows: readonly HeldWindow[]): boolean {
  const good = ({ held }: HeldWindow) => held === "no";
  const isOver = (k: number): boolean => {
    if (!share) return good(windows[k]!);
    const last = windows.slice(Math.max(0, k + 1 - share.n), k + 1);
    return last.length - count(last, good) < share.k;
  };
  return lasts(clear, trailing(windows, isOver));
}

/** Those in which it held that led to the alert, the last n or in a row. */
export function heldWindows({ share }: Timing, windows: readonly HeldWindow[]): HeldWindow[] {
  if (share) return windows.slice(-share.n).filter(({ held }) => held === "yes");
  return trailing(windows, (k) => windows[k]!.held === "yes");
}

/** The windows with one more, or with one in a later revision; `null` where nothing changes by it. */
export function withWindow(windows: readonly HeldWindow[], one: HeldWindow): HeldWindow[] | null {
  const at = windows.findLastIndex(({ index }) => index <= one.index);
  const known = windows[at]?.index === one.index ? windows[at] : undefined;
  if (known && known.revision >= one.revision) return null;
  return windows.toSpliced(known ? at : at + 1, known ? 1 : 0, one);
}

/** The last ones, as many as can still matter. */
export function needed({ hold, share, clear }: Timing, windows: readonly HeldWindow[]): HeldWindow[] {
  const [most, time] = [hold, clear].reduce<[number, number]>(
    ([most, time], one) => ("windows" in one ? [Math.max(most, one.windows), time] : [most, Math.max(time, one.time)]),
    [1, 0],
  );
  const end = windows.at(-1)?.end ?? 0;
  const beyond = windows.findLastIndex(({ start }) => end - start >= time);
  const byTime = beyond < 0 ? 0 : beyond;
  const extra = (share?.n ?? 1) - 1;
  return windows.slice(Math.max(0, Math.min(windows.length - most, time > 0 ? byTime : windows.length) - extra));
}

function trailing(windows: readonly HeldWindow[], is: (k: number) => boolean): HeldWindow[] {
  let from = windows.length;
  while (from > 0 && is(from - 1)) from--;
  return windows.slice(from);
}

function lasts(wanted: Lasting, run: readonly HeldWindow[]): boolean {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return false;
  return "windows" in wanted ? run.length >= wanted.windows : last.end - first.start >= wanted.time;
}

function count(windows: readonly HeldWindow[], is: (one: HeldWindow) => boolean): number {
  return windows.reduce((sum, one) => sum + (is(one) ? 1 : 0), 0);
}
