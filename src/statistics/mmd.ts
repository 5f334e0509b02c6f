/**
 * The maximum mean discrepancy of two samples [1]: the distance between their means after a map into a space in which
 * distributions that differ have different means. With the Gaussian kernel k(u, v) = exp(-|u - v|² / (2σ²)) the unbiased
 * estimate of its square is
 *
 *   MMD² = Σ' k(x, x') / (n(n - 1)) + Σ' k(y, y') / (m(m - 1)) - 2 Σ k(x, y) / (nm)
 *
 * over ordered pairs of different rows; it may be negative. σ² is half the lower median of the squared distances of all
 * pairs of the pooled rows, which is alibi-detect's choice (`sigma_median` of both sides together). The p-value is that of
 * a permutation test on the same kernel matrix: only the labels change.
 *
 * [1] Gretton, Borgwardt, Rasch, Schölkopf, Smola: A kernel two-sample test. Journal of Machine Learning Research 13
 *     (2012), lemma 6.
 */
import { type Bandwidth, type GroupSums, withKernelMatrix } from "../engine/kernel-matrix.js";
import { chooseSome } from "../engine/random.js";
import { completeRows, pickRows } from "../engine/vector-rows.js";
import type { Plan } from "../source/plan.js";
import { rowValues } from "../source/rows.js";
import type { MissingOfBoth, NumericInput } from "../source/sides.js";
import type { Missing } from "../source/source.js";
import { isOfVectors, missingVectors, vectorSides } from "../source/vectors.js";
import { knownOptions } from "./option-checks.js";
import {
  type CheckedResampling,
  everyLabelling,
  type ResampledPValue,
  type Resampling,
  resamplingOf,
  Tails,
  waysToChoose,
} from "./resampled.js";
import { sampledValuesPlan } from "./sampled-values.js";

export interface MmdOptions extends Resampling {
  /** σ of the kernel, in the column's unit; by the median of distances if not given. */
  readonly bandwidth?: number;
  /** The most rows of a side, drawn at random where there are more; 2000 if not given. */
  readonly sample?: number;
}

export interface MmdResult extends Omit<ResampledPValue, "pValue" | "interval"> {
  /** MMD², unbiased: it may be negative; `null` where the sample holds infinite values. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly interval: ResampledPValue["interval"] | null;
  /** σ and where it comes from: `median of unequal` where most pairs are equal; `null` where all rows are. */
  readonly bandwidth: Bandwidth | null;
  /** Of the sample and the draws; `null` where all rows and all ways to label them were taken. */
  readonly seed: number | null;
  /** Rows of either side without missing ones, and how many of them were taken. */
  readonly n: number;
  readonly m: number;
  readonly sampled: { readonly reference: number; readonly current: number };
  /** `constant`: all rows are equal. `infinite`: the sample holds infinite values. */
  readonly status: "ok" | "constant" | "infinite";
  readonly missing: MissingOfBoth;
}

/** Distances of all pairs of twice as many rows fill engine memory. */
const mostRows = 15_000;

/** Kernels lie in [0, 1]: so far may rounding take sums of them. */
const rounding = 1e-13;

/**
 * Maximum mean discrepancy with a Gaussian kernel, and the permutation test of the null hypothesis that `reference` and
 * `current` were drawn from one distribution, of numbers or of vectors. At most `sample` rows of a side are used: time and
 * memory (4 bytes times the squared number of rows) grow with their square.
 *
 * @param reference, current  both numbers (64-bit integers as doubles) or both vectors of one dimension; rows with a null
 *   or NaN are left out and counted
 * @param options.permutations  ways to label the rows that are drawn; where there are no more than that, all are tried
 * @param options.seed  the same seed gives the same sample, draws and result, however columns are cut into chunks
 * @returns MMD², its p-value (never 0) with resolution and interval, the kernel's width, and how many rows were taken
 * @throws RangeError for sides with less than two rows, vectors of different dimensions, settings out of range;
 *   TypeError for text, or vectors on one side only
 * @see Gretton et al. (2012); oracle: the definition in numpy, as in alibi-detect
 */
export function mmd(reference: NumericInput, current: NumericInput, options: MmdOptions = {}): MmdResult {
  knownOptions("mmd", options, ["bandwidth", "sample", "permutations", "seed", "confidence"]);
  const { permutations, seed, confidence } = resamplingOf("mmd", options);
  const { bandwidth = null, sample = 2000 } = options;
  if (bandwidth !== null && !(bandwidth > 0 && bandwidth < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`mmd: bandwidth must be a positive number, got ${bandwidth}`);
  }
  if (!(Number.isInteger(sample) && sample >= 2 && sample <= mostRows)) {
    throw new RangeError(`mmd: sample must be a whole number from 2 to ${mostRows}, got ${sample}`);
  }
  const [x, y] = sampledSides(reference, current, sample, seed);
  if (x.count < 2 || y.count < 2) {
    throw new RangeError(`mmd: each side needs at least two rows, got ${x.count} and ${y.count}`);
  }
  const [taken, other] = [x.rows.length / x.dimension, y.rows.length / y.dimension];
  const tested = testedRows(x.rows, y.rows, x.dimension, bandwidth, { permutations, seed, confidence });
  const usesSeed = tested.method === "sampled" || taken < x.count || other < y.count;
  return {
    ...tested,
    seed: usesSeed ? seed : null,
    n: x.count,
    m: y.count,
    sampled: { reference: taken, current: other },
    missing: { reference: x.missing, current: y.missing },
  };
}

