/**
 * How large the error of a regression is on rows whose targets are not known yet: direct loss estimation (DLE [1]). On the
 * reference, where targets are known, boosted trees learn the loss of a row from its features and the prediction; the mean
 * of what they say of the current rows is the estimate.
 *
 * What trees say of reference rows out of fold tells how good they are at it (`skill`), and how far losses scatter about
 * it. That scatter is taken to be in proportion to the loss that is said, so that current rows with larger losses scatter
 * more. The variance of the mean has three parts: the scatter over the current rows, that over the reference rows that were
 * learned from, and, where not all current rows were taken, the variation of what is said between them.
 *
 * [1] NannyML: Direct loss estimation (documentation, version 0.13).
 */
import type { Column, Table } from "../column/column.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { studentT } from "../distributions/index.js";
import { type ChosenRows, chooseRows } from "../source/chosen-rows.js";
import { completeRows } from "../source/complete-rows.js";
import type { MissingOfBoth } from "../source/sides.js";
import { featuresOf, type SkippedColumn } from "./feature-codes.js";
import { type Learned, learner, learnerSteps } from "./loss-learner.js";
import { isRoot, type LossMetric, type LossName, losses, lossMetrics, lossOf } from "./losses.js";
import { oneOf } from "./one-of.js";
import { confidenceLevel, knownOptions, shown } from "./option-checks.js";
import { checkedSteps, inSteps, type StepOptions } from "./steps.js";
import { wholeNumber } from "./whole-number.js";

export interface EstimateLossOptions extends StepOptions {
  /** The column of the reference that holds what was to be predicted. */
  readonly target: string;
  /** The column of both sides that holds the predictions. */
  readonly prediction: string;
  /** What losses are learned from, beside the prediction; all other columns if not given. */
  readonly features?: readonly string[];
  /** `mae`, `mse` and `rmse` if not given. */
  readonly metrics?: readonly LossMetric[];
  /** The most rows of a side, drawn at random where there are more; 20 000 if not given. */
  readonly sample?: number;
  /** 100 if not given. */
  readonly trees?: number;
  /** Of the sample and the folds, a whole number; 0 if not given. */
  readonly seed?: number;
  /** Of the intervals; 0.95 if not given. */
  readonly confidence?: number;
}

export interface LossEstimate {
  /** Expected on the current rows; `null` unless the status is `ok`. */
  readonly value: number | null;
  readonly standardError: number | null;
  /** Where the metric will lie once targets are known, if the assumptions hold. */
  readonly interval: readonly [low: number, high: number] | null;
  /** The metric on the reference rows. */
  readonly reference: number | null;
  /** Share of the variance of the reference's losses that trees explain out of fold; at 0 or below features tell nothing. */
  readonly skill: number | null;
  /** `infinite`: a reference row has no finite loss, as a percentage of 0. */
  readonly status: "ok" | "infinite";
}

export interface EstimateLossResult {
  readonly estimates: { readonly [metric in LossMetric]?: LossEstimate };
  readonly features: readonly string[];
  /** Columns that were not looked at. */
  readonly skipped: readonly SkippedColumn[];
  /** What has to hold for the estimates to mean anything. */
  readonly assumptions: readonly string[];
  readonly confidence: number;
  /** Complete rows of either side, and how many of them were taken. */
  readonly n: number;
  readonly m: number;
  readonly sampled: { readonly reference: number; readonly current: number };
  readonly trees: number;
  readonly seed: number;
  /** `few`: the reference has less than 100 complete rows, or the current side none. `no-column`: no feature varies. */
  readonly status: "ok" | "few" | "no-column";
  /** Of target and prediction; of the current side of predictions alone. Missing features are no reason to leave a row out. */
  readonly missing: MissingOfBoth;
}

export const lossAssumptions = [
  "Only the mix of rows may have changed (covariate shift): for rows of equal features the law of the target is what it was. Concept drift is not seen.",
  "The features that are looked at tell where losses are large; see skill.",
  "The current rows are of kinds that the reference has: trees do not extrapolate.",
  "Rows do not depend on each other, and the model was not trained on the reference rows.",
] as const;

const caller = "estimateLoss";
const optionNames = [
  "target",
  "prediction",
  "features",
  "metrics",
  "sample",
  "trees",
  "seed",
  "confidence",
  "onProgress",
  "signal",
] as const;
const defaultMetrics: readonly LossMetric[] = ["mae", "mse", "rmse"];
const fewestRows = 100;

/**
 * Estimates a regression's error on `current`, whose targets are not known, from the losses of `reference`.
 *
 * It assumes that only the mix of rows has changed (covariate shift, no concept drift); the result repeats the assumptions.
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns. The current side's
 *   target, if there is one, is not looked at
 * @param options.seed  the same seed gives the same result, however columns are cut into chunks
 * @returns for each metric the estimate, its interval, the metric on the reference, and how well losses can be learned
 * @throws TypeError for what is not a table and for targets and predictions that are no numbers, RangeError for unknown
 *   columns and options out of range
 * @see NannyML's DLE; oracle: laws whose expected loss is known, and that of LightGBM
 */
