/** Bytes that may wait at a time. */

export class ByteBudget {
  readonly most: number;
  #used = 0;

  constructor(most: number) {
    this.most = most;
  }

  get used(): number {
    return this.#used;
  }

  /** @returns whether there was room; without room nothing is taken. One that is alone may be as large as it is. */
  take(bytes: number): boolean {
    if (this.#used > 0 && this.#used + bytes > this.most) return false;
    this.#used += bytes;
    return true;
  }

  /** What was thought to be `from` bytes is `to`. @returns as `take`; without room nothing changes */
  change(from: number, to: number): boolean {
    const others = this.#used - from;
    if (others > 0 && to > from && others + to > this.most) return false;
    this.#used = others + to;
    return true;
  }

  /** Whatever was said before: what is on the disk already has to be looked at. */
  add(bytes: number): void {
    this.#used += bytes;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
