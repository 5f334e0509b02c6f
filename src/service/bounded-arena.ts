/** Memory for what a body is decoded into. */
import type { Memory } from "../read/arrow-body.js";
import { Problem } from "./problem.js";

/** Few bytes that stand for many. */
export class TooManyBytes extends Problem {}

/** Memory for what is decompressed, and no more of it than may be. */
export class BoundedArena implements Memory {
  readonly #most: number;
  held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  take(length: number): Uint8Array {
    this.hold(length);
    return new Uint8Array(length);
  }

  readonly hold = (bytes: number): void => {
    this.held += bytes;
    if (this.held <= this.#most) return;
    throw new TooManyBytes(413, `the columns of a body may have ${this.#most} bytes when decompressed`);
  };
}
