/** When to write states down: often enough that a start is quick, and no more bytes than a few times those of rows. */

/** Bytes of records that a start may have to read. */
const mostBytes = 256 * 2 ** 20;

export class SnapshotSchedule {
  readonly #every: number;
  #at = Date.now();
  #bytes = 0;
  #state = 0;

  /** @param every milliseconds */
  constructor(every: number) {
    this.#every = every;
  }

  appended(bytes: number): void {
    this.#bytes += bytes;
  }

  written(bytes: number): void {
    this.#at = Date.now();
    this.#bytes = 0;
    this.#state = bytes;
  }

  /** It failed, and is tried again when it would be due the next time. */
  postponed(): void {
    this.#at = Date.now();
    this.#bytes = 1;
  }

  /** A state of many rows is not written again for a few. */
  due(): boolean {
    if (this.#bytes === 0) return false;
    if (this.#bytes >= Math.max(mostBytes, this.#state)) return true;
    return Date.now() - this.#at >= this.#every && this.#bytes >= this.#state / 4;
  }
}
