/** What `suiteFrom` expects of one column: its conditions, from what the column is like in the reference. */
import { normal } from "../distributions/normal.js";
import type { ColumnQuality, NumbersQuality } from "../drift/quality/quality-report.js";
import type { Check } from "./suite.js";
import {
  deviationTolerance,
  meanTolerance,
  rankTolerance,
  roundedDown,
  roundedUp,
  type Sizes,
  shareOfUnseen,
  shareTolerance,
} from "./tolerances.js";

export interface Expectations {
  readonly tolerance: number;
  /** Rows of the reference and of the window. */
  readonly rows: Sizes;
  /** Without conditions that need the reference again. */
  readonly standalone: boolean;
}

/** Columns with fewer values are only expected to be of their kind and to hold what they hold. */
const fewestValues = 20;

export function columnConditions(column: string, quality: ColumnQuality, expected: Expectations): Check[] {
  const { kind, availability } = quality;
  const { rows, null: nulls, nan, positiveInfinity, negativeInfinity, empty } = availability;
  const values = rows - nulls - nan;
  const general: Check[] = [
    { metric: "kind", column, eq: kind },
    ...shareConditions("missingShare", column, nulls + nan, expected.rows, expected),
    ...(/Float/.test(quality.type) && kind === "numeric"
      ? shareConditions("infiniteShare", column, positiveInfinity + negativeInfinity, expected.rows, expected)
      : []),
    ...(kind === "categorical" ? shareConditions("emptyShare", column, empty, expected.rows, expected) : []),
  ];
  const { n, m, z } = expected.rows;
  const sizes: Sizes = { n: values, m: (m * values) / n, z };
  if (Math.min(sizes.n, sizes.m) < fewestValues || kind === "temporal" || kind === "vector") return general;
  if (quality.constant) return [...general, ...constantConditions(column, quality, sizes)];
  const own = { ...expected, rows: sizes };
  const { numbers } = quality;
  return [
    ...general,
    ...distinctConditions(column, quality, own),
    ...(kind === "numeric" && numbers ? numberConditions(column, quality, numbers, own) : []),
  ];
}

/** What the reference never has warns at once, and fails when chance does not explain it. */
function shareConditions(
  metric: string,
  column: string,
  count: number,
  sizes: Sizes,
  { tolerance }: Expectations,
): Check[] {
  if (count === sizes.n) return [];
  if (count === 0) {
    return [
      { metric, column, lte: 0, critical: false },
      { metric, column, lte: roundedUp(shareOfUnseen(sizes)) },
    ];
  }
  const share = count / sizes.n;
  const most = roundedUp(share + shareTolerance(share, tolerance, sizes));
  return most < 1 ? [{ metric, column, lte: most }] : [];
}

/** Another value warns at once, and fails when chance does not explain how often it is there. */
function constantConditions(column: string, { mostCommon: [only] }: ColumnQuality, sizes: Sizes): Check[] {
  return [
    { metric: "constant", column, eq: true, critical: false },
    { metric: "mostCommonShare", column, gte: roundedDown(1 - shareOfUnseen(sizes)) },
    ...(only === undefined ? [] : [{ metric: "mostCommon", column, eq: only.value } as const]),
  ];
}

function distinctConditions(column: string, quality: ColumnQuality, expected: Expectations): Check[] {
  const { distinct, mostCommon, kind } = quality;
  if (!distinct) return [];
  const { tolerance, rows: sizes } = expected;
  const { n, m, z } = sizes;
  const shareOfFirst = (mostCommon[0]?.count ?? 0) / n;
  const conditions: Check[] = [];
  if (distinct.count / n >= 0.9) {
    const least = Math.max(0, 1 - tolerance) * (distinct.count / n) - shareTolerance(1 - distinct.count / n, 0, sizes);
    conditions.push({ metric: "distinctShare", column, gte: roundedDown(Math.max(0, least)) });
  } else if (kind === "categorical") {
    const error = 3 * distinct.error * distinct.count;
    const chance = z * Math.sqrt(distinct.count) * Math.sqrt(1 + m / n) + error;
    const fewest = distinct.count * Math.min(1, m / n) * (1 - tolerance) - chance;
    const most = distinct.count * Math.max(1, m / n) * (1 + tolerance) + chance;
    conditions.push({
      metric: "distinct",
      column,
      ...(fewest >= 2 && { gte: Math.floor(fewest) }),
      lte: Math.ceil(most),
    });
  }
  if (kind !== "numeric" || shareOfFirst >= 0.05) {
    const width = shareTolerance(shareOfFirst, tolerance, sizes);
    const [least, most] = [roundedDown(shareOfFirst - width), roundedUp(shareOfFirst + width)];
    const limits = { ...(least > 0 && { gte: least }), ...(most < 1 && { lte: most }) };
    if (least > 0 || most < 1) conditions.push({ metric: "mostCommonShare", column, ...limits });
  }
  if (kind === "categorical" && !expected.standalone) conditions.push(unseenCondition(column, quality, expected));
  return conditions;
}

/**
 * Values outside the list: the share of values that the reference has once estimates what it has not seen (Good and Turing).
 * How many there are at most follows from what is known of the most frequent ones.
 */
