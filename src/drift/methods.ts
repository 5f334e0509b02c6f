/**
 * The methods a column can be judged by: one row each. A row says what it reads (values or category counts), how it
 * finds its statistic, p-value and effects, and from which effect on a change matters.
 */
import { andersonDarlingTwoSample } from "../distributions/index.js";
import type { Plan } from "../source/plan.js";
import type { BinnedCells } from "../statistics/binned-cells.js";
import { chiSquareOf, chiSquarePlan } from "../statistics/chi-square.js";
import { fullWalkPlan } from "../statistics/full-walk.js";
import { unitPlan } from "../statistics/normalize.js";
import { tTestPlan } from "../statistics/t-test.js";
import { areaPlan } from "../statistics/wasserstein.js";
import { andersonDarling, wassersteinThreshold } from "./anderson-darling-method.js";
import { cellMethods } from "./cell-methods.js";
import type { LawName } from "./dependence/inflated.js";
import { scaled } from "./effects.js";
import { kolmogorovSmirnov } from "./ks-method.js";
import { type LargestGap, largestGapOf } from "./largest-gap.js";
import type { Effect, Interval } from "./report.js";
import { jensenShannonThreshold, tableMethods } from "./table-methods.js";
import { valueMethods } from "./value-methods.js";
import { type VectorsMethod, vectorMethods } from "./vector-methods.js";

/** What a method found: evidence (`pValue`, `null` where there is none to be had) and effects. */
export interface Finding {
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** The least p-value there can be, where it was resampled. */
  readonly resolution?: number;
  readonly effects: readonly Effect[];
  readonly status: "ok" | "infinite" | "constant";
  /** Where the statistic is known within bounds only: what holds it, and what holds its p-value. */
  readonly bounds?: { readonly statistic?: Interval; readonly pValue: Interval };
  /** Of the bins, where they are not the reference's deciles but edges that profiles share. */
  readonly edges?: readonly number[];
  /** Where a walk found the distribution functions farthest apart. */
  readonly largest?: LargestGap;
}

export interface Method {
  readonly name: string;
  /** What a user's threshold is compared with: the level of an adjusted p-value (tests), or the effect (distances). */
  readonly threshold: "level" | "effect";
  /** The law of its p-values on numbers, where rows that depend on each other are allowed for. */
  readonly law?: LawName;
  /** Judges the values of numeric, boolean and, on request, temporal columns. */
  readonly values?: (threshold?: number) => Plan<Finding>;
  /** The same by the counts in the reference's deciles alone. */
  readonly bins?: (cells: BinnedCells, threshold?: number) => Finding;
  /** Judges counts of categories. */
  readonly categories?: (threshold?: number) => Plan<Finding>;
  /** Judges rows of vectors, drawn where there are many. */
  readonly vectors?: VectorsMethod;
}

const hedgesThreshold = 0.1;

function* welch(): Plan<Finding> {
  const { statistic, pValue, effect, status, difference, n, m } = yield* tTestPlan();
  const size = effect === null ? null : Math.abs(effect);
  const found = { name: "hedges-g", value: size, threshold: hedgesThreshold };
  if (status !== "constant" || difference === null || difference === 0) {
    return { statistic, pValue, effects: [found], status };
  }
  // Two constants that differ: t has no spread to go by, but how the rows fall into two values is evidence.
  const evidence = chiSquareOf([n, 0], [0, m]).pValue;
  return { statistic, pValue: evidence, effects: [{ ...found, infinite: true }], status };
}

/** The distance alone would alarm on every small window; its evidence is the Anderson-Darling test of the same walk. */
function* wassersteinDistance(threshold = wassersteinThreshold): Plan<Finding> {
  const walked = yield* fullWalkPlan();
  const { n, m, area, andersonDarling, spread, middle } = walked;
  // Sums of huge values overflow there; alone the distance is found in another way.
  const distance = Number.isFinite(area) ? area : (yield* areaPlan()).distance;
  const value = scaled(distance, yield* unitPlan("std"));
  const effect = { name: "wasserstein/std", value, threshold };
  if (!Number.isFinite(distance)) return { statistic: null, pValue: null, effects: [effect], status: "infinite" };
  const largest = largestGapOf(walked);
  const pValue = andersonDarlingTwoSample(andersonDarling, n, m, spread, middle);
  return value === null
    ? { statistic: null, pValue, effects: [{ ...effect, infinite: true }], status: "constant", largest }
    : { statistic: value, pValue, effects: [effect], status: "ok", largest };
}

/** Default for categories: the effect is the Jensen-Shannon distance without what chance contributes. */
function* chiSquare(): Plan<Finding> {
  const { statistic, pValue, effect } = yield* chiSquarePlan();
  const effects = [{ name: "jensen-shannon", value: effect, threshold: jensenShannonThreshold }];
  return { statistic, pValue, effects, status: "ok" };
}

const rows: readonly Method[] = [
  { name: "anderson-darling", threshold: "level", law: "anderson-darling", values: andersonDarling },
  { name: "ks", threshold: "level", law: "kolmogorov", values: kolmogorovSmirnov },
  { name: "t-test", threshold: "level", law: "normal", values: welch },
  { name: "chi-square", threshold: "level", categories: chiSquare },
  ...tableMethods,
  { name: "wasserstein", threshold: "effect", law: "anderson-darling", values: wassersteinDistance },
  ...cellMethods,
  ...valueMethods,
  ...vectorMethods,
];

/** All methods by name. */
export const methods: ReadonlyMap<string, Method> = new Map(rows.map((row) => [row.name, row]));
