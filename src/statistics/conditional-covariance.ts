/**
 * Does which side a row comes from tell more of a target than the row's features do? If not, the law of the target given
 * the features is the same on both sides.
 *
 * The generalized covariance measure [1]: side and target are each regressed on the features, out of fold; what both
 * regressions left over is uncorrelated under the null hypothesis, and the standardized mean product is about normal.
 * It needs neither regression to be right, only that the product of their errors is small. It is not where features tell the
 * target nearly exactly and have moved far: then what is left over is error, and p-values are too small. The measure sees a target
 * that is larger or smaller on the current side on average; weighted with the sign of the difference of two regressions,
 * one a side [2], it also sees changes that go one way for some rows and the other way for others, and of squared residuals
 * one of the spread. Signs come from earlier folds alone: rows of two folds that give each other their signs would say the
 * same thing twice (see domain-classifier.ts).
 *
 * [1] Shah, Peters: The hardness of conditional independence testing and the generalised covariance measure. Annals of
 *     Statistics 48 (2020).
 * [2] Scheidegger, Hörrmann, Bühlmann: The weighted generalised covariance measure. JMLR 23 (2022).
 */
import { normal } from "../distributions/index.js";
import type { Coded, Loss } from "../engine/boosting.js";
import { shuffled } from "../engine/random.js";
import { boostInParts } from "./boost-in-parts.js";
import type { StepOptions } from "./steps.js";

/** What is looked for. */
export type Aspect = "mean" | "rows" | "spread";

export interface AspectFound {
  readonly aspect: Aspect;
  /** Standard normal under the null hypothesis. */
  readonly statistic: number;
  readonly pValue: number;
  /**
   * `mean`: how much larger the target is on the current side for rows with the same features, averaged over rows of which
   * both sides have some (Robinson's estimate). `rows`: the average size of the difference, whichever way it goes.
   * `spread`: how much larger the variance is, as a share of it.
   */
  readonly difference: number;
}

export interface Compared {
  readonly found: readonly AspectFound[];
  /** Of the target around what features say of it, and around its mean. */
  readonly residualDeviation: number;
  readonly deviation: number;
  /** Mean variance of the side given the features, over that without: 1 if features say nothing of it, 0 if all. */
  readonly overlap: number;
}

const folds = 5;
const growthOf = (loss: Loss, trees: number) =>
  ({
    loss,
    trees,
    leaves: 8,
    rate: 0.1,
    penalty: loss === "logistic" ? 5 : 1,
    least: loss === "logistic" ? 5 : 20,
  }) as const;

export interface Targets {
  /** One a row; with logistic loss 0 or 1. */
  readonly values: Float64Array;
  readonly loss: Loss;
}

/** Tasks to be run in order, between two of which others may have their turn, and what they found: one a target. */
export interface Comparison {
  readonly tasks: readonly (() => void | Promise<void>)[];
  /** `null` where a regression left nothing over. */
  readonly found: readonly (Compared | null)[];
}

/**
 * Compares the laws of targets given the features.
 *
 * @param n how many of the coded rows are of the reference; they come first
 */
export function conditionalCovariance(
  coded: Coded,
  targets: readonly Targets[],
  n: number,
  trees: number,
  seed: number,
  steps: StepOptions = {},
): Comparison {
  const { rows } = coded;
  const sides = new Float64Array(rows).fill(1, n);
  const foldOf = foldsOf(n, rows - n, seed);
  const rowsWhere = (is: (row: number) => boolean) => Uint32Array.from([...foldOf.keys()].filter(is));
  const learn = async (values: Float64Array, loss: Loss, training: Uint32Array): Promise<Float64Array> =>
    (await boostInParts(coded, values, training, growthOf(loss, trees), steps)).scores;
  /** Writes what a fold's values are more than the others would have it. */
  const leftOver = async (values: Float64Array, loss: Loss, fold: number, out: Float64Array): Promise<void> => {
    const scores = await learn(
      values,
      loss,
      rowsWhere((row) => foldOf[row] !== fold),
    );
    for (let row = 0; row < rows; row++) {
      if (foldOf[row] !== fold) continue;
      out[row] = values[row]! - (loss === "logistic" ? 1 / (1 + Math.exp(-scores[row]!)) : scores[row]!);
    }
  };
  const eachFold = (task: (fold: number) => Promise<void>): (() => Promise<void>)[] =>
    Array.from({ length: folds }, (_, fold) => () => task(fold));
  const side = new Float64Array(rows);
  const found: (Compared | null)[] = [];
  const tasks: (() => void | Promise<void>)[] = eachFold((fold) => leftOver(sides, "logistic", fold, side));
  for (const { values, loss } of targets) {
    const [residuals, signs] = [new Float64Array(rows), new Float64Array(rows)];
    const [squares, squareResiduals] = [new Float64Array(rows), new Float64Array(rows)];
    tasks.push(...eachFold((fold) => leftOver(values, loss, fold, residuals)));
    const signed = eachFold(async (fold) => {
      const ofSide = (which: number) =>
        learn(
          values,
          loss,
          rowsWhere((row) => foldOf[row]! < fold && sides[row] === which),
        );
      const [before, after] = [await ofSide(0), await ofSide(1)];
      for (let row = 0; row < rows; row++) if (foldOf[row] === fold) signs[row] = after[row]! < before[row]! ? -1 : 1;
    });
    tasks.push(...signed.slice(1));
    // The spread of a target that is 0 or 1 follows from its mean.
    if (loss === "squared") {
      tasks.push(() => squares.set(residuals.map((value) => value * value)));
      tasks.push(...eachFold((fold) => leftOver(squares, "squared", fold, squareResiduals)));
    }
    tasks.push(() => {
      found.push(summarized({ values, side, sides, residuals, signs, squareResiduals, foldOf }, loss));
    });
  }
  return { tasks, found };
}

