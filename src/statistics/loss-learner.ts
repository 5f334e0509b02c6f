/** Boosted trees that learn the loss of reference rows and say that of others; estimate-loss.ts says what from that. */
import { boost, type Coded } from "../engine/boosting.js";
import { shuffled } from "../engine/random.js";

/** What trees know of a loss. */
export interface Learned {
  /** Of the reference rows. */
  readonly mean: number;
  readonly skill: number | null;
  /** Expected of the current rows. */
  readonly value: number;
  readonly variance: number;
  /** Of the variance. */
  readonly degreesOfFreedom: number;
}

const folds = 5;

/** A step a fold, and one for all rows. */
export const learnerSteps = folds + 1;

/**
 * Learns a loss in steps: a step a fold, then one for all rows, which returns what was learned, `null` for losses that
 * are not finite.
 *
 * @param observed losses of the reference rows, which come first
 * @param m current rows that there are
 */
export function learner(coded: Coded, observed: Float64Array, m: number, trees: number, seed: number) {
  const growth = { loss: "squared", trees, leaves: 8, rate: 0.1, penalty: 1, least: 20 } as const;
  const n = observed.length;
  const targets = new Float64Array(coded.rows);
  targets.set(observed);
  const finite = observed.every(Number.isFinite);
  const places = shuffled(n, seed, 3);
  const outOfFold = new Float64Array(n);
  const values: number[] = [];
  return (step: number): Learned | null | undefined => {
    if (!finite) return step < folds ? undefined : null;
    const held = (k: number) => step < folds && k % folds === step;
    const { scores } = boost(coded, targets, Uint32Array.from(places.filter((_, k) => !held(k))).sort(), growth);
    // A loss is never negative, what trees say of it may be.
    const said = scores.map((score) => Math.max(0, score));
    if (step === folds) return learned(observed, outOfFold, said.subarray(n), values, m);
    values.push(meanOf(said.subarray(n)));
    places.forEach((row, k) => {
      if (held(k)) outOfFold[row] = said[row]!;
    });
    return undefined;
  };
}

/** @param values what the trees of each fold say of the current rows */
function learned(
  observed: Float64Array,
  outOfFold: Float64Array,
  said: Float64Array,
  values: readonly number[],
  m: number,
): Learned {
  const taken = said.length;
  const mean = meanOf(observed);
  const residual = meanOf(observed.map((loss, row) => (loss - outOfFold[row]!) ** 2));
  const spread = meanOf(observed.map((loss) => (loss - mean) ** 2));
  const square = meanOf(outOfFold.map((loss) => loss ** 2));
  const value = meanOf(said);
  const squareOfSaid = meanOf(said.map((loss) => loss ** 2));
  const scatter = square > 0 ? (residual / square) * squareOfSaid : residual;
  const between = (Math.max(0, squareOfSaid - value ** 2) / taken) * (1 - taken / m);
  // The jackknife that leaves out a fold at a time.
  const middle = values.reduce((sum, each) => sum + each / folds, 0);
  const ofTrees = values.reduce((sum, each) => sum + (each - middle) ** 2, 0) * ((folds - 1) / folds);
  const variance = scatter / m + ofTrees + between;
  const degreesOfFreedom = ofTrees > 0 ? (folds - 1) * (variance / ofTrees) ** 2 : Number.POSITIVE_INFINITY;
  return { mean, skill: spread > 0 ? 1 - residual / spread : null, value, variance, degreesOfFreedom };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);
