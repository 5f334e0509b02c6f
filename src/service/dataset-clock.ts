/** How a dataset's windows close though no row comes. */
import type { Table } from "../column/column.js";
import { type Duration, milliseconds } from "../monitor/duration.js";
import { rowTimes } from "../monitor/row-times.js";
import { isZero } from "../monitor/settings.js";
import { firstOpenAt, type WindowShape, windowShape } from "../monitor/window-shape.js";
import type { DatasetConfig } from "./config.js";
import { IdleClock, type IdleState } from "./idle-clock.js";

const shortest = 10 * 60_000;

/** Two steps of the window, and ten minutes at least. */
const defaultIdle = ({ every }: WindowShape): number => Math.max(2 * every, shortest);

export class DatasetClock {
  readonly #shape: WindowShape;
  readonly #time: string;
  readonly #lateness: number;
  readonly #idle: IdleClock;

  private constructor(shape: WindowShape, time: string, lateness: number, idle: IdleClock) {
    this.#shape = shape;
    this.#time = time;
    this.#lateness = lateness;
    this.#idle = idle;
  }

  /** `null` where windows are of rows, or rows have no time of their own, or only rows close windows. */
  static of(
    { window, time, lateness = 0, idle }: Pick<DatasetConfig, "window" | "time" | "lateness" | "idle">,
    state: unknown,
  ): DatasetClock | null {
    if (time === undefined || "rows" in window || idle === "never") return null;
    const shape = windowShape(window);
    const clock = new IdleClock(
      milliseconds("idle", (idle as Duration | undefined) ?? defaultIdle(shape)),
      (state ?? null) as IdleState | null,
    );
    return new DatasetClock(shape, time, isZero(lateness) ? 0 : milliseconds("lateness", lateness), clock);
  }

  get state(): IdleState | null {
    return this.#idle.state;
  }

  /** From now on rows can be sent. */
  start(now: number): void {
    this.#idle.start(now);
  }

  /** @param before, after  the monitor's watermark when these rows were pushed */
  rows(table: Table, arrival: number, before: number | null, after: number | null): void {
    this.#idle.rows(arrival, {
      before: before === null ? null : before + this.#lateness,
      oldest: () =>
        rowTimes(table, this.#time, arrival).reduce((least, time) => (time < least ? time : least), Infinity),
      after: after === null ? null : after + this.#lateness,
    });
  }

  /** Up to which time windows close now; `null` where none does. */
  due(now: number, watermark: number | null): number | null {
    const time = this.#idle.timeAt(now);
    if (time === null || watermark === null) return null;
    const next = firstOpenAt(this.#shape, time - this.#lateness);
    return next > firstOpenAt(this.#shape, watermark) ? time : null;
  }
}
