/** What distances between numbers are divided by to lose their unit: a measure of the reference's spread. */
import { one, type Plan } from "../source/plan.js";
import type { Moments } from "../source/source.js";
import { standardDeviationOf } from "./moments.js";
import { quantilesPlan } from "./quantile.js";

/** What the distance is divided by: nothing, or the reference's spread. */
export type Normalize = "none" | "std" | "iqr" | "range";

/** The divisor of `normalize`, from the reference. */
export function* unitPlan(normalize: Normalize): Plan<number> {
  if (normalize === "none") return 1;
  if (normalize === "iqr") {
    const quartiles = yield* quantilesPlan(0, [0.25, 0.75]);
    return quartiles ? Number(quartiles[1]) - Number(quartiles[0]) : 0;
  }
  const moments = yield* one(0, "moments", normalize === "std" ? 2 : 4);
  return normalize === "range" ? moments.max - moments.min : populationDeviation(moments);
}

function populationDeviation(moments: Moments): number {
  const { count } = moments;
  return count < 2 ? 0 : standardDeviationOf(moments) * Math.sqrt((count - 1) / count);
}
