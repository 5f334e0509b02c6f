/** Two profiled columns of numbers, with what methods ask of them found once. */
import { type CellPair, cellPair, isExact, isRounded } from "../../profile/common-cells.js";
import { type GapPath, gapPath } from "../../profile/gap-path.js";
import type { NumberProfile } from "../../profile/profile.js";
import { sketchedGap } from "../../profile/sketched-gap.js";

export interface ProfilePair {
  readonly reference: NumberProfile;
  readonly current: NumberProfile;
  /** All values. */
  readonly all: () => CommonCells;
  /** The finite ones. */
  readonly finite: () => CommonCells;
}

export interface CommonCells {
  readonly cells: CellPair;
  readonly path: GapPath;
  /** Whether the values themselves are known. */
  readonly exact: boolean;
}

export function profilePair(reference: NumberProfile, current: NumberProfile): ProfilePair {
  const found = new Map<boolean, CommonCells>();
  const on = (finite: boolean): CommonCells => {
    const known = found.get(finite);
    if (known) return known;
    const cells = cellPair(reference, current, finite);
    const exact = isExact(cells);
    // A sketch of rounded values knows nothing of the gap between those that were rounded to one.
    const isSketched = !(exact || isRounded(reference) || isRounded(current));
    const path = gapPath(cells, isSketched ? sketchedGap(cells, reference, current, finite) : undefined);
    found.set(finite, { cells, path, exact });
    return found.get(finite)!;
  };
  return { reference, current, all: () => on(false), finite: () => on(true) };
}

/** Whether a side holds infinite values. */
export function hasInfinities({ reference, current }: ProfilePair): boolean {
  return [reference, current].some(({ moments }) => moments.positiveInfinity + moments.negativeInfinity > 0);
}
