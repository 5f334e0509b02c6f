/** Folds of a domain classifier: rows are scored by trees that did not see them. */
import { normal } from "../distributions/index.js";
import type { Boosted, Coded, Growth } from "../engine/boosting.js";
import { shuffled } from "../engine/random.js";
import { placements, standardizedPairs } from "./placements.js";

export interface Validated {
  /** Out of fold. */
  readonly scores: Float64Array;
  readonly gains: Float64Array;
  readonly statistic: number | null;
  readonly pValue: number;
}

/** What trees are to be grown for, and how. */
export interface FoldWork {
  /** Of each row: 1 on the current side. */
  readonly labels: Float64Array;
  readonly growth: Growth;
  /** How many times trees are grown. */
  readonly count: number;
  /** Yields the rows to grow trees on, and takes the trees. */
  readonly validate: () => Generator<Uint32Array, Validated, Boosted>;
}

/** Every fold by trees of all others, and by trees of those before it. */
export function foldWork(coded: Coded, n: number, m: number, folds: number, trees: number, seed: number): FoldWork {
  // A row's second derivative is a quarter at most: 10 are 40 rows, which of few rows would be all.
  const least = Math.min(10, (n + m) / 32);
  const growth = { loss: "logistic", trees, leaves: 8, rate: 0.1, penalty: 10, least } as const;
  const labels = new Float64Array(n + m).fill(1, n);
  const foldOf = new Uint8Array(n + m);
  for (const [count, first, stream] of [
    [n, 0, 3],
    [m, n, 4],
  ] as const) {
    shuffled(count, seed, stream).forEach((row, k) => {
      foldOf[first + row] = k % folds;
    });
  }
  const rowsIn = (isIn: (fold: number) => boolean) =>
    Uint32Array.from([...foldOf.keys()].filter((row) => isIn(foldOf[row]!)));
  function* validate(): Generator<Uint32Array, Validated, Boosted> {
    const scores = new Float64Array(n + m);
    const gains = new Float64Array(coded.columns);
    const sums: (number | null)[] = [];
    for (let fold = 0; fold < folds; fold++) {
      const rows = rowsIn((other) => other === fold);
      const others = yield rowsIn((other) => other !== fold);
      for (const row of rows) scores[row] = others.scores[row]!;
      others.gains.forEach((gain, column) => {
        gains[column]! += gain;
      });
      // Of the last fold all others are those before it.
      if (fold === folds - 1) sums[fold] = rankSum(others.scores, labels, rows);
    }
    for (let fold = 1; fold < folds - 1; fold++) {
      const past = yield rowsIn((other) => other < fold);
      sums[fold] = rankSum(
        past.scores,
        labels,
        rowsIn((other) => other === fold),
      );
    }
    return { scores, gains, ...progressive(sums) };
  }
  return { labels, growth, count: 2 * folds - 2, validate };
}

function rankSum(scores: Float64Array, labels: Float64Array, rows: Uint32Array): number | null {
  const side = (label: number) =>
    Float64Array.from(
      rows.filter((row) => labels[row] === label),
      (row) => scores[row]!,
    ).sort();
  const [current, reference] = [side(1), side(0)];
  return standardizedPairs(placements(current, reference), current.length, reference.length);
}

/** Folds in which all scores are equal say nothing: without any other there is no evidence. */
function progressive(sums: readonly (number | null)[]): { statistic: number | null; pValue: number } {
  let [sum, weights] = [0, 0];
  sums.forEach((standardized, fold) => {
    if (standardized === null || standardized === undefined) return;
    sum += Math.sqrt(fold) * standardized;
    weights += fold;
  });
  if (weights === 0) return { statistic: null, pValue: 1 };
  const statistic = sum / Math.sqrt(weights);
  return { statistic, pValue: normal.sf(statistic) };
}
