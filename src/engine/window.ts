/**
 * A window: few values that are compared with many that were ordered before. All that a report says of it is found while
 * it lies in engine memory, in one call; the numbers are those that one question after the other would give.
 */
import { type Dense, makeResident } from "./dense.js";
import { type MomentsState, momentsAt, partialRows } from "./moments.js";
import { type OrderIndex, type PlacedWalk, walkAmong } from "./placed-walk.js";
import { withScratch } from "./workspace.js";

/** What a window holds, by itself and against the reference. */
export interface WindowFound {
  readonly moments: MomentsState;
  /** Values in each bin. */
  readonly bins: number[];
  readonly walk: PlacedWalk;
}

/**
 * `null` for more rows than moments take at once, for infinities, and where the walk would lose digits.
 *
 * @param inner  edges between bins
 */
export function readWindow(column: Dense, index: OrderIndex, inner: Float64Array): WindowFound | null {
  if (column.rows > partialRows) return null;
  return withScratch((engine, take) => {
    const { kernels, f64, u32 } = engine;
    const resident = makeResident(column, engine, take);
    const { address, seen } = resident;
    const moments = momentsAt(resident, engine, take);
    if (moments.count === 0 || moments.positiveInfinity + moments.negativeInfinity > 0) return null;
    const points = take(seen.values * 8 + 64);
    const length = kernels.keepNumbers(address, seen.values, points);
    kernels.sortF64(points, length, take(length * 8), take(kernels.sortCounters() * 4));
    const edges = take(inner.length * 8);
    f64.set(inner, edges / 8);
    const counts = take((inner.length + 1) * 4);
    kernels.countBetween(points, length, edges, inner.length, counts);
    const bins: number[] = [];
    for (let bin = 0; bin <= inner.length; bin++) bins.push(u32[counts / 4 + bin]!);
    const walk = walkAmong(index, { address: points, length }, engine, take);
    return walk && { moments, bins, walk };
  });
}
