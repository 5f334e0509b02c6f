/**
 * What a profile knows of a column's quality: what is missing, moments and extremes exactly; all else exactly too where
 * every distinct value, or every category, has a count of its own, and else from sketches and cells.
 */
import { type CellPair, cellPair, isRounded } from "../../profile/common-cells.js";
import { estimated } from "../../profile/describe-profile.js";
import type { ColumnProfile, NumberProfile, TextProfile } from "../../profile/profile.js";
import { profileSource } from "../../profile/profile-source.js";
import { rankError } from "../../sketch/rank-error.js";
import { sketchQuantiles } from "../../sketch/sorted-view.js";
import { answerNow } from "../../source/plan.js";
import type { Missing } from "../../source/source.js";
import { type NumbersFound, numbersPlan } from "../../statistics/summary.js";
import type { ProfilePair } from "../profiles/profile-pair.js";
import { shapeOfCells } from "../profiles/shape-of-cells.js";
import { changeOfNumbers, picturesOf } from "./change.js";
import { pairOfCounts } from "./counted.js";
import { type CountedInOrder, inOrderOfCounts, mostListed, probabilities } from "./in-order.js";
import { qualityOfNumbers, spreadOf } from "./numbers.js";
import { type Point, somePoints } from "./points.js";
import type { ColumnQuality, HistogramOfBoth, QualityChange } from "./quality-report.js";
import { qualityOfTexts } from "./texts.js";

export function qualityOfProfile(profile: ColumnProfile): ColumnQuality {
  return profile.kind === "categorical" ? ofTexts(profile) : ofNumbers(profile);
}

function ofTexts({ type, categories, missing, error, distinct }: TextProfile): ColumnQuality {
  if (error === 0) return qualityOfTexts(type, categories, missing);
  const { estimate, error: relative } = estimated(distinct, valuesOf(missing));
  const found = qualityOfTexts(type, categories, missing, { count: estimate, error: relative });
  return { ...found, lengths: null };
}

function ofNumbers(profile: NumberProfile): ColumnQuality {
  const numbers = numbersOf(profile);
  const counts = countsOf(profile);
  if (counts) return qualityOfNumbers(profile, { numbers, inOrder: inOrderOfCounts(counts) });
  const values = valuesOf(profile.missing);
  const cells = cellPair(profile, profile);
  const { mostCommon, zeros, negatives } = factsOfCells(cells);
  const { estimate, error } = estimated(profile.distinct, values);
  const found = qualityOfNumbers(profile, {
    numbers,
    inOrder: {
      ...{ distinct: estimate, mostCommon, zeros, negatives, whole: false },
      quantiles: values > 0 ? sketchQuantiles(profile.quantiles, probabilities) : null,
    },
  });
  return {
    ...found,
    ...spreadOf(Number.NaN, mostCommon[0]?.count ?? 0, values),
    distinct: { count: estimate, error },
    numbers: { ...found.numbers!, rankError: rankError(profile.quantiles) },
  };
}

function numbersOf(profile: NumberProfile): NumbersFound {
  return answerNow(numbersPlan(0), profileSource(profile));
}

function valuesOf({ rows, null: nulls, nan }: Missing): number {
  return rows - nulls - nan;
}

/** All values; `null` where cells hold several. */
function countsOf(profile: NumberProfile): CountedInOrder | null {
  const { shift, starts, counts } = profile.cells;
  if (shift > 0 || isRounded(profile)) return null;
  return { values: Array.from(starts), counts: Array.from(counts) };
}

/** What is certain from cells: a value is most common only where no cell of several values holds as many. */
function factsOfCells({ low, high, reference }: CellPair) {
  const cells = Array.from(low, (value, k) => ({ value, high: high[k]!, count: reference[k]! }));
  const most = Math.max(1, ...cells.flatMap(({ value, high, count }) => (value < high ? [count] : [])));
  const single = cells.filter(({ value, high, count }) => value === high && count > most);
  const sum = (some: typeof cells): number => some.reduce((total, { count }) => total + count, 0);
  return {
    mostCommon: single.sort((a, b) => b.count - a.count).slice(0, mostListed),
    zeros: sum(cells.filter(({ value, high }) => value === 0 && high === 0)),
    negatives: sum(cells.filter(({ value, high }) => high < 0 && value > Number.NEGATIVE_INFINITY)),
  };
}

/** What two profiled columns of numbers show together, on common cells. */
export function changeOfProfiles(pair: ProfilePair): QualityChange {
  const { reference, current } = pair;
  const counted = [countsOf(reference), countsOf(current)] as const;
  if (counted[0] && counted[1]) {
    const numbers = [numbersOf(reference), numbersOf(current)] as const;
    return changeOfNumbers(reference, pairOfCounts(numbers, [counted[0], counted[1]]), null);
  }
  const { cells, exact } = pair.finite();
  const { n, m } = cells;
  const points = pointsOfCells(cells);
  return {
    outOfRange: beyond(cells, pair),
    outOfList: null,
    ...picturesOf(reference, {
      ...{ n, m },
      points: somePoints(n === 0 || m === 0 ? [] : points),
      gap: n > 0 && m > 0 ? largestAt(points, n, m, exact) : null,
      histogram: histogramOf(cells),
    }),
  };
}

/** Both sides at the end of each cell, where they are known. */
function pointsOfCells({ high, reference, current }: CellPair): Point[] {
  const points: Point[] = [];
  let [i, j] = [0, 0];
  high.forEach((value, k) => {
    i += reference[k]!;
    j += current[k]!;
    if (points.length > 0 && points.at(-1)!.value >= value) points.pop();
    points.push({ value, i, j });
  });
  return points;
}

function largestAt(points: readonly Point[], n: number, m: number, exact: boolean) {
  const gapAt = ({ i, j }: Point): number => Math.abs(i / n - j / m);
  const largest = points.reduce((best, point) => (gapAt(point) > gapAt(best) ? point : best), points[0]!);
  return gapAt(largest) > 0 ? { ...largest, exact } : null;
}

/** Values of the current side that are certainly beyond those of the reference: at least one where its extremes are. */
function beyond(
  { high, low, current, m }: CellPair,
  { reference, current: side }: ProfilePair,
): QualityChange["outOfRange"] {
  const { min, max, count } = reference.moments;
  if (count === 0) return null;
  const sum = (is: (k: number) => boolean): number =>
    current.reduce((total, own, k) => (is(k) ? total + own : total), 0);
  const below = Math.max(
    side.moments.min < min ? 1 : 0,
    sum((k) => high[k]! < min),
  );
  const above = Math.max(
    side.moments.max > max ? 1 : 0,
    sum((k) => low[k]! > max),
  );
  return { below, above, share: m > 0 ? (below + above) / m : null };
}

function histogramOf(cells: CellPair): HistogramOfBoth | null {
  const shape = shapeOfCells(cells);
  if (!shape?.edges) return null;
  const counts = (shares: readonly number[], total: number): number[] =>
    shares.map((share) => Math.round(share * total));
  return { edges: shape.edges, reference: counts(shape.reference, cells.n), current: counts(shape.current, cells.m) };
}
