/**
 * Windows of event time close with later rows, so those of a source that has died would never be told. Where nothing came for
 * some time (`idle`), event time goes on as the clock does, as far behind it as the latest row was when it came: a source that
 * comes back with rows of the same delay finds their windows open.
 *
 * Not so where rows were further behind the clock than `idle` when they came: history that is read again, or batches that come
 * more seldom. Their time stands still until more rows come.
 */

/** Plain data, as snapshots keep it. */
export interface IdleState {
  /** When the latest rows came. */
  readonly arrival: number;
  /** How far the latest time of a row was behind them. */
  readonly lag: number;
  /** How far time had been behind when rows came, at most: in the stretch of `idle` before the current one, and in this. */
  readonly behind: readonly [before: number, now: number];
  /** When the current stretch began. */
  readonly since: number;
}

/** How far event time had come when rows came, and how far they brought it; `null`: nowhere yet. */
export interface Progress {
  readonly before: number | null;
  /** The oldest time of these rows; asked where there was none before. */
  readonly oldest: () => number;
  readonly after: number | null;
}

export class IdleClock {
  readonly #idle: number;
  #started = Number.POSITIVE_INFINITY;
  #state: IdleState | null;

  /**
   * @param idle   milliseconds
   * @param state  of an earlier one
   */
  constructor(idle: number, state: IdleState | null) {
    this.#idle = idle;
    this.#state = state;
  }

  get state(): IdleState | null {
    return this.#state;
  }

  /** From now on rows can be sent; while we were not there nobody could. */
  start(now: number): void {
    this.#started = now;
  }

  /** Rows that were looked at. */
  rows(arrival: number, { before, oldest, after }: Progress): void {
    if (after === null) return;
    const behind = arrival - (before ?? oldest());
    const lag = Math.max(0, arrival - after);
    const { since = arrival, behind: [previous, current] = [0, 0] } = this.#state ?? {};
    const stretches = Math.floor((arrival - since) / this.#idle);
    this.#state = {
      ...{ arrival, lag },
      behind:
        stretches === 0
          ? [previous, Math.max(current, behind, lag)]
          : [stretches === 1 ? current : 0, Math.max(behind, lag)],
      since: stretches === 0 ? since : arrival,
    };
  }

  /** How far event time has come by the clock; `null` where only rows tell it. */
  timeAt(now: number): number | null {
    const state = this.#state;
    if (!state || now - Math.max(state.arrival, this.#started) < this.#idle) return null;
    return Math.max(...state.behind) > this.#idle ? null : now - state.lag;
  }
}
