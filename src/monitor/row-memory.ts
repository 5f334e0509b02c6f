/**
 * Shared memory for rows, which is used again. JavaScript engines do not count shared memory, so that what nobody refers to any
 * more would stay, window after window, until they happen to collect for another reason, on each thread that has seen it.
 */

/** Rounds after which memory that nobody took is let go. */
const mostRounds = 8;
/** What is smaller is not worth to be kept. */
const least = 1024;

interface Free {
  readonly buffer: SharedArrayBuffer;
  readonly round: number;
}

export class RowMemory {
  /** By length, the oldest first. */
  readonly #free = new Map<number, Free[]>();
  #round = 0;
  #readers = 0;
  #bytes = 0;

  /** Bytes that wait to be used again. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Zeros. */
  take(length: number): Uint8Array {
    const size = sizeFor(length);
    const free = this.#free.get(size)?.pop();
    if (!free) return new Uint8Array(new SharedArrayBuffer(size), 0, length);
    this.#bytes -= size;
    return new Uint8Array(free.buffer, 0, length).fill(0);
  }

  /** What was taken, and is neither read nor written any more. While somebody reads, nothing of it is used again. */
  give(taken: readonly Uint8Array[]): void {
    if (taken.length === 0) return;
    this.#round++;
    if (this.#readers === 0) for (const { buffer } of taken) this.#keep(buffer as ArrayBufferLike as SharedArrayBuffer);
    for (const [size, free] of this.#free) {
      const fresh = free.findIndex(({ round }) => round > this.#round - mostRounds);
      const old = free.splice(0, fresh < 0 ? free.length : fresh);
      this.#bytes -= size * old.length;
      if (free.length === 0) this.#free.delete(size);
    }
  }

  /** What is given back meanwhile is not used again, since the work may still read it. */
  async reading<R>(work: () => Promise<R>): Promise<R> {
    this.#readers++;
    try {
      return await work();
    } finally {
      this.#readers--;
    }
  }

  #keep(buffer: SharedArrayBuffer): void {
    const { byteLength: size } = buffer;
    if (size < least) return;
    const same = this.#free.get(size) ?? [];
    same.push({ buffer, round: this.#round });
    this.#free.set(size, same);
    this.#bytes += size;
  }
}

/** Few lengths, so that what was given back fits: a quarter more at most. */
function sizeFor(length: number): number {
  const step = 2 ** Math.max(3, Math.floor(Math.log2(Math.max(1, length - 1))) - 2);
  return Math.max(8, Math.ceil(length / step) * step);
}
