/**
 * Permutation tests: whether a distance between two sides is larger than it would be if the rows had been dealt to the
 * sides at random. See resampled.ts for the p-value.
 */
import type { Alternative } from "../distributions/index.js";
import { wholeGrid } from "../engine/grid.js";
import { eachShuffle, withLabels } from "../engine/labels.js";
import type { CategoryInput } from "../source/categories.js";
import { answerNow, both } from "../source/plan.js";
import { rowValues } from "../source/rows.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { Cells } from "./category-cells.js";
import {
  type CategoryGrouping,
  checkGrouping,
  type GroupedCategories,
  groupingOptions,
  groups,
} from "./category-groups.js";
import { comparedCells, isOfCategories, sizesOf } from "./compared-cells.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import {
  distanceOfValues,
  type LabelledDistance,
  type NamedDistance,
  namedDistances,
  pooledCells,
  variationOf,
} from "./permutation-distances.js";
import { pooledValues } from "./pooled-values.js";
import {
  type CheckedResampling,
  everyLabelling,
  type ResampledPValue,
  type Resampling,
  resamplingOf,
  Tails,
  waysToChoose,
} from "./resampled.js";
import { resampledOfCells } from "./resampled-cells.js";

/** A distance of one's own: of the values of both sides, without missing ones, in the order of rows. */
export type DistanceFunction = (reference: Float64Array, current: Float64Array) => number;

export interface PermutationOptions extends Resampling, CategoryGrouping {
  /**
   * `greater`: large distances are evidence; `less`: small ones; `two-sided`: twice the rarer of both. If not given
   * `two-sided` for `mean-difference`, which has a sign, and `greater` for all others.
   */
  readonly alternative?: Alternative;
}

export interface PermutationResult extends Omit<ResampledPValue, "pValue" | "interval"> {
  /** The distance between the two sides; `null` where it is infinite. */
  readonly statistic: number | null;
  /** `null` where the distance is infinite. */
  readonly pValue: number | null;
  readonly interval: ResampledPValue["interval"] | null;
  readonly distance: NamedDistance | "function";
  readonly alternative: Alternative;
  /** Of the draws; `null` where all ways were tried. */
  readonly seed: number | null;
  readonly n: number;
  readonly m: number;
  /** `infinite`: the distance has no finite value. */
  readonly status: "ok" | "infinite";
  /** What `topK` and `minShare` put into one cell; `null` for nothing. */
  readonly grouped: GroupedCategories | null;
  readonly missing: MissingOfBoth;
}

/**
 * Permutation test of the null hypothesis that `reference` and `current` were drawn from one distribution, against the
 * alternative that a distance between them is larger than under it. All ways to deal the pooled values to sides of these
 * sizes are tried where they are at most `permutations`, and the p-value is exact; else that many are drawn, and it is
 * (1 + b) / (permutations + 1) with b of them at least as far apart, never 0. A named distance costs O(N) a permutation,
 * `total-variation` O(cells).
 *
 * @param reference, current  numbers, for `total-variation` also text, truth values or `{ counts }` of cells; nulls and NaN
 *   are left out and counted
 * @param distance  `wasserstein`, `energy`, `ks`, `mean-difference` (the reference's mean less the current one's),
 *   `total-variation` (of categories; numbers are binned at the deciles of both sides together, or value by value where at
 *   most 20 differ), or a function of two Float64Arrays
 * @param options.topK, options.minShare  categories only: which keep a cell of their own; the others share one
 * @param options.permutations, options.seed  the same seed gives the same result, however columns are cut into chunks
 * @returns the distance, its p-value with the resolution of it and, where ways were drawn, an interval for that of all
 * @throws RangeError when a side has no value, for settings out of range, or when a function's answer is NaN; TypeError
 *   for text with a distance of numbers, or when a function's answer is not a number
 * @see Phipson and Smyth (2010); oracle: scipy.stats.permutation_test
 */
export function permutationTest(
  reference: CategoryInput,
  current: CategoryInput,
  distance: NamedDistance | DistanceFunction,
  options: PermutationOptions = {},
): PermutationResult {
  knownOptions("permutationTest", options, ["alternative", "permutations", "seed", "confidence", ...groupingOptions]);
  const settings = resamplingOf("permutationTest", options);
  const { alternative = distance === "mean-difference" ? "two-sided" : "greater" } = options;
  oneOf("permutationTest", "alternative", alternative, ["two-sided", "less", "greater"]);
  checkGrouping("permutationTest", options);
  if (groups(options) && distance !== "total-variation") refuseGroups();
  if (typeof distance === "function") return ofFunction(reference, current, distance, alternative, settings);
  oneOf("permutationTest", "distance", distance, namedDistances);
  const about = { distance, alternative, grouped: null };
  const isOfText = (which: string, side: CategoryInput): boolean => isOfCategories("permutationTest", which, side);
  if (distance === "total-variation" && (isOfText("reference", reference) || isOfText("current", current))) {
    const { cells, shown, missing } = comparedCells("permutationTest", reference, current, "distinct", options);
    const grouped = "grouped" in shown ? shown.grouped : null;
    return { ...testedCells(cells, alternative, settings), ...about, grouped, missing };
  }
  if (groups(options)) refuseGroups();
  return withSides("permutationTest", reference as NumericInput, current as NumericInput, (x, y) => {
    const [first, second] = answerNow(both("ordered", wholeGrid, Uint32Array.of(0)), x, y);
    needValues(first.length, second.length);
    const missing = { reference: x.missing(), current: y.missing() };
    const pooled = pooledValues(first, second);
    if (distance === "total-variation") {
      return { ...testedCells(pooledCells(pooled), alternative, settings), ...about, missing };
    }
    const labelled = distanceOfValues(distance, pooled);
    if (!labelled) return { ...infinite(first.length, second.length, settings), ...about, missing };
    return { ...tested(labelled, alternative, settings), ...about, missing };
  });
}

