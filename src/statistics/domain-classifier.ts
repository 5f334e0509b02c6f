/**
 * Two tables as one question: can a classifier tell the rows of one from those of the other? It looks at all columns
 * together, so it finds what no test of one column can, such as a correlation that changed.
 *
 * The classifier is boosted trees with logistic loss (engine/boosting.ts). The effect is the area under the ROC curve of
 * out-of-fold scores: each fold is scored by trees that were grown on the others.
 *
 * The p-value is not that of the Mann-Whitney test of these scores: two rows of different folds serve to score each
 * other, so under the null hypothesis the area varies by up to √2 times what that test allows for (docs/methods.md has
 * figures). Instead folds are taken in turn, and each is scored by trees that were grown on the folds before it alone
 * (progressive validation [1]). Given the past, the labels inside a fold are exchangeable, so that its rank sum has the
 * Mann-Whitney law whatever was learned, and the folds' standardized rank sums are uncorrelated. Weighted with the root of
 * the number of folds that were learned from, their sum is taken for normal. Where signals are weak that loses little: it
 * is half the pairs of rows, which the other half only repeat.
 *
 * [1] Blum, Kalai, Langford: Beating the hold-out: bounds for k-fold and progressive cross-validation. COLT (1999).
 */
import type { Table } from "../column/column.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { boost } from "../engine/boosting.js";
import { chooseRows } from "../source/chosen-rows.js";
import { boostInParts } from "./boost-in-parts.js";
import { foldWork, type Validated } from "./domain-folds.js";
import { codedOf, componentCodes, featuresOf, type SkippedColumn } from "./feature-codes.js";
import { confidenceLevel, knownOptions } from "./option-checks.js";
import { areaOf } from "./roc-auc.js";
import { checkedSteps, inSteps, type StepOptions } from "./steps.js";
import { wholeNumber } from "./whole-number.js";

export interface DomainClassifierOptions extends StepOptions {
  /** Columns to look at; all that both sides have, if not given. */
  readonly columns?: readonly string[];
  /** The most rows of a side, drawn at random where there are more; 10 000 if not given. */
  readonly sample?: number;
  /** 5 if not given. */
  readonly folds?: number;
  /** Trees of a classifier; 50 if not given. */
  readonly trees?: number;
  /** Of the sample and the folds, a whole number; 0 if not given. */
  readonly seed?: number;
  /** Of the interval of the area; 0.95 if not given. */
  readonly confidence?: number;
}

export interface DomainClassifierResult {
  /** Area under the ROC curve: 0.5 if the sides cannot be told apart, 1 if always. `null` unless the status is `ok`. */
  readonly auc: number | null;
  /** DeLong's, for the scores as they are: near 0.5 up to √2 too small, which the p-value allows for. */
  readonly standardError: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly confidence: number;
  /** Of the hypothesis that both sides have one distribution, against an area above 0.5. */
  readonly pValue: number | null;
  /** The standard normal variate that the p-value comes from. */
  readonly statistic: number | null;
  readonly method: "progressive";
  /** What tells the sides apart: columns by their share of the trees' gains, the largest first. They sum to 1. */
  readonly importances: readonly { readonly column: string; readonly share: number }[];
  /** Columns that were not looked at. */
  readonly skipped: readonly SkippedColumn[];
  /** Rows of either side, and how many of them were taken. */
  readonly n: number;
  readonly m: number;
  readonly sampled: { readonly reference: number; readonly current: number };
  readonly folds: number;
  readonly trees: number;
  readonly seed: number;
  /** `no-column`: none can be used. `few`: a side has less than 20 rows, or less than two a fold. */
  readonly status: "ok" | "no-column" | "few";
}

const optionNames = ["columns", "sample", "folds", "trees", "seed", "confidence", "onProgress", "signal"] as const;
const fewestRows = 20;

/**
 * Tests the null hypothesis that the rows of `reference` and `current` were drawn from one distribution by a classifier
 * that learns to tell them apart, looking at all columns together.
 *
 * Numbers, truth values, text with at most 1000 categories and vectors by their components, at most 1024, are looked at,
 * missing values among them: a changed share of nulls is a difference. Points in time are not, as a current date is always
 * later, nor are names of rows. Rows have to be independent: copies of one on both sides of a fold's edge would be
 * recognised.
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns
 * @param options.seed  the same seed gives the same result, however columns are cut into chunks
 * @returns the area under the ROC curve of out-of-fold scores, its interval, the p-value and each column's importance
 * @throws TypeError for what is not a table, RangeError for options out of range and unknown columns
 * @see Blum, Kalai and Langford (1999); Lopez-Paz and Oquab: Revisiting classifier two-sample tests (2017); oracle: the
 *   p-value's level by simulation, the area by LightGBM's
 */
