/** What both sides of a column show together, in units that a report has. */
import { type Dated, isDate } from "../../statistics/summary.js";
import type { PairFacts } from "./numbers.js";
import type { Point } from "./points.js";
import type { EcdfOfBoth, GapOfBoth, HistogramOfBoth, QualityChange } from "./quality-report.js";

/** Of columns without anything to compare. */
export const noChange: QualityChange = { outOfRange: null, outOfList: null, histogram: null, ecdf: null, gap: null };

/** @param column  in the unit of the facts */
export function changeOfNumbers(column: Dated, facts: PairFacts, outOfList: QualityChange["outOfList"]): QualityChange {
  // Truth values are two categories.
  if (column.kind === "boolean") return { ...noChange, outOfList };
  const { reference, points, largest, histogram } = facts;
  const { n, m, below, above } = points;
  const gap = n > 0 && m > 0 && largest ? { ...largest, exact: true } : null;
  return {
    outOfRange: reference.numbers.count > 0 ? { below, above, share: m > 0 ? (below + above) / m : null } : null,
    outOfList,
    ...picturesOf(column, { n, m, points: points.points, gap, histogram }),
  };
}

/** Of n and m values, in the column's unit. */
export interface Pictures {
  readonly n: number;
  readonly m: number;
  readonly points: readonly Point[];
  readonly gap: (Point & { readonly exact: boolean }) | null;
  readonly histogram: HistogramOfBoth | null;
}

/** Points in time become milliseconds since 1970, all else stays in the column's unit. */
export function picturesOf(
  column: Dated,
  { n, m, points, gap, histogram }: Pictures,
): Pick<QualityChange, "histogram" | "ecdf" | "gap"> {
  const inUnit = isDate(column) ? inMilliseconds(column) : Number;
  const shares = ({ i, j }: Point) => ({ reference: i / n, current: j / m });
  return {
    histogram: histogram && inUnits(histogram, inUnit),
    ecdf: points.length > 0 ? ecdfOf(points, gap, inUnit, shares) : null,
    gap: gap && ({ value: inUnit(gap.value), ...shares(gap), exact: gap.exact } satisfies GapOfBoth),
  };
}

/** Rounded once. */
function inMilliseconds({ unitsPerSecond }: Dated): (value: number | bigint) => number {
  if (unitsPerSecond > 1000) return (value) => Number(value) / (unitsPerSecond / 1000);
  const milliseconds = Math.round(1000 / unitsPerSecond);
  return (value) => Number(value) * milliseconds;
}

function inUnits(histogram: HistogramOfBoth, inUnit: (value: number) => number): HistogramOfBoth | null {
  const edges = histogram.edges.map(inUnit);
  return edges.every((edge, k) => k === 0 || edge > edges[k - 1]!) ? { ...histogram, edges } : null;
}

/** With the largest gap among the points; of values that became the same number the last counts. */
function ecdfOf(
  points: readonly Point[],
  gap: Point | null,
  inUnit: (value: number | bigint) => number,
  shares: (point: Point) => { readonly reference: number; readonly current: number },
): EcdfOfBoth {
  const all = gap ? [...points, gap].sort((a, b) => a.i + a.j - b.i - b.j) : points;
  const kept = new Map(all.map((point) => [inUnit(point.value), shares(point)]));
  const found = [...kept.values()];
  return {
    values: [...kept.keys()],
    reference: found.map(({ reference }) => reference),
    current: found.map(({ current }) => current),
  };
}