/** What the regressions left over, one number a row; a sign of 0 where there is none. */
interface LeftOver {
  readonly values: Float64Array;
  readonly side: Float64Array;
  readonly sides: Float64Array;
  readonly residuals: Float64Array;
  readonly signs: Float64Array;
  readonly squareResiduals: Float64Array;
  readonly foldOf: Uint8Array;
}

function summarized(left: LeftOver, loss: Loss): Compared | null {
  const { values, side, sides, residuals, signs, squareResiduals, foldOf } = left;
  const products = side.map((value, row) => value * residuals[row]!);
  const varianceOfSide = mean(side.map((value) => value * value));
  const variance = mean(residuals.map((value) => value * value));
  const share = mean(sides);
  if (!(varianceOfSide > 0 && variance > 0)) return null;
  const twoSided = (statistic: number): number => Math.min(2 * normal.sf(Math.abs(statistic)), 1);
  const average = standardized(products);
  const found: AspectFound[] = [
    {
      aspect: "mean",
      statistic: average.statistic,
      pValue: twoSided(average.statistic),
      difference: average.mean / varianceOfSide,
    },
  ];
  const signed = progressive(products, signs, foldOf);
  found.push({
    aspect: "rows",
    statistic: signed.statistic,
    pValue: normal.sf(signed.statistic),
    difference: signed.mean / varianceOfSide,
  });
  if (loss === "squared") {
    const { statistic, mean } = standardized(side.map((value, row) => value * squareResiduals[row]!));
    const difference = mean / varianceOfSide / variance;
    found.push({ aspect: "spread", statistic, pValue: twoSided(statistic), difference });
  }
  const overlap = Math.min(1, varianceOfSide / (share * (1 - share)));
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return { found, residualDeviation: Math.sqrt(variance), deviation, overlap };
}

/** A mean, and how many of its standard errors it is. */
function standardized(values: Float64Array): { mean: number; statistic: number } {
  const average = mean(values);
  const spread = mean(values.map((value) => (value - average) ** 2));
  return { mean: average, statistic: spread > 0 ? average / Math.sqrt(spread / values.length) : 0 };
}

/** Over all folds but the first; a fold counts by how much was learned for its signs. */
function progressive(products: Float64Array, signs: Float64Array, foldOf: Uint8Array) {
  let [sum, weighted, weights] = [0, 0, 0];
  for (let fold = 1; fold < folds; fold++) {
    const signed = products.map((product, row) => product * signs[row]!).filter((_, row) => foldOf[row] === fold);
    const found = standardized(signed);
    sum += Math.sqrt(fold) * found.statistic;
    weighted += fold * found.mean;
    weights += fold;
  }
  return { statistic: sum / Math.sqrt(weights), mean: weighted / weights };
}

/** Each side's rows are dealt to the folds evenly. */
function foldsOf(n: number, m: number, seed: number): Uint8Array {
  const foldOf = new Uint8Array(n + m);
  for (const [count, first, stream] of [
    [n, 0, 3],
    [m, n, 4],
  ] as const) {
    shuffled(count, seed, stream).forEach((row, k) => {
      foldOf[first + row] = k % folds;
    });
  }
  return foldOf;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