export async function estimateLoss(
  reference: TableInput,
  current: TableInput,
  options: EstimateLossOptions,
): Promise<EstimateLossResult> {
  knownOptions(caller, options, optionNames);
  const { metrics = defaultMetrics, sample = 20_000, trees = 100, seed = 0, confidence = 0.95 } = options;
  checkMetrics(metrics);
  wholeNumber(caller, "sample", sample, fewestRows, 2 ** 23);
  wholeNumber(caller, "trees", trees, 1, 10_000);
  wholeNumber(caller, "seed", seed, 0, Number.MAX_SAFE_INTEGER);
  confidenceLevel(caller, confidence);
  const steps = checkedSteps(caller, options);
  const [before, after] = [tableInMemory("estimateLoss", reference), tableInMemory("estimateLoss", current)];
  const { target, prediction } = options;
  const names = featureNames(before, after, options);
  const labelled = rowsWith(before, "reference", [target, prediction]);
  const scored = rowsWith(after, "current", [prediction]);
  const [n, m] = [labelled.rows, scored.rows];
  const places = [chooseRows(n, sample, seed, 1), chooseRows(m, sample, seed, 2)] as const;
  const chosen = [rowsAt(labelled.kept, places[0]), rowsAt(scored.kept, places[1])] as const;
  const { coded, skipped, names: features } = await featuresOf(before, after, names, chosen, "reference", steps);
  const about = {
    features,
    skipped,
    assumptions: lossAssumptions,
    confidence,
    n,
    m,
    sampled: { reference: chosen[0].length, current: chosen[1].length },
    trees,
    seed,
    missing: { reference: labelled.missing, current: scored.missing },
  };
  if (n < fewestRows || m === 0) return { estimates: {}, ...about, status: "few" };
  if (features.length === 0) return { estimates: {}, ...about, status: "no-column" };
  const wanted = [...new Set(metrics.map((metric) => lossOf[metric]))];
  const found = new Map<LossName, Learned | null>();
  const [y, p] = [rowsAt(labelled.numbers[0]!, places[0]), rowsAt(labelled.numbers[1]!, places[0])];
  const learners = wanted.map((name) =>
    learner(
      coded,
      y.map((value, k) => losses[name](value, p[k]!)),
      m,
      trees,
      seed,
      steps,
    ),
  );
  await inSteps(wanted.length * learnerSteps, steps, async (step) => {
    const k = Math.floor(step / learnerSteps);
    const learned = await learners[k]!(step % learnerSteps);
    if (learned !== undefined) found.set(wanted[k]!, learned);
  });
  const estimates = metrics.map((metric) => [
    metric,
    estimateOf(found.get(lossOf[metric])!, isRoot(metric), confidence),
  ]);
  return { estimates: Object.fromEntries(estimates), ...about, status: "ok" };
}

function checkMetrics(metrics: unknown): void {
  if (!Array.isArray(metrics)) {
    throw new TypeError(`${caller}: metrics must be an array of names, got ${shown(metrics)}`);
  }
  for (const metric of metrics) oneOf(caller, "metrics", metric, lossMetrics);
}

function featureNames(before: Table, after: Table, { target, prediction, features }: EstimateLossOptions): string[] {
  for (const [name, value] of Object.entries({ target, prediction })) {
    if (typeof value !== "string")
      throw new TypeError(`${caller}: ${name} must be a column's name, got ${shown(value)}`);
  }
  if (features !== undefined && !Array.isArray(features)) {
    throw new TypeError(`${caller}: features must be an array of names, got ${shown(features)}`);
  }
  const known = new Set([before, after].flatMap((table) => [...table.columns.keys(), ...table.unsupported.keys()]));
  for (const name of features ?? []) {
    if (!known.has(name))
      throw new RangeError(`${caller}: no column ${shown(name)}; there are ${[...known].join(", ")}`);
    if (name === target) throw new RangeError(`${caller}: features must not hold the target ${shown(name)}`);
  }
  return [...new Set([...(features ?? known), prediction])].filter((name) => name !== target);
}

function rowsWith(table: Table, which: string, names: readonly string[]) {
  const columns = names.map((name) => {
    const input: Column | undefined = table.columns.get(name);
    if (!input) throw new RangeError(`${caller}: the ${which} has no column ${shown(name)}`);
    return { name: `${which}.${name}`, input, kind: "numbers" } as const;
  });
  return completeRows(caller, columns);
}

const rowsAt = (values: Float64Array, places: ChosenRows): Float64Array => places.map((place) => values[place]!);

function estimateOf(learned: Learned | null, root: boolean, confidence: number): LossEstimate {
  if (!learned || !Number.isFinite(learned.variance)) {
    return { value: null, standardError: null, interval: null, reference: null, skill: null, status: "infinite" };
  }
  const { mean, skill, value, variance, degreesOfFreedom } = learned;
  const deviation = Math.sqrt(variance);
  const width = studentT.upperQuantile((1 - confidence) / 2, Math.min(degreesOfFreedom, 1e9)) * deviation;
  const interval: [number, number] = [Math.max(0, value - width), value + width];
  if (!root) return { value, standardError: deviation, interval, reference: mean, skill, status: "ok" };
  const rooted = Math.sqrt(value);
  return {
    value: rooted,
    standardError: rooted > 0 ? deviation / 2 / rooted : 0,
    interval: [Math.sqrt(interval[0]), Math.sqrt(interval[1])],
    reference: Math.sqrt(mean),
    skill,
    status: "ok",
  };
}
