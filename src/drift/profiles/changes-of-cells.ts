/** What changed in a column of which only cells are known: what they leave open is not told. */
import type { NumbersFound } from "../../statistics/summary.js";
import type { Change } from "../change.js";
import type { Shape } from "../report.js";
import { medianChange, mostNotable, scoredShares } from "../value-changes.js";
import type { ProfilePair } from "./profile-pair.js";

/** @param found  of both sides, in the column's unit */
export function changesOfCells(
  pair: ProfilePair,
  [before, after]: readonly [NumbersFound, NumbersFound],
  shape: Shape | null,
): Change[] {
  const { cells } = pair.all();
  if (pair.reference.kind === "temporal") {
    const [from, to] = [medianCell(cells.reference, cells.n), medianCell(cells.current, cells.m)];
    // Within one cell the medians may be the same.
    if (from === to) return [];
    const middle = (cell: number): number => cells.low[cell]! + (cells.high[cell]! - cells.low[cell]!) / 2;
    return medianChange(middle(from), middle(to), pair.reference);
  }
  if (before.min === null || before.max === null || cells.m === 0) return mostNotable(before, after, [], shape);
  const [low, high] = [Number(before.min), Number(before.max)];
  const share = (counts: Float64Array, total: number, holds: (k: number) => boolean): number =>
    counts.reduce((sum, count, k) => (holds(k) ? sum + count : sum), 0) / total;
  const sharesOf = (counts: Float64Array, total: number) => ({
    zeros: share(counts, total, (k) => cells.low[k] === 0 && cells.high[k] === 0),
    below: share(counts, total, (k) => cells.high[k]! < low),
    above: share(counts, total, (k) => cells.low[k]! > high),
  });
  const shares = scoredShares(sharesOf(cells.reference, cells.n), sharesOf(cells.current, cells.m), low, high);
  return mostNotable(before, after, shares, shape);
}

function medianCell(counts: Float64Array, total: number): number {
  let passed = 0;
  return counts.findIndex((count) => {
    passed += count;
    return 2 * passed >= total;
  });
}
