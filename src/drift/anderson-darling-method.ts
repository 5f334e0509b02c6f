/** The Anderson-Darling method, by which components of vectors are judged too. */
import { andersonDarlingTwoSample } from "../distributions/index.js";
import { both, type Plan } from "../source/plan.js";
import { finiteWalkPlan, fullWalkPlan, type WalkResult } from "../statistics/full-walk.js";
import { ratioOf } from "../statistics/gap.js";
import { unitPlan } from "../statistics/normalize.js";
import { scaled } from "./effects.js";
import { ksThreshold } from "./ks-method.js";
import { largestGapOf } from "./largest-gap.js";
import type { Finding } from "./methods.js";

/** Of columns of numbers, where none is chosen. */
export const defaultMethod = "anderson-darling";

/** In standard deviations of the reference. */
export const wassersteinThreshold = 0.1;

/**
 * Default for numeric columns: the tails count as much as the middle, and the effect is the distance. It is of the finite
 * values where there are any: infinities are a signal of availability, and would be ties where the test looks most closely.
 */
export function* andersonDarling(): Plan<Finding> {
  const moments = yield* both("moments", 2);
  const infinities = moments.some(({ positiveInfinity, negativeInfinity }) => positiveInfinity + negativeInfinity > 0);
  if (infinities && moments.every(({ count }) => count > 0)) {
    const [n, m] = moments.map(({ count }) => count) as [number, number];
    return yield* found(finiteWalkPlan(n, m));
  }
  return yield* found(fullWalkPlan());
}

function* found(walk: Plan<WalkResult>): Plan<Finding> {
  return defaultFinding(yield* walk, yield* unitPlan("std"));
}

/** @param deviation  of the reference, the unit of the area */
export function defaultFinding(walked: WalkResult, deviation: number): Finding {
  const { andersonDarling: statistic, n, m, gap, area, spread, middle } = walked;
  return {
    statistic,
    pValue: andersonDarlingTwoSample(statistic, n, m, spread, middle),
    effects: [
      { name: "ks", value: ratioOf(gap, n, m), threshold: ksThreshold },
      { name: "wasserstein/std", value: scaled(area, deviation), threshold: wassersteinThreshold },
    ],
    status: "ok",
    largest: largestGapOf(walked),
  };
}
