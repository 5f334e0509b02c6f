/** What a stream takes, and what it holds. */
import type { Table } from "../column/column.js";
import { shown } from "../statistics/option-checks.js";
import { type Arranged, rowsByPane } from "./arrange.js";
import { rowsOfPanes } from "./evaluation.js";
import { addRows, newPane, type Pane } from "./pane.js";
import { rowsReach } from "./reference-shape.js";
import type { RowStore } from "./row-store.js";
import type { Settings } from "./settings.js";
import { closedOf, type StreamState } from "./stream.js";
import { paneAt } from "./window-shape.js";

/** The first pane of the windows that are open or wait. */
export function panesHeld(stream: StreamState): number {
  return closedOf(stream)[0]?.window ?? stream.open ?? Number.NEGATIVE_INFINITY;
}

function heldPanes(stream: StreamState): Pane[] {
  const first = panesHeld(stream);
  return [...stream.panes].filter(([number]) => number >= first).map(([, pane]) => pane);
}

export function rowsHeld(stream: StreamState): number {
  return heldPanes(stream).reduce((sum, { store }) => sum + store.rows, 0);
}

export function bytesHeld(stream: StreamState): number {
  return heldPanes(stream).reduce((sum, { store }) => sum + store.bytes, 0);
}

/** Forgets panes that no window needs any more; rows of them are not read by anybody. */
export function forgetPanes(stream: StreamState, { against }: Settings): void {
  const needed = panesHeld(stream) - rowsReach(against);
  for (const [number, { store }] of [...stream.panes]) {
    if (number >= needed) continue;
    stream.panes.delete(number);
    store.letGo();
  }
}

/** Rows of a batch, and the pane that they lie in. */
export interface TakenRows {
  readonly number: number;
  readonly rows: Uint32Array;
}

/** Each takes memory, however few rows it has: times that lie all over the years are no stream. */
const mostBeside = 10_000;

export const mostPanes = ({ shape, against }: Settings): number => mostBeside + 2 * shape.panes + rowsReach(against);

function checkPanes(what: string, stream: StreamState, settings: Settings, more: number): void {
  const most = mostPanes(settings);
  if (stream.panes.size + more <= most) return;
  const held = `${more} beside ${stream.panes.size}`;
  throw new RangeError(`Monitor.${what} may lie in ${most} stretches of window.every at most, got ${held}`);
}

/** Takes a batch, or nothing of it. @throws as `RowStore.append`; RangeError for rows of too many stretches of time */
export function takeBatch(
  stream: StreamState,
  settings: Settings,
  table: Table,
  times: Float64Array,
  { panes, late }: Arranged,
): readonly TakenRows[] {
  const { shape } = settings;
  const byPane = [...rowsByPane(panes)];
  const more = byPane.filter(([number]) => !stream.panes.has(number)).length;
  checkPanes("push: rows", stream, settings, more);
  const chosen = byPane.map(([number, rows]) => ({
    number,
    rows,
    pane: stream.panes.get(number) ?? newPane(stream.memory),
  }));
  addRows(table, new Map(chosen.map(({ pane, rows }) => [pane, rows])));
  for (const { number, rows, pane } of chosen) {
    stream.panes.set(number, pane);
    for (const row of rows) {
      pane.first = Math.min(pane.first, times[row]!);
      pane.last = Math.max(pane.last, times[row]!);
    }
    stream.latest = Math.max(stream.latest ?? pane.last, pane.last);
    if (shape.by === "rows") stream.filling = Math.max(stream.filling, number);
  }
  stream.late += late;
  const isFull = stream.panes.get(stream.filling)?.store.rows === shape.every;
  if (shape.by === "rows" && isFull) stream.filling++;
  return chosen;
}

/** Where a value lies; `null`: no window is open for it. */
export function paneOfValue(stream: StreamState, { shape, late }: Settings, time: number): number | null {
  const oldest = stream.open ?? Number.NEGATIVE_INFINITY;
  const own = shape.by === "rows" ? stream.filling : paneAt(shape, time);
  return own < oldest && late === "count" ? null : Math.max(own, oldest);
}

/** @returns whether a window is open for a value; it is taken if it is new. @throws TypeError, RangeError for the name */
export function observeIn(
  stream: StreamState,
  settings: Settings,
  isNew: boolean,
  series: unknown,
  value: number,
  time: number,
): boolean {
  if (typeof series !== "string") throw new TypeError(`Monitor.observe: series must be a text, got ${shown(series)}`);
  if (series === "") throw new RangeError("Monitor.observe: series must not be empty");
  const { maximumRows } = settings;
  const number = isNew ? paneOfValue(stream, settings, time) : null;
  if (number === null) return false;
  if (!stream.panes.has(number)) checkPanes("observe: values", stream, settings, 1);
  const pane = stream.panes.get(number) ?? newPane(stream.memory);
  const values = pane.series.get(series) ?? [];
  if (values.length >= maximumRows) {
    throw new RangeError(`Monitor.observe: maximumRows is ${maximumRows}, so many values of ${series} are in a window`);
  }
  stream.panes.set(number, pane);
  pane.series.set(series, values);
  values.push(value);
  return true;
}

const lent = new WeakMap<Table, readonly RowStore[]>();

/** Rows of the window that is told next. They stay what they are for whoever has them. */
export function rowsTold({ waiting, panes }: StreamState): Table | null {
  const [first] = waiting;
  if (first?.is !== "closed" || first.rows === 0) return null;
  const rows = rowsOfPanes(panes, first.panes);
  const stores = first.panes.map(([pane]) => panes.get(pane)!.store);
  for (const store of stores) store.lend(1);
  lent.set(rows, stores);
  return rows;
}

/** What `rowsTold` gave is read no more, by anybody: their memory may be used again. */
export function giveBack(rows: Table): void {
  for (const store of lent.get(rows) ?? []) store.lend(-1);
  lent.delete(rows);
}
