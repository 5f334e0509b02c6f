/** The Kolmogorov-Smirnov method, which others fall back to. */
import type { Plan } from "../source/plan.js";
import { ksPlan } from "../statistics/ks-test.js";
import type { Finding } from "./methods.js";

/** From this distance between distribution functions on (share of rows that would have to move) a change matters. */
export const ksThreshold = 0.04;

export function* kolmogorovSmirnov(): Plan<Finding> {
  const { statistic, pValue } = yield* ksPlan();
  return { statistic, pValue, effects: [{ name: "ks", value: statistic, threshold: ksThreshold }], status: "ok" };
}
