/** The Anderson-Darling method, by which components of vectors are judged too. */
import { andersonDarlingTwoSample } from "../distributions/index.js";
import type { Plan } from "../source/plan.js";
import { fullWalkPlan } from "../statistics/full-walk.js";
import { ratioOf } from "../statistics/gap.js";
import { unitPlan } from "../statistics/normalize.js";
import { scaled } from "./effects.js";
import { ksThreshold } from "./ks-method.js";
import type { Finding } from "./methods.js";

/** In standard deviations of the reference. */
export const wassersteinThreshold = 0.1;

/** Default for numeric columns: the tails count as much as the middle, and the effect is the distance. */
export function* andersonDarling(): Plan<Finding> {
  const { n, m, gap, area, andersonDarling, spread } = yield* fullWalkPlan();
  const deviation = yield* unitPlan("std");
  return {
    statistic: andersonDarling,
    pValue: andersonDarlingTwoSample(andersonDarling, n, m, spread),
    effects: [
      { name: "ks", value: ratioOf(gap, n, m), threshold: ksThreshold },
      { name: "wasserstein/std", value: scaled(area, deviation), threshold: wassersteinThreshold },
    ],
    status: "ok",
  };
}
