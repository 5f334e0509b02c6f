/** Scores of the last windows, by column. */
import type { DriftKind } from "./drift-kind.js";
import { driftKind } from "./kind/drift-kind.js";
import type { WindowResult } from "./window-result.js";

type Scores = WindowResult["scores"];

/** As threads are sent them: column after column, as many scores of each as there are windows, NaN where there is none. */
export interface SentHistory {
  readonly columns: readonly string[];
  readonly windows: number;
  readonly scores: Float64Array;
}

export class ScoreHistory {
  readonly #most: number;
  /** Of one window after the other; none of those that were not compared. */
  readonly #windows: Scores[];

  constructor(most: number, windows: readonly Scores[] = []) {
    this.#most = most;
    this.#windows = windows.slice(-most);
  }

  /** @param count  windows in a row that have these scores: those of a long gap have none, and keep their places */
  add(scores: Scores, count: number): void {
    for (let k = Math.min(count, this.#most); k > 0; k--) this.#windows.push(scores);
    this.#windows.splice(0, this.#windows.length - this.#most);
  }

  /** Of the windows that are kept beside one more. */
  sent(): SentHistory {
    const windows = this.#windows.slice(Math.max(0, this.#windows.length + 1 - this.#most));
    const columns = [...new Set(windows.flatMap((scores) => Object.keys(scores)))];
    const scores = new Float64Array(columns.length * windows.length).fill(Number.NaN);
    for (const [k, name] of columns.entries()) {
      for (const [j, known] of windows.entries()) {
        if (Object.hasOwn(known, name)) scores[k * windows.length + j] = known[name] ?? Number.NaN;
      }
    }
    return { columns, windows: windows.length, scores };
  }

  all(): readonly Scores[] {
    return this.#windows;
  }
}

/**
 * The kind of drift of each column that has a score, once a window came.
 *
 * @param level  as `driftKind` takes it
 */
export function kindsOf(
  { columns, windows, scores }: SentHistory,
  latest: Scores,
  level: number,
): { readonly [column: string]: DriftKind } {
  const places = new Map(columns.map((name, k) => [name, k * windows]));
  const kinds = Object.entries(latest).flatMap(([name, score]): [string, DriftKind][] => {
    if (score === null) return [];
    const history = new Float64Array(windows + 1).fill(Number.NaN);
    const place = places.get(name);
    if (place !== undefined) history.set(scores.subarray(place, place + windows));
    history[windows] = score;
    return [[name, driftKind(history, { level })]];
  });
  return Object.fromEntries(kinds);
}
