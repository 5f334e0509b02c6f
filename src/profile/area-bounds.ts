/**
 * Areas between two distribution functions on common cells, with bounds: Wasserstein's W1, ∫ abs(F - G) dx, and what the
 * energy distance is the root of, 2 ∫ (F - G)² dx. Between the cells the gap is known, inside one it is bounded.
 */
import { type CellPair, isExact } from "./common-cells.js";
import type { GapPath } from "./gap-path.js";
import { type Interval, widened, within } from "./interval.js";

export interface AreaBounds {
  /** With every value in the middle of its cell. */
  readonly rounded: number;
  readonly bounds: Interval;
}

/** Areas in units of `unit`. */
export interface Areas {
  readonly wasserstein: AreaBounds;
  readonly energy: AreaBounds;
}

/** How far the current side's mean lies above the reference's, in the column's unit. */
export interface MeanDifference {
  readonly difference: number;
  /** How far that may be off. */
  readonly error: number;
}

/**
 * `null` where the sides hold different shares of an infinity.
 *
 * The integral of F - G itself is the difference of the means. With P the area where it is positive and M that where it is
 * negative, W1 = P + M = 2P - difference = 2M + difference: of a shift, to which one sign belongs, hardly anything is open.
 *
 * @param unit  a power of two to divide by, so that no range overflows
 * @param means  of the values that are compared, where they are known
 */
export function areasBetween(
  pair: CellPair,
  { gaps, least, most }: GapPath,
  unit = 1,
  means: MeanDifference | null = null,
): Areas | null {
  const { low, high } = pair;
  const positive = { low: 0, high: 0 };
  const negative = { low: 0, high: 0 };
  const energy = { low: 0, high: 0 };
  const rounded = { wasserstein: 0, energy: 0 };
  const add = (smallest: number, largest: number, width: number): void => {
    positive.low += Math.max(0, smallest) * width;
    positive.high += Math.max(0, largest) * width;
    negative.low += Math.max(0, -largest) * width;
    negative.high += Math.max(0, -smallest) * width;
    energy.low += 2 * Math.max(0, smallest, -largest) ** 2 * width;
    energy.high += 2 * Math.max(largest, -smallest) ** 2 * width;
  };
  let previous = Number.NaN;
  for (let k = 0; k < low.length; k++) {
    const from = low[k]! / unit;
    const to = high[k]! / unit;
    const gap = gaps[k]!;
    const middle = from === to ? from : from + (to - from) / 2;
    // Where there is no gap the step may be infinite.
    if (gap !== 0) {
      const width = from - high[k - 1]! / unit;
      if (!Number.isFinite(width)) return null;
      add(gap, gap, width);
      rounded.wasserstein += Math.abs(gap) * (middle - previous);
      rounded.energy += 2 * gap * gap * (middle - previous);
    }
    if (from < to) add(least[k]!, most[k]!, to - from);
    previous = middle;
  }
  const area = { low: positive.low + negative.low, high: positive.high + negative.high };
  if (means && !isExact(pair)) {
    const [difference, error] = [means.difference / unit, means.error / unit];
    area.low = Math.max(area.low, 2 * positive.low - difference - error, 2 * negative.low + difference - error);
    area.high = Math.min(area.high, 2 * positive.high - difference + error, 2 * negative.high + difference + error);
    area.high = Math.max(area.low, area.high);
  }
  return {
    wasserstein: bounded(rounded.wasserstein, area.low, area.high),
    energy: bounded(rounded.energy, energy.low, energy.high),
  };
}

function bounded(rounded: number, low: number, high: number): AreaBounds {
  // Cells that overlap may take more than there is.
  const bounds = widened(Math.max(low, 0), Math.max(high, 0));
  return { rounded: within(rounded, bounds), bounds };
}
