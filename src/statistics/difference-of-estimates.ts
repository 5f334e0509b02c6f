/**
 * The difference of two estimates from independent samples, with an interval from both of theirs: the distances to the ends that
 * matter are squared and added (MOVER, the method of variance estimates recovery), as standard errors would be, but for
 * intervals that are not symmetric too. Of two shares with Wilson's intervals that is Newcombe's hybrid score interval.
 *
 * Zou, Donner: Construction of confidence limits about effect measures: a general approach. Statistics in Medicine 27 (2008).
 */
import type { Estimated } from "./estimated.js";
import { alone, estimated } from "./intervals.js";

/** Current minus reference; both intervals are of one confidence, which that of the difference has too. */
export function differenceOfEstimates(reference: Estimated, current: Estimated): Estimated {
  const [from, to] = [reference.value, current.value];
  if (from === null || to === null) return alone(null);
  const value = Number.isFinite(to - from) ? to - from : null;
  if (value === null || !reference.interval || !current.interval) return alone(value);
  const [[lowBefore, highBefore], [lowAfter, highAfter]] = [reference.interval, current.interval];
  const low = value - Math.hypot(to - lowAfter, highBefore - from);
  const high = value + Math.hypot(highAfter - to, from - lowBefore);
  const law = reference.law === "bootstrap" || current.law === "bootstrap" ? "bootstrap" : "analytic";
  return estimated(value, low, high, law);
}
