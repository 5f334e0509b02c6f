/**
 * Methods on two profiled columns of numbers, by name. What a profile knows exactly gives the finding of the values
 * themselves; what it knows within bounds gives that of the values rounded to their cells, with bounds that hold that of
 * the values. Methods that are not here need the values, which few distinct ones can be written out for.
 */
import { andersonDarlingBounds } from "../../profile/anderson-darling-bounds.js";
import { areasBetween, type MeanDifference } from "../../profile/area-bounds.js";
import { isRounded } from "../../profile/common-cells.js";
import { decileCells } from "../../profile/decile-cells.js";
import { type LargestGap, largestGaps } from "../../profile/gap-bounds.js";
import { within } from "../../profile/interval.js";
import { profileSource } from "../../profile/profile-source.js";
import { rankBounds } from "../../profile/rank-bounds.js";
import { answerNow } from "../../source/plan.js";
import { withSides } from "../../source/sides.js";
import { differenceOfMeans, timesPower } from "../../statistics/moments.js";
import { unitPlan } from "../../statistics/normalize.js";
import { wassersteinThreshold } from "../anderson-darling-method.js";
import { ksThreshold } from "../ks-method.js";
import type { Finding, Method } from "../methods.js";
import type { Effect, Interval } from "../report.js";
import { valueThresholds } from "../value-methods.js";
import {
  andersonDarlingP,
  type BoundedPValue,
  cramerVonMisesP,
  kolmogorovP,
  kuiperP,
  mannWhitneyP,
} from "./bounded-p-values.js";
import { writtenOut } from "./lossless.js";
import { type CommonCells, hasInfinities, type ProfilePair } from "./profile-pair.js";

/** A number, and what certainly holds it. */
interface Bounded {
  readonly value: number;
  readonly interval: Interval;
}

type Judge = (pair: ProfilePair, threshold: number | undefined) => Finding;

/** What a method finds in two profiles; `null` where it needs the values. */
export function findingOf(method: Method, pair: ProfilePair, threshold: number | undefined): Finding | null {
  if (method.bins) {
    const { exact, cells } = pair.all();
    const bins = decileCells(cells);
    const found = method.bins(bins, threshold);
    return exact ? found : { ...found, edges: Array.from(bins.edges) };
  }
  const judge = judges.get(method.name);
  if (judge) return judge(pair, threshold);
  // Moments are all that it asks for.
  if (method.name === "t-test") {
    return answerNow(method.values!(threshold), profileSource(pair.reference), profileSource(pair.current));
  }
  const [x, y] = [writtenOut(pair.reference), writtenOut(pair.current)];
  return x && y && withSides("compare", x, y, (one, other) => answerNow(method.values!(threshold), one, other));
}

/** As the default method does: of the finite values where there are any on both sides. */
function andersonDarling(pair: ProfilePair): Finding {
  const areFinite = [pair.reference, pair.current].every(({ moments }) => moments.count > 0);
  const common = hasInfinities(pair) && areFinite ? pair.finite() : pair.all();
  const { cells, path, exact } = common;
  const a2 = andersonDarlingBounds(cells, path);
  const gaps = largestGaps(cells, path);
  const distance = wassersteinOf(pair, common);
  const ks = shareOf(either(gaps), cells);
  return finding({ value: a2.rounded, interval: a2.bounds }, andersonDarlingP(cells, a2, exact), [
    effect("ks", ks, ksThreshold),
    distance === "infinite" || distance === "constant"
      ? { name: "wasserstein/std", value: null, threshold: wassersteinThreshold }
      : effect("wasserstein/std", distance, wassersteinThreshold),
  ]);
}

function kolmogorovSmirnov(pair: ProfilePair): Finding {
  const { cells, path, exact } = pair.all();
  const gap = either(largestGaps(cells, path));
  const d = shareOf(gap, cells);
  return finding(d, kolmogorovP(cells, gap.value, gap.interval, exact), [effect("ks", d, ksThreshold)]);
}

