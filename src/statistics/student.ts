/** p-value and confidence interval of a difference by Student's t. */
import { type Alternative, studentT } from "../distributions/index.js";
import { finite } from "./plain.js";

export function pValueOf(t: number, degreesOfFreedom: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.min(1, 2 * studentT.sf(Math.abs(t), degreesOfFreedom));
  return studentT.sf(alternative === "greater" ? t : -t, degreesOfFreedom);
}

/** Of a difference in some unit, which `inUnit` turns into the column's; `null` at an open end. */
export function interval(
  difference: number,
  standardError: number,
  degreesOfFreedom: number,
  alternative: Alternative,
  confidence: number,
  inUnit: (value: number) => number,
): [number | null, number | null] {
  const tail = alternative === "two-sided" ? (1 - confidence) / 2 : 1 - confidence;
  const reach = -studentT.quantile(tail, degreesOfFreedom) * standardError;
  return [
    alternative === "less" ? null : finite(inUnit(difference - reach)),
    alternative === "greater" ? null : finite(inUnit(difference + reach)),
  ];
}
