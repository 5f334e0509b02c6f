/** The Anderson-Darling method, by which components of vectors are judged too. */
import { andersonDarlingTwoSample } from "../distributions/index.js";
import { wholeGrid } from "../engine/grid.js";
import { answerNow, both, type Plan } from "../source/plan.js";
import { withSides } from "../source/sides.js";
import type { Values } from "../source/source.js";
import { fullWalkPlan } from "../statistics/full-walk.js";
import { ratioOf } from "../statistics/gap.js";
import { unitPlan } from "../statistics/normalize.js";
import { scaled } from "./effects.js";
import { ksThreshold } from "./ks-method.js";
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
    const [x, y] = (yield* both("ordered", wholeGrid, Uint32Array.of(0))).map(finiteOnes);
    return withSides("compare", x!, y!, (reference, current) => answerNow(ofAll(), reference, current));
  }
  return yield* ofAll();
}

function* ofAll(): Plan<Finding> {
  const { n, m, gap, area, andersonDarling, spread } = yield* fullWalkPlan();
  const pValue = andersonDarlingTwoSample(andersonDarling, n, m, spread);
  return defaultFinding(andersonDarling, pValue, gap, area, yield* unitPlan("std"), n, m);
}

/** @param deviation  of the reference, the unit of the area */
export function defaultFinding(
  statistic: number,
  pValue: number,
  gap: bigint,
  area: number,
  deviation: number,
  n: number,
  m: number,
): Finding {
  return {
    statistic,
    pValue,
    effects: [
      { name: "ks", value: ratioOf(gap, n, m), threshold: ksThreshold },
      { name: "wasserstein/std", value: scaled(area, deviation), threshold: wassersteinThreshold },
    ],
    status: "ok",
  };
}

/** Only doubles are infinite. */
function finiteOnes(values: Values): Float64Array {
  return Float64Array.from(values, Number).filter(Number.isFinite);
}