function kuiper(pair: ProfilePair): Finding {
  const { cells, path, exact } = pair.all();
  const { above, below } = largestGaps(cells, path);
  const gap: Bounded = {
    value: above.rounded + below.rounded,
    interval: [above.least + below.least, above.most + below.most],
  };
  const v = shareOf(gap, cells);
  return finding(v, kuiperP(cells, gap.value, gap.interval, exact), [effect("kuiper", v, valueThresholds.kuiper)]);
}

function wasserstein(pair: ProfilePair, threshold = wassersteinThreshold): Finding {
  const common = pair.all();
  const { cells, path, exact } = common;
  const distance = wassersteinOf(pair, common);
  const evidence = andersonDarlingP(cells, andersonDarlingBounds(cells, path), exact);
  return ofDistance("wasserstein/std", distance, evidence, threshold);
}

function energy(pair: ProfilePair, threshold = valueThresholds.energy): Finding {
  const { cells, path, exact } = pair.all();
  const evidence = cramerVonMisesP(cells, rankBounds(cells, path), exact);
  return ofDistance("energy/sqrt-std", energyOf(pair), evidence, threshold);
}

function cramerVonMises(pair: ProfilePair): Finding {
  const { cells, path, exact } = pair.all();
  const { n, m } = cells;
  const ranks = rankBounds(cells, path);
  const { rounded, bounds } = ranks.squares;
  const total = n + m;
  const t = mapped({ value: rounded, interval: bounds }, (sum) => sum / 3 / total / total / n / m + 1 / (6 * total));
  const size = mapped(t, (statistic) => Math.sqrt(Math.max(statistic - (1 + 1 / total) / 6, 0) * (1 / n + 1 / m)));
  return finding(t, cramerVonMisesP(cells, ranks, exact), [
    effect("cramer-von-mises", size, valueThresholds.cramerVonMises),
  ]);
}

function mannWhitney(pair: ProfilePair): Finding {
  const { cells, path, exact } = pair.all();
  const ranks = rankBounds(cells, path);
  const { rounded, bounds } = ranks.pairs;
  const product = cells.n * cells.m;
  const u = mapped({ value: rounded, interval: bounds }, (pairs) => pairs / 2);
  const correlation = mapped({ value: rounded, interval: bounds }, (pairs) => (pairs - product) / product);
  return finding(u, mannWhitneyP(cells, ranks, exact), [
    effect("rank-biserial", sizeOf(correlation), valueThresholds.rankBiserial),
  ]);
}

const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ["anderson-darling", andersonDarling],
  ["ks", kolmogorovSmirnov],
  ["kuiper", kuiper],
  ["wasserstein", wasserstein],
  ["energy", energy],
  ["cramer-von-mises", cramerVonMises],
  ["mann-whitney", mannWhitney],
]);

type Distance = Bounded | "infinite" | "constant";

/** W1 in standard deviations of the reference. */
function wassersteinOf(pair: ProfilePair, { cells, path }: CommonCells): Distance {
  const unit = unitOf(pair);
  // Between equal infinities the finite values make up less than all.
  const isOfFinite = cells.n === pair.reference.moments.count && cells.m === pair.current.moments.count;
  const areas = areasBetween(cells, path, unit, isOfFinite ? differenceOf(pair) : null);
  if (!areas) return "infinite";
  const { rounded, bounds } = areas.wasserstein;
  return inSpreads(
    { value: rounded, interval: bounds },
    mapped(deviationOf(pair), (spread) => spread / unit),
  );
}

/** The energy distance over the root of the reference's standard deviation. */
function energyOf(pair: ProfilePair): Distance {
  const { cells, path } = pair.all();
  const unit = unitOf(pair);
  const areas = areasBetween(cells, path, unit);
  if (!areas) return "infinite";
  const { rounded, bounds } = areas.energy;
  const spread = mapped(deviationOf(pair), (deviation) => Math.sqrt(deviation / unit));
  return inSpreads(mapped({ value: rounded, interval: bounds }, Math.sqrt), spread);
}

