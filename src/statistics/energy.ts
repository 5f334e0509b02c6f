/**
 * The energy distance between two distributions of numbers, exactly: with F and G their distribution functions,
 * E² = 2 E|X - Y| - E|X - X'| - E|Y - Y'| = 2 ∫ (F - G)² dx. The integral is one walk over both sides in order.
 *
 * [1] Székely, Rizzo: Energy statistics: a class of statistics based on distances. Journal of Statistical Planning and
 *     Inference 143 (2013).
 */
import { answerNow, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import { knownOptions } from "./option-checks.js";
import { normPValuePlan, type OnRequest, requestedOf, type ValuesPValue } from "./quantile-cells.js";
import { rankPlan } from "./rank-walk.js";
import { significanceOptions } from "./significance.js";

export type EnergyOptions = OnRequest;

/** The p-value is there where it was asked for. */
export interface EnergyResult extends Partial<ValuesPValue> {
  /** Square root of 2 ∫ (F - G)² dx, in the root of the column's unit; `null` when it is infinite. */
  readonly distance: number | null;
  readonly n: number;
  readonly m: number;
  /** `infinite`: the sides hold different shares of an infinity. */
  readonly status: "ok" | "infinite";
  readonly missing: MissingOfBoth;
}

/**
 * Energy distance between the two empirical distributions: the square root of twice the area under the squared
 * difference of their distribution functions. Exact on every input; 0 only for equal distributions.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted
 * @param options.significance  `resampled`: with a p-value, of values brought down to cells of pooled quantiles
 * @returns the distance, in the square root of the column's unit
 * @throws RangeError when a side has no value or for settings that are none, TypeError for text
 * @see Székely and Rizzo (2013); oracle: scipy.stats.energy_distance, for the p-value permutation_test
 */
export function energy(reference: NumericInput, current: NumericInput, options: EnergyOptions = {}): EnergyResult {
  knownOptions("energy", options, significanceOptions);
  const settings = requestedOf("energy", options);
  return withSides("energy", reference, current, (x, y) => {
    const { distance, n, m } = answerNow(energyPlan(), x, y);
    if (n === 0 || m === 0) throw new RangeError(`energy: each side needs at least one value, got ${n} and ${m}`);
    const significance = settings && answerNow(normPValuePlan(2, settings), x, y);
    const about = { ...significance, n, m, missing: { reference: x.missing(), current: y.missing() } };
    return Number.isFinite(distance)
      ? { distance, status: "ok", ...about }
      : { distance: null, status: "infinite", ...about };
  });
}

/** The plan behind `energy`: Infinity when the sides hold different shares of an infinity. */
export function* energyPlan(): Plan<{ distance: number; n: number; m: number }> {
  const { energy: distance, n, m } = yield* rankPlan(true);
  return { distance, n, m };
}
