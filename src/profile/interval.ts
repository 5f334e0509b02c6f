/** Intervals that certainly hold a number which is not known exactly. */

export type Interval = readonly [low: number, high: number];

/** What sums over cells may lose to rounding. */
const rounding = 1e-12;

/** An interval of numbers that are not negative, wide enough for rounding; where both ends are one number it stays one. */
export function widened(low: number, high: number): Interval {
  return low === high ? [low, high] : [low * (1 - rounding), high * (1 + rounding)];
}

/** The number in the interval that is nearest to x. */
export function within(x: number, [low, high]: Interval): number {
  return Math.min(Math.max(x, low), high);
}
