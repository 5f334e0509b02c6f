/**
 * When one alert begins and ends, written to be obviously right: everything that was ever told is kept, and looked through anew
 * with each window.
 */
import type { AlertRule } from "../../src/alerts/alert-rule.ts";

export interface NaiveWindow {
  readonly index: number;
  readonly revision: number;
  readonly end: number;
  readonly start: number;
  /** `null`: it cannot tell. */
  readonly value: number | null;
}

const hours = (text: string) => Number(text.replace("h", "")) * 3_600_000;

/** @returns after each window: `firing`, `resolved`, or nothing */
export function naiveAlert(rule: AlertRule, limit: number, clear: number, told: readonly NaiveWindow[]): string[] {
  const latestOf = new Map<number, NaiveWindow>();
  let firing: { told: number } | null = null;
  let ended: number | null = null;
  const long = (wanted: number | string, run: readonly NaiveWindow[]) =>
    typeof wanted === "number"
      ? run.length >= wanted
      : run.length > 0 && run.at(-1)!.end - run[0]!.start >= hours(wanted);
  return told.map((window) => {
    const known = latestOf.get(window.index);
    if (known && known.revision >= window.revision) return "";
    const isNewest = Math.max(-1, ...latestOf.keys()) < window.index;
    // A revision that cannot tell leaves what the one before told.
    latestOf.set(window.index, { ...window, value: window.value ?? known?.value ?? null });
    const now = Math.max(...[...latestOf.values()].map(({ end }) => end));
    const answered = [...latestOf.values()].filter(({ value }) => value !== null).sort((a, b) => a.index - b.index);
    const holds = ({ value }: NaiveWindow) => value! > limit;
    const good = ({ value }: NaiveWindow) => value! <= clear;
    const lastWhere = (is: (upTo: number) => boolean) => {
      const run: NaiveWindow[] = [];
      for (let k = answered.length - 1; k >= 0 && is(k); k--) run.unshift(answered[k]!);
      return run;
    };
    const { windows, for: hold = 1, clearFor = 1, coolDown, repeat } = rule;
    const isOver = (k: number) =>
      windows
        ? answered.slice(Math.max(0, k + 1 - windows.n), k + 1).filter((one) => !good(one)).length < windows.k
        : good(answered[k]!);
    if (firing) {
      if (window.value !== null && long(clearFor, lastWhere(isOver))) {
        [firing, ended] = [null, now];
        return "resolved";
      }
      if (isNewest && repeat !== undefined && now - firing.told >= hours(String(repeat))) {
        firing = { told: now };
        return "firing";
      }
      return "";
    }
    if (window.value === null) return "";
    const last = answered.at(-1);
    if (!last || !holds(last)) return "";
    if (ended !== null && coolDown !== undefined && last.end - ended < hours(String(coolDown))) return "";
    const isHeld = windows
      ? answered.slice(-windows.n).filter(holds).length >= windows.k
      : long(
          hold,
          lastWhere((k) => holds(answered[k]!)),
        );
    if (!isHeld) return "";
    firing = { told: now };
    return "firing";
  });
}
