/** What rows or values would take of a monitor, before they are taken: whoever acknowledges them asks first. */
import type { Table } from "../column/column.js";
import { arrange } from "./arrange.js";
import { mostPanes, paneOfValue } from "./panes-of-stream.js";
import { rowTimesAhead } from "./row-times.js";
import type { Settings } from "./settings.js";
import type { StreamState } from "./stream.js";

/** Of a series; the value itself takes as much as any other. */
export interface TimedValue {
  readonly series: string;
  readonly time: number;
}

export interface Wanted {
  /** Stretches of `window.every` that they would begin. */
  readonly stretches: number;
  /** How many more may begin now, and how many there may be at all. */
  readonly room: number;
  readonly most: number;
  /** Values that one of their series would have in one stretch, at most; 0 for rows. */
  readonly values: number;
}

/** @throws as `rowTimes` */
export function wantedBy(
  stream: StreamState,
  settings: Settings,
  of: Table | readonly TimedValue[],
  arrival: number,
): Wanted {
  const { panes } = stream;
  const most = mostPanes(settings);
  const [begun, values] = "rows" in of ? ofRows(stream, settings, of, arrival) : ofValues(stream, settings, of);
  const stretches = begun.reduce((sum, number) => sum + (panes.has(number) ? 0 : 1), 0);
  return { stretches, room: most - panes.size, most, values };
}

type Found = readonly [panes: readonly number[], values: number];

function ofRows(stream: StreamState, settings: Settings, table: Table, arrival: number): Found {
  const times = rowTimesAhead(table, settings.time, arrival, settings.maximumAhead);
  const { panes } = arrange(times, stream, settings);
  const found = new Set<number>();
  // Most rows lie where the one before lies.
  for (let row = 0; row < panes.length; row++) if (panes[row] !== panes[row - 1]) found.add(panes[row]!);
  found.delete(Number.NaN);
  return [[...found], 0];
}

function ofValues(stream: StreamState, settings: Settings, all: readonly TimedValue[]): Found {
  const counts = new Map<number, Map<string, number>>();
  let most = 0;
  for (const { series, time } of all) {
    const number = paneOfValue(stream, settings, time);
    if (number === null) continue;
    const own = counts.get(number) ?? new Map<string, number>();
    const count = 1 + (own.get(series) ?? stream.panes.get(number)?.series.get(series)?.length ?? 0);
    counts.set(number, own.set(series, count));
    most = Math.max(most, count);
  }
  return [[...counts.keys()], most];
}
