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

/** Areas in units of `unit`; `null` where the sides hold different shares of an infinity. */
export interface Areas {
  readonly wasserstein: AreaBounds;
  readonly energy: AreaBounds;
}

/**
 * @param unit  a power of two to divide by, so that no range overflows
 * @param least  what W1 is at least, in the column's unit: of finite values the distance of their means
 */
export function areasBetween(pair: CellPair, { gaps, least, most }: GapPath, unit = 1, atLeast = 0): Areas | null {
  const { low, high } = pair;
  const exact = isExact(pair);
  const wasserstein = { rounded: 0, low: 0, high: 0 };
  const energy = { rounded: 0, low: 0, high: 0 };
  const add = (smallest: number, largest: number, width: number): void => {
    wasserstein.low += smallest * width;
    wasserstein.high += largest * width;
    energy.low += 2 * smallest * smallest * width;
    energy.high += 2 * largest * largest * width;
  };
  let previous = Number.NaN;
  for (let k = 0; k < low.length; k++) {
    const [from, to] = [low[k]! / unit, high[k]! / unit];
    const gap = Math.abs(gaps[k]!);
    const middle = from === to ? from : from + (to - from) / 2;
    // Where there is no gap the step may be infinite.
    if (gap > 0) {
      if (!Number.isFinite(from - high[k - 1]! / unit)) return null;
      add(gap, gap, from - high[k - 1]! / unit);
      wasserstein.rounded += gap * (middle - previous);
      energy.rounded += 2 * gap * gap * (middle - previous);
    }
    if (from < to) add(Math.max(0, least[k]!, -most[k]!), Math.max(most[k]!, -least[k]!), to - from);
    previous = middle;
  }
  const lowest = exact ? wasserstein.low : Math.max(wasserstein.low, (atLeast / unit) * (1 - 1e-9));
  return {
    wasserstein: bounded(wasserstein.rounded, lowest, Math.max(wasserstein.high, lowest)),
    energy: bounded(energy.rounded, energy.low, energy.high),
  };
}

function bounded(rounded: number, low: number, high: number): AreaBounds {
  const bounds = widened(low, high);
  return { rounded: within(rounded, bounds), bounds };
}