export async function domainClassifier(
  reference: TableInput,
  current: TableInput,
  options: DomainClassifierOptions = {},
): Promise<DomainClassifierResult> {
  knownOptions("domainClassifier", options, optionNames);
  const { sample = 10_000, folds = 5, trees = 50, seed = 0, confidence = 0.95 } = options;
  wholeNumber("domainClassifier", "sample", sample, fewestRows, 2 ** 24);
  wholeNumber("domainClassifier", "folds", folds, 2, 100);
  wholeNumber("domainClassifier", "trees", trees, 1, 10_000);
  wholeNumber("domainClassifier", "seed", seed, 0, Number.MAX_SAFE_INTEGER);
  confidenceLevel("domainClassifier", confidence);
  const steps = checkedSteps("domainClassifier", options);
  const [before, after] = [tableInMemory("domainClassifier", reference), tableInMemory("domainClassifier", current)];
  const names = commonNames(before, after, options.columns);
  const chosen = [chooseRows(before.rows, sample, seed, 1), chooseRows(after.rows, sample, seed, 2)] as const;
  const [n, m] = [chosen[0].length, chosen[1].length];
  const features = await featuresOf(before, after, names, chosen, "both", steps);
  const about = {
    confidence,
    method: "progressive",
    skipped: features.skipped,
    n: before.rows,
    m: after.rows,
    sampled: { reference: n, current: m },
    folds,
    trees,
    seed,
  } as const;
  const blank = { auc: null, standardError: null, interval: null, pValue: null, statistic: null, importances: [] };
  if (Math.min(n, m) < Math.max(fewestRows, 2 * folds)) return { ...blank, ...about, status: "few" };
  if (features.names.length === 0) return { ...blank, ...about, status: "no-column" };
  const { labels, growth, count, validate } = foldWork(features.coded, n, m, folds, trees, seed);
  const work = validate();
  let next = work.next();
  await inSteps(count, steps, async () => {
    next = work.next(await boostInParts(features.coded, labels, next.value as Uint32Array, growth, steps));
  });
  const found = next.value as Validated;
  const { auc, standardError, interval } = areaOf(labels, found.scores, confidence);
  const total = found.gains.reduce((sum, gain) => sum + gain, 0);
  const shares = new Map<string, number>();
  features.names.forEach((column, k) => {
    const share = total > 0 ? found.gains[k]! / total : 1 / features.names.length;
    shares.set(column, (shares.get(column) ?? 0) + share);
  });
  const importances = Array.from(shares, ([column, share]) => ({ column, share })).sort((a, b) => b.share - a.share);
  const { statistic, pValue } = found;
  return { auc, standardError, interval, pValue, statistic, importances, ...about, status: "ok" };
}

function commonNames(before: Table, after: Table, chosen: readonly string[] | undefined): string[] {
  if (chosen !== undefined && !Array.isArray(chosen)) {
    throw new TypeError(`domainClassifier: columns must be an array of names, got ${JSON.stringify(chosen)}`);
  }
  const known = new Set([before, after].flatMap((table) => [...table.columns.keys(), ...table.unsupported.keys()]));
  for (const name of chosen ?? []) {
    if (!known.has(name)) {
      throw new RangeError(`domainClassifier: no column ${JSON.stringify(name)}; there are ${[...known].join(", ")}`);
    }
  }
  return [...new Set(chosen ?? known)];
}

/**
 * The same of rows of vectors alone, without an interval.
 *
 * @param x, y  rows of `dimension` numbers, one after the other, 20 a side or more
 * @returns the area, and `null` with a p-value of 1 where no component varies
 */
export function classifiedRows(
  x: Float64Array,
  y: Float64Array,
  dimension: number,
  seed: number,
): { readonly auc: number | null; readonly pValue: number } {
  const [n, m] = [x.length / dimension, y.length / dimension];
  const parts = componentCodes(x, y, dimension);
  if (parts.length === 0) return { auc: null, pValue: 1 };
  const coded = codedOf(parts, n + m);
  const { labels, growth, validate } = foldWork(coded, n, m, 5, 50, seed);
  const work = validate();
  let next = work.next();
  while (!next.done) next = work.next(boost(coded, labels, next.value, growth));
  const { scores, pValue } = next.value;
  return { auc: areaOf(labels, scores, 0.95).auc, pValue };
}