/** As `scaled`: 0 is 0 in any unit. */
function inSpreads(distance: Bounded, { value: spread, interval: [least, most] }: Bounded): Distance {
  if (distance.interval[1] === 0) return distance;
  if (least < most) {
    const interval: Interval = [
      distance.interval[0] / most,
      least > 0 ? distance.interval[1] / least : Number.MAX_VALUE,
    ];
    return { value: spread > 0 ? within(distance.value / spread, interval) : interval[0], interval };
  }
  const found = mapped(distance, (x) => (x === 0 ? 0 : x / spread));
  return [found.value, ...found.interval].every(Number.isFinite) ? found : "constant";
}

/** Rounding the values moves it by no more than they moved. */
function deviationOf({ reference }: ProfilePair): Bounded {
  const value = answerNow(unitPlan("std"), profileSource(reference));
  const { min, max } = reference.moments;
  const moved = isRounded(reference) ? Math.max(-min, max) * 2 ** -52 : 0;
  return { value, interval: [Math.max(0, value - moved), value + moved] };
}

/** A power of two that keeps areas finite. */
function unitOf({ reference, current }: ProfilePair): number {
  const sizes = [reference, current].flatMap(({ moments: { min, max } }) => [min, max].map(Math.abs));
  return Math.max(...sizes.filter(Number.isFinite), 0) > 2 ** 1000 ? 2 ** 100 : 1;
}

/** How far the means of the finite values are apart. */
function differenceOf({ reference, current }: ProfilePair): MeanDifference | null {
  const [x, y] = [reference.moments, current.moments];
  const exponent = Math.max(x.exponent, y.exponent);
  // Means are rounded by as much as the values are large, which is no more than mean and spread.
  const magnitudeOf = ({ mean, m2, count, exponent: own }: typeof x): number =>
    (Math.abs(mean) + Math.sqrt(m2 / count)) * 2 ** (own - exponent);
  const size = magnitudeOf(x) + magnitudeOf(y);
  const difference = timesPower(differenceOfMeans(y, x, exponent), exponent);
  const error = timesPower(1e-12 * size, exponent) + 1e-12 * Math.abs(difference);
  return Number.isFinite(difference) && Number.isFinite(error) ? { difference, error } : null;
}

function ofDistance(
  name: "wasserstein/std" | "energy/sqrt-std",
  distance: Distance,
  evidence: BoundedPValue,
  threshold: number,
): Finding {
  const unmeasured: Effect = { name, value: null, threshold };
  if (distance === "infinite") return { statistic: null, pValue: null, effects: [unmeasured], status: "infinite" };
  if (distance !== "constant") return finding(distance, evidence, [effect(name, distance, threshold)]);
  return { ...finding(null, evidence, [{ ...unmeasured, infinite: true }]), status: "constant" };
}

/** The larger gap of both signs. */
function either({ above, below }: { readonly above: LargestGap; readonly below: LargestGap }): Bounded {
  return {
    value: Math.max(above.rounded, below.rounded),
    interval: [Math.max(above.least, below.least), Math.max(above.most, below.most)],
  };
}

function shareOf(gap: Bounded, { n, m }: CommonCells["cells"]): Bounded {
  return mapped(gap, (size) => Math.min(2, size / (n * m)));
}

/** By a function that does not fall. */
function mapped({ value, interval: [low, high] }: Bounded, by: (x: number) => number): Bounded {
  return { value: by(value), interval: [by(low), by(high)] };
}

function sizeOf({ value, interval: [low, high] }: Bounded): Bounded {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return {
    value: Math.abs(value),
    interval: [low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)), most],
  };
}

function effect(name: string, { value, interval }: Bounded, threshold: number): Effect {
  return { name, value, threshold, ...(interval[0] !== interval[1] && { interval }) };
}

function finding(statistic: Bounded | null, { pValue, interval }: BoundedPValue, effects: readonly Effect[]): Finding {
  const holds: Interval | null = statistic?.interval ?? null;
  const isExact = (holds === null || holds[0] === holds[1]) && interval[0] === interval[1];
  return {
    statistic: statistic?.value ?? null,
    pValue,
    effects,
    status: "ok",
    ...(!isExact && { bounds: { ...(holds && { statistic: holds }), pValue: interval } }),
  };
}
