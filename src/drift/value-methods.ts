/** Methods on values beyond the default ones: tests on ranks and characteristic functions, energy and MMD. */
import type { Plan } from "../source/plan.js";
import { cramerVonMisesOf, cramerVonMisesPlan } from "../statistics/cramer-von-mises.js";
import { eppsSingletonPlan } from "../statistics/epps-singleton.js";
import { kuiperPlan } from "../statistics/kuiper.js";
import { mannWhitneyPlan } from "../statistics/mann-whitney.js";
import { mmdPlan } from "../statistics/mmd.js";
import { unitPlan } from "../statistics/normalize.js";
import { normPValuePlan } from "../statistics/quantile-cells.js";
import { rankPlan } from "../statistics/rank-walk.js";
import { areaPlan } from "../statistics/wasserstein.js";
import { scaled } from "./effects.js";
import { kolmogorovSmirnov } from "./ks-method.js";
import type { Finding, Method } from "./methods.js";
import { vectorDiscrepancy } from "./vector-methods.js";

/** What a shift of a normal law by 0.1 standard deviations comes to, which is where the default methods' effects begin. */
export const valueThresholds = {
  /** Share of rows: the largest distance above plus that below; as for Kolmogorov-Smirnov. */
  kuiper: 0.04,
  /** Root of the mean squared difference of the distribution functions. */
  cramerVonMises: 0.03,
  /** |P(X > Y) - P(X < Y)|. */
  rankBiserial: 0.056,
  /** Mahalanobis distance of the characteristic functions at the two points. */
  eppsSingleton: 0.1,
  wasserstein: 0.1,
  /** Over the root of the reference's standard deviation. */
  energy: 0.075,
  /** Root of MMD², kernel as wide as the data. */
  mmd: 0.042,
};

const resampling = { permutations: 3999, seed: 0, confidence: 0.95 };

/** A kernel matrix of a thousand rows: under a tenth of a second a column. */
const mmdSample = 500;
const mmdResampling = { ...resampling, permutations: 999 };

function* kuiper(): Plan<Finding> {
  const { statistic, pValue } = yield* kuiperPlan();
  return {
    statistic,
    pValue,
    effects: [{ name: "kuiper", value: statistic, threshold: valueThresholds.kuiper }],
    status: "ok",
  };
}

function* cramerVonMises(): Plan<Finding> {
  const { statistic, pValue, n, m } = yield* cramerVonMisesPlan();
  // T is nm/N times the mean squared difference, and its own mean under the null hypothesis (1 + 1/N)/6.
  const beyondChance = Math.max(statistic - (1 + 1 / (n + m)) / 6, 0);
  const value = Math.sqrt(beyondChance * (1 / n + 1 / m));
  return {
    statistic,
    pValue,
    effects: [{ name: "cramer-von-mises", value, threshold: valueThresholds.cramerVonMises }],
    status: "ok",
  };
}

function* mannWhitney(): Plan<Finding> {
  const { statistic, pValue, effect } = yield* mannWhitneyPlan();
  return {
    statistic,
    pValue,
    effects: [{ name: "rank-biserial", value: Math.abs(effect), threshold: valueThresholds.rankBiserial }],
    status: "ok",
  };
}

/**
 * With the pooled covariance, which keeps its level for sides of unequal size. Where half of the values are equal, or the
 * covariance has nothing to measure a difference by, Kolmogorov-Smirnov stands in.
 */
function* eppsSingleton(): Plan<Finding> {
  const { statistic, pValue, degreesOfFreedom, n, m, status } = yield* eppsSingletonPlan({ covariance: "pooled" });
  if (status !== "ok" && status !== "infinite") return yield* kolmogorovSmirnov();
  const square = statistic === null ? null : Math.max(statistic - degreesOfFreedom!, 0) * (1 / n + 1 / m);
  const value = square === null ? null : Math.sqrt(square);
  return {
    statistic,
    pValue,
    effects: [{ name: "epps-singleton", value, threshold: valueThresholds.eppsSingleton }],
    status,
  };
}

/** Its evidence is the Cramér-von Mises test of the same walk, which weighs the same squares by ranks. */
function* energyDistance(threshold = valueThresholds.energy): Plan<Finding> {
  const ranks = yield* rankPlan(true);
  return yield* ofDistance(ranks.energy, "energy/sqrt-std", threshold, cramerVonMisesOf(ranks));
}

function* energyResampled(threshold = valueThresholds.energy): Plan<Finding> {
  const { energy } = yield* rankPlan(true);
  return yield* ofDistance(energy, "energy/sqrt-std", threshold, yield* normPValuePlan(2, resampling));
}

function* wassersteinResampled(threshold = valueThresholds.wasserstein): Plan<Finding> {
  const { distance } = yield* areaPlan();
  return yield* ofDistance(distance, "wasserstein/std", threshold, yield* normPValuePlan(1, resampling));
}

/** A distance over (the root of) the reference's standard deviation, with evidence from elsewhere. */
function* ofDistance(
  distance: number,
  name: "energy/sqrt-std" | "wasserstein/std",
  threshold: number,
  { pValue, resolution }: { readonly pValue: number | null; readonly resolution?: number },
): Plan<Finding> {
  const deviation = yield* unitPlan("std");
  const value = scaled(distance, name === "wasserstein/std" ? deviation : Math.sqrt(deviation));
  const effect = { name, value, threshold };
  const evidence = { pValue, ...(resolution !== undefined && { resolution }) };
  if (!Number.isFinite(distance)) return { statistic: null, pValue: null, effects: [effect], status: "infinite" };
  return value === null
    ? { statistic: null, ...evidence, effects: [{ ...effect, infinite: true }], status: "constant" }
    : { statistic: value, ...evidence, effects: [effect], status: "ok" };
}

/** Of a seeded sample; its p-value is always resampled. */
function* discrepancy(threshold = valueThresholds.mmd): Plan<Finding> {
  const found = yield* mmdPlan(mmdSample, mmdResampling);
  const statistic = found?.statistic ?? null;
  const value = statistic === null ? null : Math.sqrt(Math.max(statistic, 0));
  return {
    statistic,
    pValue: found?.pValue ?? null,
    resolution: found?.resolution ?? 1 / (mmdResampling.permutations + 1),
    effects: [{ name: "mmd", value, threshold }],
    status: found?.status ?? "constant",
  };
}

export const valueMethods: readonly Method[] = [
  { name: "kuiper", law: "kolmogorov", threshold: "level", values: kuiper },
  { name: "cramer-von-mises", law: "anderson-darling", threshold: "level", values: cramerVonMises },
  { name: "mann-whitney", law: "normal", threshold: "level", values: mannWhitney },
  { name: "epps-singleton", law: { chiSquare: 4 }, threshold: "level", values: eppsSingleton },
  { name: "wasserstein-resampled", threshold: "effect", values: wassersteinResampled },
  { name: "energy", law: "anderson-darling", threshold: "effect", values: energyDistance },
  { name: "energy-resampled", threshold: "effect", values: energyResampled },
  { name: "mmd", threshold: "effect", values: discrepancy, vectors: vectorDiscrepancy },
];