function unseenCondition(
  column: string,
  { distinct, mostCommon }: ColumnQuality,
  { rows: sizes }: Expectations,
): Check {
  const listed = mostCommon.reduce((sum, { count }) => sum + count, 0);
  const others = distinct!.count - mostCommon.length;
  const largest = mostCommon.at(-1)?.count ?? 1;
  const bound = largest > 1 ? (others * largest - (sizes.n - listed)) / (largest - 1) : others;
  const once = mostCommon.length < mostListed ? others : Math.max(0, Math.min(others, bound));
  const unseen = Math.min(1, once / sizes.n);
  const most = unseen === 0 ? shareOfUnseen(sizes) : unseen + shareTolerance(unseen, 0, sizes);
  return { metric: "outOfListShare", column, lte: roundedUp(Math.min(1, most)) };
}

/** Most common values that a quality result lists. */
const mostListed = 10;

/** From this excess kurtosis on a standard deviation is made by few values, and its error not known. */
const heavyTails = 10;

function numberConditions(
  column: string,
  quality: ColumnQuality,
  numbers: NumbersQuality,
  expected: Expectations,
): Check[] {
  const { tolerance, rows: sizes, standalone } = expected;
  const { mean, standardDeviation: deviation, kurtosis } = numbers;
  if (mean === null || deviation === null || !(deviation > 0)) return [];
  const width = meanTolerance(deviation, tolerance, sizes);
  const spread = deviationTolerance(kurtosis ?? 0, tolerance, sizes);
  return [
    { metric: "mean", column, gte: roundedDown(mean - width), lte: roundedUp(mean + width) },
    ...(spread < 1 && (kurtosis ?? 0) <= heavyTails
      ? [
          {
            metric: "standardDeviation",
            column,
            gte: roundedDown(deviation * (1 - spread)),
            lte: roundedUp(deviation * (1 + spread)),
          } as const,
        ]
      : []),
    ...quantileConditions(column, quality, numbers, expected),
    ...(standalone ? [] : [{ metric: "outOfRangeShare", column, lte: roundedUp(2 * shareOfUnseen(sizes)) } as const]),
    ...(numbers.negatives === 0 ? shareless("negatives", column, sizes) : []),
  ];
}

/** A column without negative values has none in a window, but for what chance explains. */
function shareless(metric: string, column: string, sizes: Sizes): Check[] {
  return [{ metric, column, lte: Math.ceil(shareOfUnseen(sizes) * sizes.m), critical: false }];
}

const names: ReadonlyMap<number, string> = new Map([
  [0.05, "q05"],
  [0.25, "q25"],
  [0.5, "q50"],
  [0.75, "q75"],
  [0.95, "q95"],
]);

/** Values beyond a quantile on either side, without which it says little. */
const fewestBeyond = 10;

/** Ranks are taken to be off by so many times more, for what lies between known quantiles is not known. */
const interpolation = 1.3;

/** Within the quantiles of the ranks that chance allows for, and a tenth of the standard deviation. */
function quantileConditions(
  column: string,
  quality: ColumnQuality,
  numbers: NumbersQuality,
  expected: Expectations,
): Check[] {
  const { tolerance, rows: sizes } = expected;
  const points = knownPoints(numbers);
  if (!points) return [];
  // Where values repeat, the quantile function has steps, and what lies between known ones is not known.
  const steps = (quality.mostCommon[0]?.count ?? 0) / sizes.n > 0.02 || (quality.distinct?.count ?? 0) < 100;
  const deviation = numbers.standardDeviation ?? 0;
  return points.flatMap(([probability, value]) => {
    const name = names.get(probability);
    const beyond = Math.min(sizes.n, sizes.m) * Math.min(probability, 1 - probability);
    if (name === undefined || beyond < fewestBeyond) return [];
    const rank = interpolation * rankTolerance(probability, sizes) + numbers.rankError;
    const low = Math.min(
      value - tolerance * deviation,
      at(points, probability - rank, steps ? "below" : "between", sizes.n),
    );
    const high = Math.max(
      value + tolerance * deviation,
      at(points, probability + rank, steps ? "above" : "between", sizes.n),
    );
    return [{ metric: name, column, gte: roundedDown(low), lte: roundedUp(high) }];
  });
}

type Points = readonly (readonly [probability: number, value: number])[];

function knownPoints({ min, max, quantiles }: NumbersQuality): Points | null {
  const all = [{ probability: 0, value: min }, ...quantiles, { probability: 1, value: max }];
  const points = all.map(
    ({ probability, value }) => [probability, value === null ? Number.NaN : Number(value)] as const,
  );
  return points.every(([, value]) => Number.isFinite(value)) ? points : null;
}

/**
 * Between two known points a line over the quantiles of the normal law, on whose scale tails are nearly straight; the ends of
 * the range are taken for those of half a value.
 */
function at(points: Points, probability: number, where: "below" | "above" | "between", n: number): number {
  const wanted = Math.min(1, Math.max(0, probability));
  const below = points.findLast(([one]) => one <= wanted)!;
  const above = points.find(([one]) => one >= wanted)!;
  if (where !== "between") return (where === "below" ? below : above)[1];
  const score = (p: number): number => normal.quantile(Math.min(1 - 0.5 / n, Math.max(0.5 / n, p)));
  const [low, high] = [score(below[0]), score(above[0])];
  if (!(high > low)) return below[1];
  return below[1] + Math.min(1, Math.max(0, (score(wanted) - low) / (high - low))) * (above[1] - below[1]);
}
