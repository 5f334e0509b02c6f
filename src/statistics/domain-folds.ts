/** Folds of a domain classifier: rows are scored by trees that did not see them. */
import { normal } from "../distributions/index.js";
import { boost, type Coded } from "../engine/boosting.js";
import { shuffled } from "../engine/random.js";
import { placements, standardizedPairs } from "./placements.js";
export interface Validated {
  /** Of each row: 1 on the current side. */
  readonly labels: Float64Array;
  /** Out of fold. */
  readonly scores: Float64Array;
  readonly gains: Float64Array;
  readonly statistic: number | null;
  readonly pValue: number;
}

/** Every fold by trees of all others, and by trees of those before it: `total` steps, then the result. */
export function foldSteps(coded: Coded, n: number, m: number, folds: number, trees: number, seed: number) {
  const growth = { loss: "logistic", trees, leaves: 8, rate: 0.1, penalty: 10, least: 10 } as const;
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
  const scores = new Float64Array(n + m);
  const gains = new Float64Array(coded.columns);
  const sums: (number | null)[] = [];
  const run = (step: number): void => {
    // Trees of all folds but one, the last one last: these are also the trees of all folds before it.
    const isLast = step === folds - 1;
    if (step < folds) {
      const others = boost(
        coded,
        labels,
        rowsIn((fold) => fold !== step),
        growth,
      );
      const rows = rowsIn((fold) => fold === step);
      for (const row of rows) scores[row] = others.scores[row]!;
      others.gains.forEach((gain, column) => {
        gains[column]! += gain;
      });
      if (isLast) sums[step] = rankSum(others.scores, labels, rows);
      return;
    }
    const fold = step - folds + 1;
    const past = boost(
      coded,
      labels,
      rowsIn((other) => other < fold),
      growth,
    );
    sums[fold] = rankSum(
      past.scores,
      labels,
      rowsIn((other) => other === fold),
    );
  };
  return {
    total: 2 * folds - 2,
    step: run,
    result: (): Validated => ({ labels, scores, gains, ...progressive(sums) }),
  };
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
