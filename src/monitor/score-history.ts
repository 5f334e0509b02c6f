/** Scores of the last windows, by column. */
import type { DriftKind } from "./drift-kind.js";
import { driftKind } from "./kind/drift-kind.js";
import type { SharedNoise } from "./score-noise.js";
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
  #version: number | null;

  /** @param version  of the fixed reference that the latest window was compared with; `null` where there is none */
  constructor(most: number, windows: readonly Scores[] = [], version: number | null = null) {
    this.#most = most;
    this.#windows = windows.slice(-most);
    this.#version = version;
  }

  get version(): number | null {
    return this.#version;
  }

  /**
   * With another reference the scores against the one before count no more, and keep their places.
   *
   * @param count  windows in a row that have these scores: those of a long gap have none, and keep their places
   */
  add(scores: Scores, count: number, version: number | null = null): void {
    if (this.#isOther(version)) this.#windows.fill({});
    this.#version = version;
    for (let k = Math.min(count, this.#most); k > 0; k--) this.#windows.push(scores);
    this.#windows.splice(0, this.#windows.length - this.#most);
  }

  /** Of the windows that are kept beside one more, which is compared with this version of the reference. */
  sent(version: number | null = null): SentHistory {
    const kept = this.#windows.slice(Math.max(0, this.#windows.length + 1 - this.#most));
    const windows = this.#isOther(version) ? kept.fill({}) : kept;
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

  #isOther(version: number | null): boolean {
    return this.#version !== null && version !== this.#version;
  }
}

/** Scores up to a window. */
export interface ScoresUntil {
  readonly history: SentHistory;
  readonly latest: Scores;
}

/**
 * The kind of drift of each column that has a score, once a window came.
 *
 * @param noise  as `driftKind` takes it; `first`: the index of the first window
 * @param season  scores against the windows a period ago; `null` where no period is known
 */
export function kindsOf(
  scores: ScoresUntil,
  noise: SharedNoise & { readonly level: number; readonly first: number },
  season: (ScoresUntil & { readonly period: number }) | null,
): { readonly [column: string]: DriftKind } {
  const of = historiesOf(scores);
  const seasonalOf = season && historiesOf(season);
  const kinds = Object.entries(scores.latest).flatMap(([name, score]): [string, DriftKind][] => {
    if (score === null) return [];
    const evidence = season && seasonalOf ? { period: season.period, seasonal: seasonalOf(name) } : {};
    return [[name, driftKind(of(name), { ...noise, ...evidence })]];
  });
  return Object.fromEntries(kinds);
}

/** A column's scores, NaN where there is none. */
function historiesOf({ history: { columns, windows, scores }, latest }: ScoresUntil): (name: string) => Float64Array {
  const places = new Map(columns.map((name, k) => [name, k * windows]));
  return (name) => {
    const own = new Float64Array(windows + 1).fill(Number.NaN);
    const place = places.get(name);
    if (place !== undefined) own.set(scores.subarray(place, place + windows));
    own[windows] = (Object.hasOwn(latest, name) ? latest[name] : null) ?? Number.NaN;
    return own;
  };
}
