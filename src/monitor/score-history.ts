/** Scores of the last windows, by column. */
import type { WindowResult } from "./window-result.js";

type Scores = WindowResult["scores"];

export class ScoreHistory {
  readonly #most: number;
  /** Of one window after the other; none of those that were not compared. */
  readonly #windows: Scores[];

  constructor(most: number, windows: readonly Scores[] = []) {
    this.#most = most;
    this.#windows = windows.slice(-most);
  }

  add(scores: Scores): void {
    this.#windows.push(scores);
    if (this.#windows.length > this.#most) this.#windows.shift();
  }

  /** A score for each window, `null` where a column has none; those that will be kept beside one more. */
  byColumn(): { readonly [column: string]: readonly (number | null)[] } {
    const windows = this.#windows.slice(-(this.#most - 1) || this.#windows.length);
    const names = new Set(windows.flatMap((scores) => Object.keys(scores)));
    const columns = [...names].map((name) => [
      name,
      windows.map((scores) => (Object.hasOwn(scores, name) ? scores[name]! : null)),
    ]);
    return Object.fromEntries(columns);
  }

  all(): readonly Scores[] {
    return this.#windows;
  }
}
