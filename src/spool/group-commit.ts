/** Appends that come together are written together, and share an fsync. */
export interface Waiting {
  /** The record as it is written, but for its number. */
  readonly frame: Buffer;
  readonly told: (sequence: number) => void;
  readonly refused: (error: Error) => void;
}

/** Bytes of one write, unless a single record is larger. */
const batchBytes = 4 * 2 ** 20;

/** One after the other: each piece of work begins when those before it have ended, well or not. */
export class Sequential {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}

/** What waits to be written. */
export class WaitingAppends {
  readonly #queue: Waiting[] = [];
  /** On disk, once they are written. */
  bytes = 0;

  get empty(): boolean {
    return this.#queue.length === 0;
  }

  add(one: Waiting): void {
    this.#queue.push(one);
    this.bytes += one.frame.length;
  }

  /** Takes the first ones that fit into `room` together; the very first whatever its size. */
  take(room: number): { batch: Waiting[]; size: number } {
    let [count, size] = [0, 0];
    for (const one of this.#queue) {
      const more = size + one.frame.length;
      if (count > 0 && more > Math.min(room, batchBytes)) break;
      [count, size] = [count + 1, more];
    }
    this.bytes -= size;
    return { batch: this.#queue.splice(0, count), size };
  }

  /** Whether the first one fits. */
  fits(room: number): boolean {
    const [first] = this.#queue;
    return first === undefined || first.frame.length <= room;
  }
}
