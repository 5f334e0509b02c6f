/**
 * Does which side a row comes from tell more of a target than the row's features do? If not, the law of the target given
 * the features is the same on both sides.
 *
 * The generalized covariance measure [1]: side and target are each regressed on the features, out of fold; what both
 * regressions left over is uncorrelated under the null hypothesis, and the standardized mean product is about normal.
 * It needs neither regression to be right, only that the product of their errors is small. The measure sees a target
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
import { boost, type Coded, type Loss } from "../engine/boosting.js";
import { shuffled } from "../engine/random.js";

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
  /** Of the target around what features say of it. */
  readonly residualDeviation: number;
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

/** Steps of `conditionalCovariance`: between two of them others may have their turn. */
export const covarianceSteps = 3 * folds;

/**
 * Compares in steps; the last one returns what was found, `null` where a regression left nothing over.
 *
 * @param n how many of the coded rows are of the reference; they come first
 * @param targets one a row; with logistic loss 0 or 1
 */
export function conditionalCovariance(
  coded: Coded,
  targets: Float64Array,
  n: number,
  loss: Loss,
  trees: number,
  seed: number,
) {
  const { rows } = coded;
  const sides = new Float64Array(rows).fill(1, n);
  const foldOf = foldsOf(n, rows - n, seed);
  const training = Array.from({ length: folds }, (_, fold) =>
    Uint32Array.from([...foldOf.keys()].filter((row) => foldOf[row] !== fold)),
  );
  const side = new Float64Array(rows);
  const residuals = new Float64Array(rows);
  const products = new Float64Array(rows);
  const squares = new Float64Array(rows);
  const squareResiduals = new Float64Array(rows);
  const signs = new Float64Array(rows);
  const outOfFold = (
    fold: number,
    targetsOf: Float64Array,
    by: Loss,
    take: (row: number, expected: number) => void,
  ) => {
    const { scores } = boost(coded, targetsOf, training[fold]!, growthOf(by, trees));
    for (let row = 0; row < rows; row++) {
      if (foldOf[row] === fold) take(row, by === "logistic" ? 1 / (1 + Math.exp(-scores[row]!)) : scores[row]!);
    }
  };
  return (step: number): Compared | null | undefined => {
    const fold = step % folds;
    if (step < folds) {
      outOfFold(fold, sides, "logistic", (row, expected) => {
        side[row] = sides[row]! - expected;
      });
      outOfFold(fold, targets, loss, (row, expected) => {
        residuals[row] = targets[row]! - expected;
      });
      return undefined;
    }
    if (step === folds) {
      for (let row = 0; row < rows; row++) {
        products[row] = side[row]! * residuals[row]!;
        squares[row] = residuals[row]! ** 2;
      }
    }
    if (step < 2 * folds) {
      if (fold === 0) return undefined;
      const [before, after] = [0, 1].map((which) => {
        const earlier = Uint32Array.from(
          [...foldOf.keys()].filter((row) => foldOf[row]! < fold && sides[row] === which),
        );
        return boost(coded, targets, earlier, growthOf(loss, trees)).scores;
      }) as [Float64Array, Float64Array];
      for (let row = 0; row < rows; row++) if (foldOf[row] === fold) signs[row] = after[row]! < before[row]! ? -1 : 1;
      return undefined;
    }
    outOfFold(fold, squares, "squared", (row, expected) => {
      squareResiduals[row] = squares[row]! - expected;
    });
    if (step < covarianceSteps - 1) return undefined;
    return summarized({ side, sides, products, signs, squares, squareResiduals, foldOf }, loss);
  };
}

/** What the regressions left over, one number a row; a sign of 0 where there is none. */
interface LeftOver {
  readonly side: Float64Array;
  readonly sides: Float64Array;
  readonly products: Float64Array;
  readonly signs: Float64Array;
  readonly squares: Float64Array;
  readonly squareResiduals: Float64Array;
  readonly foldOf: Uint8Array;
}

function summarized(left: LeftOver, loss: Loss): Compared | null {
  const { side, sides, products, signs, squares, squareResiduals, foldOf } = left;
  const varianceOfSide = mean(side.map((value) => value * value));
  const variance = mean(squares);
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
  // The spread of a target that is 0 or 1 follows from its mean.
  if (loss === "squared") {
    const { statistic, mean } = standardized(side.map((value, row) => value * squareResiduals[row]!));
    const difference = mean / varianceOfSide / variance;
    found.push({ aspect: "spread", statistic, pValue: twoSided(statistic), difference });
  }
  return { found, residualDeviation: Math.sqrt(variance), overlap: varianceOfSide / (share * (1 - share)) };
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
