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
  const growth = { loss: "squared", trees, leaves: 16, rate: 0.1, penalty: 1, least: 20 } as const;
  const n = observed.length;
  const targets = new Float64Array(coded.rows);
  targets.set(observed);
  const finite = observed.every(Number.isFinite);
  const places = shuffled(n, seed, 3);
  const outOfFold = new Float64Array(n);
  return (step: number): Learned | null | undefined => {
    if (!finite) return step < folds ? undefined : null;
    const held = (k: number) => step < folds && k % folds === step;
    const { scores } = boost(coded, targets, Uint32Array.from(places.filter((_, k) => !held(k))).sort(), growth);
    // A loss is never negative, what trees say of it may be.
    const said = scores.map((score) => Math.max(0, score));
    if (step === folds) return learned(observed, outOfFold, said.subarray(n), m);
    places.forEach((row, k) => {
      if (held(k)) outOfFold[row] = said[row]!;
    });
    return undefined;
  };
}

function learned(observed: Float64Array, outOfFold: Float64Array, said: Float64Array, m: number): Learned {
  const [n, taken] = [observed.length, said.length];
  const mean = meanOf(observed);
  const residual = meanOf(observed.map((loss, row) => (loss - outOfFold[row]!) ** 2));
  const spread = meanOf(observed.map((loss) => (loss - mean) ** 2));
  const square = meanOf(outOfFold.map((loss) => loss ** 2));
  const value = meanOf(said);
  const squareOfSaid = meanOf(said.map((loss) => loss ** 2));
  const scatter = square > 0 ? (residual / square) * squareOfSaid : residual;
  const between = (Math.max(0, squareOfSaid - value ** 2) / taken) * (1 - taken / m);
  const variance = scatter / m + residual / n + between;
  return { mean, skill: spread > 0 ? 1 - residual / spread : null, value, variance };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);
