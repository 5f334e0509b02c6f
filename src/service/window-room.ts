/** What windows that are open hold, and what waits to be put into them: whether more has room is decided before it is accepted. */
import { leastBytes } from "../monitor/row-store.js";
import type { Wanted } from "../monitor/wanted.js";
import type { Decoded, Room } from "./effects.js";
import type { LiveMonitor } from "./live-monitor.js";
import { Problem } from "./problem.js";
import { tooMuch } from "./read-body.js";

/** What a record takes of what windows may hold. */
export interface Share extends Room {
  readonly stretches: number;
  /** Of series. */
  readonly values: number;
}

export const nothing: Share = { rows: 0, bytes: 0, stretches: 0, values: 0 };

const names = ["rows", "bytes", "stretches", "values"] as const;

/** In words what there is no room for, if there is any such thing. */
type Missing = readonly [held: string, more: number] | null;

export class WindowRoom {
  readonly #monitor: LiveMonitor;
  /** Of all that waits to be looked at. */
  readonly #waiting = { ...nothing };
  /** Bytes in windows that are open, at most. */
  #held: number;

  constructor(monitor: LiveMonitor) {
    this.#monitor = monitor;
    this.#held = monitor.bytesHeld;
  }

  /** @param sign  1 where it begins to wait, -1 where it ends */
  wait(share: Share, sign: 1 | -1): void {
    for (const name of names) this.#waiting[name] += sign * share[name];
  }

  /** It was looked at. */
  taken({ bytes }: Share): void {
    this.#held += bytes;
  }

  /**
   * @param most  that may be held
   * @returns what is held of it from now on, once it waits
   * @throws Problem where it would not have room: 429 where it will be, 507 where windows that are open have taken all of it,
   *   422 where it never has
   */
  need({ rows, bytes, windowed }: Omit<Decoded, "effect">, most: Room, arrival: number): Share {
    if (!windowed) return nothing;
    const given = windowed(arrival);
    const wanted = this.#monitor.wanted(given, arrival);
    const { stretches } = wanted;
    if (stretches > wanted.most) {
      const detail = `a body may lie in ${wanted.most} stretches of window.every, got ${stretches}: send fewer rows at a time`;
      throw new Problem(422, detail);
    }
    const share =
      "rows" in given
        ? { rows, bytes: Math.max(bytes, stretches * leastBytes(given.columns.size)), stretches, values: 0 }
        : { rows: 0, bytes: 0, stretches, values: rows };
    const missing = this.#missing(share, wanted, most);
    if (!missing) return share;
    if (this.#waiting.rows + this.#waiting.values > 0 || this.#monitor.pending > 0) throw tooMuch();
    const [held, more] = missing;
    throw new Problem(
      507,
      `windows that are open hold ${held}, and ${more} more have no room: windows must be smaller, or close`,
      { headers: { "retry-after": "30" } },
    );
  }

  #missing({ rows, bytes, stretches, values }: Share, wanted: Wanted, most: Room): Missing {
    const { rowsHeld } = this.#monitor;
    const waiting = this.#waiting;
    if (rows > 0 && rowsHeld + waiting.rows + rows > most.rows) {
      return [`${rowsHeld} of ${most.rows} rows (maximumRows)`, rows];
    }
    const isFull = () => bytes > 0 && this.#held + waiting.bytes + bytes > most.bytes;
    // Looked at anew only when it may be too much.
    if (isFull()) this.#held = this.#monitor.bytesHeld;
    if (isFull()) return [`${this.#held} of ${most.bytes} bytes (maximumBytes)`, bytes];
    const { room, most: all } = wanted;
    if (waiting.stretches + stretches > room) return [`${all - room} of ${all} stretches of window.every`, stretches];
    if (waiting.values + wanted.values <= most.rows) return null;
    return [`up to ${most.rows} values of a series (maximumRows)`, values];
  }
}
