/** Which pane each row belongs to. */
import type { Settings } from "./settings.js";
import type { StreamState } from "./stream.js";
import { paneAt } from "./window-shape.js";

export interface Arranged {
  /** NaN: in none. */
  readonly panes: Float64Array;
  readonly accepted: number;
  readonly late: number;
  readonly untimed: number;
}

/** By the times of the rows, in the order in which they came; changes nothing. */
export function arrange(times: Float64Array, stream: StreamState, settings: Settings): Arranged {
  const { shape, late: policy } = settings;
  const panes = new Float64Array(times.length).fill(Number.NaN);
  let [accepted, late, untimed] = [0, 0, 0];
  let { filling } = stream;
  let room = shape.every - (stream.panes.get(filling)?.store.rows ?? 0);
  const oldest = stream.open ?? Number.NEGATIVE_INFINITY;
  for (let row = 0; row < times.length; row++) {
    const time = times[row]!;
    if (Number.isNaN(time)) {
      untimed++;
      continue;
    }
    if (shape.by === "rows") {
      if (room === 0) {
        filling++;
        room = shape.every;
      }
      room--;
      panes[row] = filling;
      accepted++;
      continue;
    }
    const pane = paneAt(shape, time);
    if (pane < oldest + shape.panes - 1) late++;
    if (pane < oldest && policy === "count") continue;
    panes[row] = Math.max(pane, oldest);
    accepted++;
  }
  return { panes, accepted, late, untimed };
}

/** The rows of each pane, in their order. */
export function rowsByPane(panes: Float64Array): Map<number, Uint32Array> {
  const counts = new Map<number, number>();
  for (const pane of panes) if (!Number.isNaN(pane)) counts.set(pane, (counts.get(pane) ?? 0) + 1);
  const rows = new Map(Array.from(counts, ([pane, count]) => [pane, new Uint32Array(count)]));
  const filled = new Map<number, number>();
  for (const [row, pane] of panes.entries()) {
    const own = rows.get(pane);
    if (!own) continue;
    const at = filled.get(pane) ?? 0;
    own[at] = row;
    filled.set(pane, at + 1);
  }
  return rows;
}
