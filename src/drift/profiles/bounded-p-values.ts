/**
 * Intervals for p-values of statistics that are known within bounds. A p-value falls as its statistic grows, and under
 * ties it also depends on which values are equal, which cells do not tell: it lies between that of no further ties and that
 * of cells whose values are all equal.
 */
import { andersonDarlingTwoSample, mannWhitneyExact } from "../../distributions/index.js";
import { larger, type Middle, middlePlaces } from "../../engine/ordered-places.js";
import type { AndersonDarlingBounds } from "../../profile/anderson-darling-bounds.js";
import type { CellPair } from "../../profile/common-cells.js";
import type { RankBounds } from "../../profile/rank-bounds.js";
import { cramerVonMisesOf } from "../../statistics/cramer-von-mises.js";
import { ksPValue } from "../../statistics/ks-test.js";
import { kuiperPValue } from "../../statistics/kuiper.js";
import { normalTail } from "../../statistics/mann-whitney.js";
import type { Interval } from "../report.js";

export interface BoundedPValue {
  /** Of the values rounded to their cells, whose ties are known. */
  readonly pValue: number;
  readonly interval: Interval;
}

/** A statistic's p-value by a law. */
type Law = (statistic: number) => number;

/** @param others  laws of other ties; none where the values are known */
function bounded(rounded: number, [low, high]: Interval, own: Law, others: readonly Law[]): BoundedPValue {
  const pValue = own(rounded);
  if (others.length === 0) return { pValue, interval: [pValue, pValue] };
  const laws = [own, ...others];
  return {
    pValue,
    interval: [Math.min(pValue, ...laws.map((law) => law(high))), Math.max(pValue, ...laws.map((law) => law(low)))],
  };
}

export function andersonDarlingP(
  cells: CellPair,
  { rounded, spread, bounds }: AndersonDarlingBounds,
  exact: boolean,
): BoundedPValue {
  const { n, m } = cells;
  const middle = middleCell(cells);
  const law =
    (ties: number | null): Law =>
    (statistic) =>
      andersonDarlingTwoSample(statistic, n, m, ties, middle);
  return bounded(rounded, bounds, law(spread), exact ? [] : [law(null)]);
}

/** Below this a gap's p-value is not looked at under ties, which takes long: without any it is larger. */
const small = 1e-12;

/**
 * Of a gap, an integer. The coarser the ties, the fewer places there are to look at and the smaller is the chance of a
 * gap at one of them.
 */
function ofGaps(rounded: number, [low, high]: Interval, tied: Law, untied: Law, exact: boolean): BoundedPValue {
  const of = (law: Law, gap: number): number => (gap < 1 ? 1 : law(gap));
  if (exact) {
    const pValue = of(tied, rounded);
    return { pValue, interval: [pValue, pValue] };
  }
  const most = of(untied, low);
  const pValue = of(untied, rounded) < small ? of(untied, rounded) : of(tied, rounded);
  const least = of(untied, high) < small ? 0 : of(tied, high);
  return { pValue, interval: [Math.min(least, pValue), Math.max(most, pValue)] };
}

export function kolmogorovP(cells: CellPair, rounded: number, bounds: Interval, exact: boolean): BoundedPValue {
  const { n, m } = cells;
  const ends = tieEndsOf(cells);
  return ofGaps(
    rounded,
    bounds,
    (gap) => ksPValue(n, m, gap, ends, !exact),
    (gap) => ksPValue(n, m, gap, null, true),
    exact,
  );
}

export function kuiperP(cells: CellPair, rounded: number, bounds: Interval, exact: boolean): BoundedPValue {
  const { n, m } = cells;
  const sizes = tieEndsOf(cells)?.map((end, k, ends) => (k === 0 ? end : end - ends[k - 1]!)) ?? null;
  return ofGaps(
    rounded,
    bounds,
    (gap) => kuiperPValue(n, m, gap, sizes),
    (gap) => kuiperPValue(n, m, gap, null),
    exact,
  );
}

export function cramerVonMisesP({ n, m }: CellPair, ranks: RankBounds, exact: boolean): BoundedPValue {
  const { squareTies, tieVariance } = ranks;
  const total = n + m;
  const law =
    (ties: { readonly squareTies: number; readonly tieVariance: number }): Law =>
    (squares) =>
      cramerVonMisesOf({ n, m, squares, ...ties }).pValue;
  const untied = law({ squareTies: total * (total - 1), tieVariance: 0 });
  return bounded(ranks.squares.rounded, ranks.squares.bounds, law({ squareTies, tieVariance }), exact ? [] : [untied]);
}

/** Of twice U, two-sided: what counts is how far it is from its mean. */
export function mannWhitneyP(
  { n, m }: CellPair,
  { pairs, cubicTies, tied }: RankBounds,
  exact: boolean,
): BoundedPValue {
  const total = n + m;
  const middle = n * m;
  const size = (twice: number): number => Math.abs(twice - middle);
  const [low, high] = pairs.bounds;
  const nearest = low <= middle && middle <= high ? 0 : Math.min(size(low), size(high));
  const normally =
    (ties: number): Law =>
    (distance) =>
      Math.min(1, 2 * normalTail({ n, m, cubicTies: ties }, middle + distance, true));
  const untied = total * (total - 1) * (total + 1);
  const exactly: Law = (distance) => Math.min(1, 2 * mannWhitneyExact(n, m, Math.ceil((middle + distance) / 2)));
  const own = tied > 0 ? normally(cubicTies) : exactly;
  const range: Interval = [nearest, Math.max(size(low), size(high))];
  return bounded(size(pairs.rounded), range, own, exact ? [] : [exactly, normally(untied)]);
}

/** Of the cell with the value in the middle of all. */
function middleCell({ n, m, reference, current }: CellPair): Middle | null {
  const places = middlePlaces(n + m);
  let middle: Middle | null = null;
  let below: Middle["below"] = [0, 0];
  for (let k = 0; k < reference.length; k++) {
    const upTo = [below[0] + reference[k]!, below[1] + current[k]!] as const;
    const [from, to] = [below[0] + below[1], upTo[0] + upTo[1]];
    if (places.some((place) => from <= place && place < to)) middle = larger(middle, { below, upTo });
    below = upTo;
  }
  return middle;
}

/** Where blocks of values end that are equal after rounding; `null` where none are, or counts do not fit. */
function tieEndsOf({ n, m, low, reference, current }: CellPair): Uint32Array | null {
  if (n + m === low.length || n + m >= 2 ** 32) return null;
  let passed = 0;
  return Uint32Array.from(low, (_, k) => {
    passed += reference[k]! + current[k]!;
    return passed;
  });
}
