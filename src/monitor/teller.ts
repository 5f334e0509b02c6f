/** Tells one window after the other, in their order, and waits for who is told. */
import type { Evaluated } from "./evaluator.js";
import type { Waiting } from "./stream.js";

export interface Told {
  /** What is told next; it is taken away when it was told. */
  readonly next: () => Waiting | undefined;
  readonly evaluate: (next: Waiting) => Promise<Evaluated>;
  readonly tell: (evaluated: Evaluated) => void | Promise<void>;
  /** What follows when a window was told. */
  readonly done: (evaluated: Evaluated) => void;
  /** There is nothing more to do, for now. */
  readonly rest: () => void;
}

export class Teller {
  readonly #told: Told;
  #running: Promise<void> | null = null;
  /** What was found of a window that could not be told. */
  #evaluated: Evaluated | null = null;
  #failure: { readonly error: unknown } | null = null;
  #ended = false;

  constructor(told: Told) {
    this.#told = told;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Goes on, unless that is what it does already. */
  start(): void {
    if (this.#running || this.#ended || !this.#told.next()) return;
    this.#failure = null;
    this.#running = this.#tellAll()
      .catch((error: unknown) => {
        this.#failure = { error };
      })
      .finally(() => {
        this.#running = null;
        // Windows that closed after the last look for one, and before this.
        if (!this.#failure) this.start();
        if (!this.#running) this.#told.rest();
      });
  }

  /** @throws what telling threw */
  async idle(): Promise<void> {
    this.start();
    while (this.#running) await this.#running;
    const failure = this.#failure;
    if (failure) throw failure.error;
  }

  end(): void {
    this.#ended = true;
    this.#told.rest();
  }

  async #tellAll(): Promise<void> {
    // Whoever pushes is told first what became of it.
    await null;
    for (let next = this.#told.next(); next && !this.#ended; next = this.#told.next()) {
      if (this.#evaluated?.of !== next) this.#evaluated = await this.#told.evaluate(next);
      if (this.#ended) return;
      const evaluated = this.#evaluated;
      await this.#told.tell(evaluated);
      this.#evaluated = null;
      this.#told.done(evaluated);
    }
  }
}
