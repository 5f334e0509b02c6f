/** Evidently's tests of numbers, each a p-value as the SciPy that it calls has it. */
import { andersonDarlingVariance, kolmogorovN, studentT } from "../../distributions/index.js";
import { answerNow } from "../../source/plan.js";
import { withSides } from "../../source/sides.js";
import { eppsSingletonTest } from "../../statistics/epps-singleton.js";
import { fullWalkPlan } from "../../statistics/full-walk.js";
import { ksTest } from "../../statistics/ks-test.js";
import { mannWhitneyTest } from "../../statistics/mann-whitney.js";
import { moments } from "../../statistics/moments.js";
import { tTest } from "../../statistics/t-test.js";
import { distinctNumbers, pooled } from "./distinct.js";
import { percentile } from "./domain-classifier.js";
import { refused, type Score } from "./score.js";
import type { NumberSide } from "./side.js";

/** Up to as many values a side SciPy's law is exact; beyond it is the one-sample law at the rounded effective size. */
const mostExactKs = 10_000;

/** scipy.stats.ks_2samp: two-sided, as if there were no ties. */
export function kolmogorovSmirnov({ values: x }: NumberSide, { values: y }: NumberSide): Score {
  const exact = Math.max(x.length, y.length) <= mostExactKs;
  const { statistic, pValue } = ksTest(x, y, { method: exact ? "exact" : "asymptotic", ties: "ignore" });
  if (exact || statistic === 0) return pValue;
  return kolmogorovN.sf(statistic, roundHalfToEven((x.length * y.length) / (x.length + y.length)));
}

/** numpy.round */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  return x - below === 0.5 ? below + (below % 2) : Math.round(x);
}

/**
 * The parabola that SciPy lays through the logarithms of its table's levels, 0.25 to 0.001, by their critical values
 * 0.325 to 6.546; numpy.polyfit with the table of Scholz and Stephens (1987) for two samples.
 */
const logLevel = [0.01819809457411147, -1.0082265644652515, -1.077770279820484] as const;
const criticalValues = [0.325, 6.546] as const;

/** scipy.stats.anderson_ksamp with mid-ranks: interpolated between 0.25 and 0.001, and never beyond them. */
export function andersonDarling({ values: x }: NumberSide, { values: y }: NumberSide): Score {
  const { andersonDarling, spread, n, m } = withSides("compare", x, y, (a, b) => answerNow(fullWalkPlan(), a, b));
  if (spread === 0 || (andersonDarling === 0 && isConstant(x, y))) {
    return refused("Evidently's anderson needs more than one distinct value");
  }
  if (n + m < 4) return Number.NaN;
  const scaled = (andersonDarling - 1) / Math.sqrt(andersonDarlingVariance(n, m));
  if (scaled < criticalValues[0]) return 0.25;
  if (scaled > criticalValues[1]) return 0.001;
  const [square, linear, constant] = logLevel;
  return Math.exp((square * scaled + linear) * scaled + constant);
}

function isConstant(x: Float64Array, y: Float64Array): boolean {
  return x.every((value) => value === x[0]) && y.every((value) => value === x[0]);
}

/** With more values on both sides SciPy takes the normal law, also without ties. */
const mostExactMannWhitney = 8;

/** scipy.stats.mannwhitneyu(alternative="less"): only a current side that lies higher is found. */
export function mannWhitney({ values: x }: NumberSide, { values: y }: NumberSide): Score {
  const small = Math.min(x.length, y.length) <= mostExactMannWhitney;
  const exact = small && distinctNumbers(x, y).length === x.length + y.length;
  return mannWhitneyTest(x, y, { alternative: "less", method: exact ? "exact" : "asymptotic" }).pValue;
}

/** scipy.stats.epps_singleton_2samp */
export function eppsSingleton({ values: x }: NumberSide, { values: y }: NumberSide): Score {
  const { pValue, status } = eppsSingletonTest(x, y);
  if (pValue !== null) return pValue;
  const all = pooled(x, y);
  if (status === "constant" || percentile(all, 75) === percentile(all, 25)) {
    return refused("Evidently's es needs values with an interquartile range above 0");
  }
  // What is constant on both sides and differs SciPy measures by the smallest of numbers.
  return status === "singular" ? 0 : Number.NaN;
}

/**
 * scipy.stats.ttest_ind: Student's, equal variances; a single value has no spread of its own. NaN where two constants are
 * equal, 0 where they differ.
 */
export function studentTest({ values: x }: NumberSide, { values: y }: NumberSide): Score {
  if (x.length < 2 || y.length < 2) return studentOfOne(x, y);
  const { pValue, status, difference } = tTest(x, y, { variance: "equal" });
  if (pValue !== null) return pValue;
  return status === "constant" && difference !== 0 ? 0 : Number.NaN;
}

function studentOfOne(x: Float64Array, y: Float64Array): number {
  const [a, b] = [moments(x), moments(y)];
  const freedom = x.length + y.length - 2;
  if (freedom === 0) return Number.NaN;
  const error = Math.sqrt((a.variance ?? b.variance ?? 0) * (1 / x.length + 1 / y.length));
  return 2 * studentT.sf(Math.abs(a.mean! - b.mean!) / error, freedom);
}
