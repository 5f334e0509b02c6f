/** What `suiteFrom` expects of one column: its conditions, from what the column is like in the reference. */
import type { ColumnQuality, NumbersQuality } from "../drift/quality/quality-report.js";
import { asNumber, type QuantilesAt } from "./quantiles-at.js";
import type { Check } from "./suite.js";
import {
  deviationTolerance,
  meanTolerance,
  rankTolerance,
  roundedDown,
  roundedUp,
  type Sizes,
  shareOfNew,
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

export function columnConditions(
  column: string,
  quality: ColumnQuality,
  expected: Expectations,
  quantilesAt: QuantilesAt,
): Check[] {
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
    ...(kind === "numeric" && numbers ? numberConditions(column, numbers, own, quantilesAt) : []),
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
  const repeated = 1 - distinct.count / n;
  if (repeated <= 0.1) {
    // More rows meet more of their like, at most as many times more as there are.
    const most = (repeated + shareTolerance(repeated, 0, sizes)) * Math.max(1, m / n);
    const least = (1 - tolerance) * (1 - most);
    if (least > 0) conditions.push({ metric: "distinctShare", column, gte: roundedDown(least) });
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
  return { metric: "outOfListShare", column, lte: roundedUp(shareOfNew(Math.min(1, once / sizes.n), sizes)) };
}

/** Most common values that a quality result lists. */
const mostListed = 10;

/** From this excess kurtosis on a mean is made by few values, and its error not known; a standard deviation even sooner. */
const heavyTails = { mean: 10, deviation: 5 } as const;

function numberConditions(
  column: string,
  numbers: NumbersQuality,
  expected: Expectations,
  quantilesAt: QuantilesAt,
): Check[] {
  const { tolerance, rows: sizes, standalone } = expected;
  const { mean, standardDeviation: deviation, negatives } = numbers;
  const [skewness, kurtosis] = [numbers.skewness ?? 0, numbers.kurtosis ?? 0];
  if (mean === null || deviation === null || !(deviation > 0)) return [];
  const between = (metric: string, low: number, high: number): Check => {
    return { metric, column, gte: roundedDown(low), lte: roundedUp(high) };
  };
  const width = meanTolerance(deviation, skewness, tolerance, sizes);
  const spread = deviationTolerance(kurtosis, tolerance, sizes);
  return [
    ...(kurtosis <= heavyTails.mean ? [between("mean", mean - width, mean + width)] : []),
    ...(kurtosis <= heavyTails.deviation ? [between("standardDeviation", deviation / spread, deviation * spread)] : []),
    ...quantileConditions(column, numbers, expected, quantilesAt),
    ...(standalone
      ? []
      : [{ metric: "outOfRangeShare", column, lte: roundedUp(Math.min(1, 2 * shareOfUnseen(sizes))) }]),
    ...(negatives === 0 ? shareless("negatives", column, sizes) : []),
  ];
}

/** A column without negative values has none in a window, but for what chance explains. */
function shareless(metric: string, column: string, sizes: Sizes): Check[] {
  return [{ metric, column, lte: Math.ceil(shareOfUnseen(sizes) * sizes.m), critical: false }];
}

/** Quantiles that are looked at, by their metrics. */
const places = { q05: 0.05, q25: 0.25, q50: 0.5, q75: 0.75, q95: 0.95 } as const;

/** Values beyond a quantile on either side, without which it says little. */
const fewestBeyond = 10;

/** Within the quantiles of the ranks that chance allows for, whatever the law, and a tenth of the column's scale. */
function quantileConditions(
  column: string,
  numbers: NumbersQuality,
  { tolerance, rows: sizes }: Expectations,
  quantilesAt: QuantilesAt,
): Check[] {
  const known = Object.entries(places).filter(
    ([, p]) => Math.min(sizes.n, sizes.m) * Math.min(p, 1 - p) >= fewestBeyond,
  );
  const ranks = known.map(([, p]) => ({ p, width: rankTolerance(p, sizes) }));
  const lows = quantilesAt(
    ranks.map(({ p, width }) => Math.max(0, p - width)),
    "below",
  );
  const highs = quantilesAt(
    ranks.map(({ p, width }) => Math.min(1, p + width)),
    "above",
  );
  const room = tolerance * scaleOf(numbers);
  return known.flatMap(([metric, p], k) => {
    const value = valueAt(numbers, p);
    const [low, high] = [Math.min(value - room, lows[k]!), Math.max(value + room, highs[k]!)];
    if (!Number.isFinite(low) && !Number.isFinite(high)) return [];
    const limits = {
      ...(Number.isFinite(low) && { gte: roundedDown(low) }),
      ...(Number.isFinite(high) && { lte: roundedUp(high) }),
    };
    return [{ metric, column, ...limits }];
  });
}

function valueAt({ quantiles }: NumbersQuality, wanted: number): number {
  return asNumber(quantiles.find(({ probability }) => probability === wanted)?.value ?? null);
}

/** The standard deviation, or, where tails make that large, what the quartiles of a normal law with the same ones give. */
function scaleOf(numbers: NumbersQuality): number {
  const deviation = numbers.standardDeviation ?? 0;
  const ofQuartiles = (valueAt(numbers, 0.75) - valueAt(numbers, 0.25)) / 1.349;
  return ofQuartiles > 0 ? Math.min(deviation, ofQuartiles) : deviation;
}
