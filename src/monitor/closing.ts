/** Windows that close: by the watermark, by the number of rows, or because nothing more comes. */
import type { Pane } from "./pane.js";
import { seriesSummary } from "./series-summary.js";
import type { Settings } from "./settings.js";
import type { ClosedWindow, PaneRows, StreamState } from "./stream.js";
import { firstOpenAt, paneStart } from "./window-shape.js";

/** Empty windows in a row that are told one by one. The others of a gap are told as one, when it is over. */
export const mostEmpty = 100;

/** Closes windows of time whose end the watermark has reached. */
export function closeByTime(stream: StreamState, settings: Settings): void {
  if (settings.shape.by === "rows" || stream.latest === null) return;
  closeBefore(stream, settings, firstOpenAt(settings.shape, stream.latest - settings.lateness));
}

/** Closes all windows before `limit`. */
function closeBefore(stream: StreamState, settings: Settings, limit: number): void {
  const { panes } = settings.shape;
  if (stream.open !== null && limit <= stream.open) return;
  const held = [...stream.panes.keys()].sort((a, b) => a - b);
  let window = stream.open ?? Number.NEGATIVE_INFINITY;
  // Before the first window there are none, empty or not.
  if (stream.closed === 0) window = Math.max(window, (held[0] ?? Number.POSITIVE_INFINITY) - panes + 1);
  for (let at = 0; window < limit; ) {
    while (held[at]! < window) at++;
    const next = held[at];
    const until = Math.min(limit, next === undefined ? limit : next - panes + 1);
    if (until > window) passEmpty(stream, settings, window, until);
    else closeOne(stream, settings, window);
    window = Math.max(until, until > window ? until : window + 1);
  }
  stream.open = limit;
}

function passEmpty(stream: StreamState, settings: Settings, from: number, until: number): void {
  let window = from;
  for (; window < until && stream.empty < mostEmpty; window++, stream.empty++) {
    stream.waiting.push(closedWindow(stream, settings, window, 1));
  }
  if (window === until) return;
  const { window: first = window, count = 0 } = stream.skipped ?? {};
  stream.skipped = { window: first, count: count + until - window };
}

function tellSkipped(stream: StreamState, settings: Settings): void {
  const { skipped } = stream;
  stream.empty = 0;
  stream.skipped = null;
  if (skipped) stream.waiting.push(closedWindow(stream, settings, skipped.window, skipped.count));
}

function closeOne(stream: StreamState, settings: Settings, window: number): void {
  tellSkipped(stream, settings);
  stream.waiting.push(closedWindow(stream, settings, window, 1));
}

/** Closes the windows of rows that are full. */
export function closeByRows(stream: StreamState, settings: Settings): void {
  if (settings.shape.by === "time") return;
  while (stream.filling >= (stream.open ?? 0) + settings.shape.panes) {
    const window = stream.open ?? 0;
    closeOne(stream, settings, window);
    stream.open = window + 1;
  }
}

/** Closes every window that has rows; by rows that which has rows that no window had. */
export function closeAll(stream: StreamState, settings: Settings): void {
  if (settings.shape.by === "rows") {
    const filling = stream.panes.get(stream.filling)?.store.rows ?? 0;
    if (filling > 0) stream.filling++;
    else if (stream.closed > 0 || stream.filling === 0) return;
    const window = stream.open ?? 0;
    closeOne(stream, settings, window);
    stream.open = window + 1;
    return;
  }
  const last = Math.max(...stream.panes.keys());
  if (Number.isFinite(last) && last >= (stream.open ?? last)) {
    closeBefore(stream, settings, last + 1);
    // What comes later for these windows is late.
    const end = paneStart(settings.shape, last + settings.shape.panes) + settings.lateness;
    stream.latest = Math.max(stream.latest ?? end, end);
  }
  tellSkipped(stream, settings);
}

function closedWindow(stream: StreamState, settings: Settings, window: number, count: number): ClosedWindow {
  const { shape } = settings;
  const own = panesFrom(stream, window, window + shape.panes);
  const index = stream.closed;
  const byRows = shape.by === "rows";
  const held = own.map(([pane]) => stream.panes.get(pane)!);
  const closed: ClosedWindow = {
    is: "closed",
    window,
    index,
    count,
    start: byRows ? Math.min(...held.map(({ first }) => first)) : paneStart(shape, window),
    end: byRows ? Math.max(...held.map(({ last }) => last)) : paneStart(shape, window + count - 1 + shape.panes),
    asOf: stream.arrival,
    rows: own.reduce((sum, [, rows]) => sum + rows, 0),
    late: stream.late,
    panes: own.filter(([, rows]) => rows > 0),
    series: seriesOf(held),
    detections: stream.detections,
    labelled: null,
    against: againstOf(stream, settings, window, index),
  };
  stream.closed += count;
  stream.late = 0;
  stream.detections = [];
  return closed;
}

function panesFrom({ panes }: StreamState, from: number, to: number): PaneRows {
  const found: [number, number][] = [];
  for (let pane = from; pane < to; pane++) {
    const held = panes.get(pane);
    if (held) found.push([pane, held.store.rows]);
  }
  return found;
}

function seriesOf(panes: readonly Pane[]): ClosedWindow["series"] {
  const names = [...new Set(panes.flatMap(({ series }) => [...series.keys()]))].sort();
  return Object.fromEntries(
    names.map((name) => [name, seriesSummary(panes.flatMap(({ series }) => series.get(name) ?? []))]),
  );
}

function againstOf(
  stream: StreamState,
  { against, shape }: Settings,
  window: number,
  index: number,
): ClosedWindow["against"] {
  const { kind, keeps, first, last } = against;
  if (kind === "fixed") return { version: stream.versions };
  if (index < last) return null;
  const from = first === null ? 0 : Math.max(0, index - first);
  const panes = keeps === "rows" ? panesFrom(stream, window - (index - from), window - last + shape.panes) : [];
  return { panes: panes.filter(([, rows]) => rows > 0), windows: [from, index - last] };
}
