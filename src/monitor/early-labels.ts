/** Labels that came before their rows. */
import type { Id, Target } from "./label-pane.js";

export interface EarlyLabel {
  readonly target: Target;
  readonly arrival: number;
}

export class EarlyLabels {
  /** Those that came first are the first ones. */
  readonly #labels = new Map<Id, EarlyLabel>();

  get size(): number {
    return this.#labels.size;
  }

  /** Adds a label, or puts it in the place of an older one of the same id. @returns whether another value was known */
  put(id: Id, label: EarlyLabel): "early" | "corrected" | "repeated" {
    const known = this.#labels.get(id);
    if (known && known.arrival > label.arrival) return "repeated";
    this.#labels.delete(id);
    this.#labels.set(id, label);
    if (!known) return "early";
    return known.target === label.target ? "repeated" : "corrected";
  }

  take(id: Id): EarlyLabel | undefined {
    const known = this.#labels.get(id);
    if (known) this.#labels.delete(id);
    return known;
  }

  /** Gives up those that came before a time. @returns how many */
  expire(before: number): number {
    let given = 0;
    for (const [id, { arrival }] of this.#labels) {
      if (arrival >= before) break;
      this.#labels.delete(id);
      given++;
    }
    return given;
  }

  /** Gives up the oldest ones. @returns how many */
  limit(most: number): number {
    let given = 0;
    for (const id of this.#labels.keys()) {
      if (this.#labels.size <= most) break;
      this.#labels.delete(id);
      given++;
    }
    return given;
  }

  [Symbol.iterator](): IterableIterator<[Id, EarlyLabel]> {
    return this.#labels.entries();
  }
}
