/** How large changes are: in units of the reference's spread, and against their thresholds. */
import { finite } from "../statistics/plain.js";
import type { Effect } from "./report.js";

/** A distance in units of a spread; 0 stays 0 where there is none. */
export function scaled(distance: number, unit: number): number | null {
  return distance === 0 ? 0 : finite(distance / unit);
}

/** Whether an effect is large enough to matter. */
export function isLarge(effect: Effect | null): boolean {
  return effect !== null && (effect.infinite === true || (effect.value ?? 0) >= effect.threshold);
}

/** The effect that is largest against its threshold. */
export function mostNotable(effects: readonly Effect[]): Effect | null {
  const ratio = ({ value, threshold, infinite }: Effect): number =>
    infinite ? Number.POSITIVE_INFINITY : value === null ? -1 : threshold > 0 ? value / threshold : value * 1e300;
  return effects.reduce<Effect | null>((one, other) => (one && ratio(one) >= ratio(other) ? one : other), null);
}
