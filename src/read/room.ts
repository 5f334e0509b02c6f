/** Memory that passes read into: taken for a pass and given back, so that no pass touches fresh pages. */

/** Buffers of one pass, by what they are for. */
export class Room {
  readonly #buffers: Uint8Array[] = [];

  /** Memory for `length` bytes, the same for the same `slot` as long as it is large enough. What was in it may stay. */
  take(slot: number, length: number): Uint8Array {
    let buffer = this.#buffers[slot];
    if (!buffer || buffer.length < length) {
      buffer = new Uint8Array(
        new SharedArrayBuffer(Math.max(length, Math.min(2 * (buffer?.length ?? 0), largest), 4096)),
      );
      this.#buffers[slot] = buffer;
    }
    return buffer.subarray(0, length);
  }

  /** Forgets what is too large to be kept. */
  shrink(): void {
    this.#buffers.forEach(({ length }, slot) => {
      if (length > largest) delete this.#buffers[slot];
    });
  }
}

/** Larger buffers are not kept for the next pass. */
const largest = 1 << 23;

const free: Room[] = [];
const mostFree = 8;

export function takeRoom(): Room {
  return free.pop() ?? new Room();
}

export function giveBack(room: Room): void {
  room.shrink();
  if (free.length < mostFree) free.push(room);
}