type Tested = Omit<MmdResult, "seed" | "n" | "m" | "sampled" | "missing">;

/** MMD² of rows, one after the other, and its p-value. */
function testedRows(
  x: Float64Array,
  y: Float64Array,
  dimension: number,
  bandwidth: number | null,
  { permutations, seed, confidence }: CheckedResampling,
): Tested {
  const [taken, other] = [x.length / dimension, y.length / dimension];
  const all = new Float64Array(x.length + y.length);
  all.set(x);
  all.set(y, x.length);
  const isExact = waysToChoose(taken, other, permutations) <= permutations;
  const none = { method: "sampled", permutations: 0, resolution: 1 / (permutations + 1), confidence } as const;
  if (!all.every(Number.isFinite)) {
    return { statistic: null, pValue: null, interval: null, bandwidth: null, ...none, status: "infinite" };
  }
  // The smaller side's pairs are summed, those of the other one follow.
  const size = Math.min(taken, other);
  const labels = new Uint8Array(taken + other);
  labels.fill(1, taken <= other ? 0 : taken, taken <= other ? taken : taken + other);
  const statisticOf = (sums: GroupSums) => discrepancy(sums, size, taken + other - size);
  const found = withKernelMatrix(all, taken + other, dimension, bandwidth, seed, (matrix) => {
    const statistic = statisticOf(matrix.of(labels));
    const tails = new Tails(statistic, rounding);
    if (isExact) for (const ways of everyLabelling(size, taken + other - size)) tails.add(statisticOf(matrix.of(ways)));
    else matrix.drawn(size, permutations, (sums) => tails.add(statisticOf(sums)));
    return { statistic, bandwidth: matrix.bandwidth, ...tails.pValue("greater", isExact, confidence) };
  });
  if (!found) return { statistic: 0, pValue: 1, interval: [1, 1], bandwidth: null, ...none, status: "constant" };
  return { ...found, status: "ok" };
}

/** MMD² and its p-value of at most `sample` values a side, drawn by their ranks; `null` for fewer than two values. */
export function* mmdPlan(sample: number, settings: CheckedResampling): Plan<Tested | null> {
  const x = yield* sampledValuesPlan(0, sample, settings.seed, 1);
  const y = yield* sampledValuesPlan(1, sample, settings.seed, 2);
  return x.length < 2 || y.length < 2 ? null : testedRows(x, y, 1, null, settings);
}

/** MMD² from the sums over pairs inside a group of rows, inside the rest, and across. */
function discrepancy({ inside, across, outside }: GroupSums, n: number, m: number): number {
  return (2 * inside) / n / (n - 1) + (2 * outside) / m / (m - 1) - (2 * across) / n / m;
}

/** Some rows of a side. */
interface Sampled {
  readonly rows: Float64Array;
  readonly dimension: number;
  /** Rows of the side, without missing ones. */
  readonly count: number;
  readonly missing: Missing;
}

function sampledSides(reference: NumericInput, current: NumericInput, most: number, seed: number): [Sampled, Sampled] {
  if (!isOfVectors("mmd", "reference", reference) && !isOfVectors("mmd", "current", current)) {
    return [sampledNumbers("reference", reference, most, seed, 1), sampledNumbers("current", current, most, seed, 2)];
  }
  const [x, y] = vectorSides("mmd", reference, current);
  return [sampledVectors(x, most, seed, 1), sampledVectors(y, most, seed, 2)];
}

function sampledNumbers(which: string, input: NumericInput, most: number, seed: number, stream: number): Sampled {
  const { values, missing } = rowValues("mmd", which, input);
  const count = values.length;
  const rows =
    count <= most ? values : Float64Array.from(chooseSome(count, most, seed, stream), (place) => values[place]!);
  return { rows, dimension: 1, count, missing };
}

function sampledVectors(
  column: ReturnType<typeof vectorSides>[0],
  most: number,
  seed: number,
  stream: number,
): Sampled {
  const { complete, seen } = completeRows(column);
  const count = seen.rows - seen.nulls - seen.nan;
  const chosen = chooseSome(count, Math.min(count, most), seed, stream);
  const rows: number[] = [];
  for (let row = 0, place = 0; rows.length < chosen.length; row++) {
    if (complete[row] === 0) continue;
    if (chosen[rows.length] === place) rows.push(row);
    place++;
  }
  return { rows: pickRows(column, rows), dimension: column.dimension, count, missing: missingVectors(seen) };
}
