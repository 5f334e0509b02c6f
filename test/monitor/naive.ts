/** What a monitor has to do, one row after the other, without panes: windows are looked for, rows are filtered. */
import type { MonitorOptions } from "smirnov/monitor";

export interface NaiveRow {
  readonly time: number;
  readonly x: number;
  readonly g: string;
}

export type NaiveEvent = { readonly push: readonly NaiveRow[] } | { readonly advanceTo: number };

/** In milliseconds, or rows. */
export interface NaivePolicy {
  readonly by: "time" | "rows";
  readonly whole: number;
  readonly every: number;
  readonly offset: number;
  readonly lateness: number;
  readonly late: "count" | "next";
  /** Windows that the reference lies before the current one: from the first to the last; `null`: a fixed one. */
  readonly against: { readonly first: number; readonly last: number } | null;
}

export interface NaiveWindow {
  readonly number: number;
  readonly start: number;
  readonly rows: readonly NaiveRow[];
  readonly reference: readonly NaiveRow[];
  /** All rows of stretches before it, stretch by stretch. */
  readonly earlier: readonly (readonly NaiveRow[])[];
}

interface Accepted {
  readonly row: NaiveRow;
  /** The stretch of `every` that it counts for. */
  readonly stretch: number;
  /** Windows that were open for it. */
  readonly windows: readonly number[];
}

/** Rows of windows stretch by stretch, and within a stretch as they came. */
const inOrder = (rows: readonly Accepted[]): NaiveRow[] =>
  rows.toSorted((a, b) => a.stretch - b.stretch).map(({ row }) => row);

/** The same, each stretch by itself. */
function byStretch(rows: readonly Accepted[]): NaiveRow[][] {
  const stretches = [...new Set(rows.map(({ stretch }) => stretch))].sort((a, b) => a - b);
  return stretches.map((own) => rows.filter(({ stretch }) => stretch === own).map(({ row }) => row));
}

export function naiveWindows(
  events: readonly NaiveEvent[],
  policy: NaivePolicy,
): { readonly windows: readonly NaiveWindow[]; readonly late: number } {
  return policy.by === "rows" ? byRows(events, policy) : byTime(events, policy);
}

function byRows(events: readonly NaiveEvent[], { whole, every, against }: NaivePolicy) {
  const rows = events.flatMap((event) => ("push" in event ? event.push : []));
  const windows: NaiveWindow[] = [];
  for (let number = 0; ; number++) {
    const [from, to] = [number * every, number * every + whole];
    // A window that is not full is told at the end, where it has rows that no window before it had.
    if (to > rows.length && (number === 0 ? 0 : from - every + whole) >= rows.length) break;
    const own = rows.slice(from, to);
    const reference = against
      ? rows.slice(Math.max(0, from - against.first * every), Math.max(0, from - against.last * every + whole))
      : [];
    const isThere = against !== null && number >= against.last;
    const start = Math.min(...own.map(({ time }) => time));
    const earlier = Array.from({ length: number }, (_, k) => rows.slice(k * every, (k + 1) * every));
    windows.push({ number, start, rows: own, reference: isThere ? reference : [], earlier });
    if (to > rows.length) break;
  }
  return { windows, late: 0 };
}

function byTime(events: readonly NaiveEvent[], policy: NaivePolicy) {
  const { whole, every, offset, lateness, against } = policy;
  const startOf = (window: number): number => window * every + offset;
  const endOf = (window: number): number => startOf(window) + whole;
  const accepted: Accepted[] = [];
  const windows: NaiveWindow[] = [];
  let [watermark, late] = [Number.NEGATIVE_INFINITY, 0];
  const told = new Set<number>();
  const close = (until: number): void => {
    const open = accepted.flatMap((one) => one.windows).filter((window) => !told.has(window) && endOf(window) <= until);
    for (const number of [...new Set(open)].sort((a, b) => a - b)) {
      told.add(number);
      const rows = inOrder(accepted.filter((one) => one.windows.includes(number)));
      const first = Math.min(...told);
      const [low, high] = against ? [number - against.first, number - against.last + whole / every - 1] : [0, -1];
      const isThere = against !== null && number - first >= against.last;
      // Nothing lies before the first window.
      const before = accepted.filter(({ stretch }) => stretch >= Math.max(low, first) && stretch <= high);
      const earlier = byStretch(accepted.filter(({ stretch }) => stretch < number));
      windows.push({ number, start: startOf(number), rows, reference: isThere ? inOrder(before) : [], earlier });
    }
    watermark = Math.max(watermark, until);
  };
  for (const event of events) {
    if ("advanceTo" in event) {
      close(Math.max(watermark, event.advanceTo - lateness));
      continue;
    }
    for (const row of event.push) {
      const stretch = Math.floor((row.time - offset) / every);
      const all = Array.from({ length: whole / every }, (_, k) => stretch - k);
      const open = all.filter((window) => endOf(window) > watermark);
      if (open.length < all.length) late++;
      if (open.length > 0) accepted.push({ row, stretch, windows: open });
      else if (policy.late === "next") {
        let oldest = stretch;
        while (endOf(oldest) <= watermark) oldest++;
        accepted.push({ row, stretch: oldest, windows: [oldest] });
      }
    }
    const latest = Math.max(...event.push.map(({ time }) => time));
    close(Math.max(watermark, latest - lateness));
  }
  close(Number.POSITIVE_INFINITY);
  return { windows, late };
}

/** The same policy as a monitor is told. */
export function optionsOf(policy: NaivePolicy): Pick<MonitorOptions, "window" | "lateness" | "late" | "against"> {
  const { by, whole, every, offset, lateness, late, against } = policy;
  return {
    window: by === "rows" ? { rows: whole, every } : { duration: whole, every, offset },
    lateness,
    late,
    ...(against && {
      against: against.first === against.last ? { lag: against.last } : { rolling: against.first - against.last + 1 },
    }),
  };
}