type Tested = Omit<PermutationResult, "distance" | "alternative" | "grouped" | "missing">;

/** Measures under other labels. */
function tested(
  { pooled, measure, ...of }: LabelledDistance,
  alternative: Alternative,
  settings: CheckedResampling,
): Tested {
  const { n, m } = pooled;
  const { permutations, seed, confidence } = settings;
  const isExact = waysToChoose(n, m, permutations) <= permutations;
  return withLabels(pooled, measure, seed, (under) => {
    const statistic = of.distanceOf(under.of(pooled.labels));
    if (!Number.isFinite(statistic)) return infinite(n, m, settings);
    const tails = new Tails(statistic, of.tolerance(statistic));
    if (isExact) for (const labels of everyLabelling(n, m)) tails.add(of.distanceOf(under.of(labels)));
    else for (let k = 0; k < permutations; k++) tails.add(of.distanceOf(under.drawn()));
    const found = tails.pValue(alternative, isExact, confidence);
    return { statistic, ...found, seed: isExact ? null : seed, n, m, status: "ok" };
  });
}

/** Deals rows to sides as counts of cells. */
function testedCells(cells: Cells, alternative: Alternative, settings: CheckedResampling): Tested {
  const { n, m } = sizesOf(cells);
  const variation = variationOf(n, m);
  const found = resampledOfCells(cells, variation, alternative, settings);
  return { statistic: variation.of(cells.reference, cells.current), ...found, n, m, status: "ok" };
}

function ofFunction(
  reference: CategoryInput,
  current: CategoryInput,
  distance: DistanceFunction,
  alternative: Alternative,
  settings: CheckedResampling,
): PermutationResult {
  const x = rowValues("permutationTest", "reference", reference as NumericInput);
  const y = rowValues("permutationTest", "current", current as NumericInput);
  const [n, m] = [x.values.length, y.values.length];
  needValues(n, m);
  const { permutations, seed, confidence } = settings;
  const isExact = waysToChoose(n, m, permutations) <= permutations;
  const about = {
    distance: "function",
    alternative,
    grouped: null,
    missing: { reference: x.missing, current: y.missing },
  } as const;
  const pooled = joined(x.values, y.values);
  const statistic = checked(distance(pooled.slice(0, n), pooled.slice(n)));
  if (!Number.isFinite(statistic)) return { ...infinite(n, m, settings), ...about };
  const tails = new Tails(statistic, 2 ** -44 * Math.abs(statistic));
  const visit = (one: Float64Array, other: Float64Array) => tails.add(checked(distance(one, other)));
  if (isExact) {
    for (const labels of everyLabelling(n, m)) {
      visit(
        pooled.filter((_, k) => labels[k] === 1),
        pooled.filter((_, k) => labels[k] === 0),
      );
    }
  } else eachShuffle(pooled, n, permutations, seed, visit);
  const found = tails.pValue(alternative, isExact, confidence);
  return { statistic, ...found, seed: isExact ? null : seed, n, m, status: "ok", ...about };
}

function joined(x: Float64Array, y: Float64Array): Float64Array {
  const all = new Float64Array(x.length + y.length);
  all.set(x);
  all.set(y, x.length);
  return all;
}

function checked(distance: unknown): number {
  if (typeof distance !== "number") {
    throw new TypeError(`permutationTest: the distance must be a number, got ${typeof distance}`);
  }
  if (Number.isNaN(distance)) throw new RangeError("permutationTest: the distance must be a number, got NaN");
  return distance;
}

function refuseGroups(): never {
  throw new RangeError("permutationTest: topK and minShare are of categories, for total-variation");
}

function needValues(n: number, m: number): void {
  if (n === 0 || m === 0)
    throw new RangeError(`permutationTest: each side needs at least one value, got ${n} and ${m}`);
}

/** Nothing was tried. */
function infinite(n: number, m: number, { confidence, permutations }: CheckedResampling): Tested {
  const resolution = 1 / (permutations + 1);
  const none = {
    statistic: null,
    pValue: null,
    interval: null,
    method: "sampled",
    permutations: 0,
    seed: null,
  } as const;
  return { ...none, resolution, confidence, n, m, status: "infinite" };
}
