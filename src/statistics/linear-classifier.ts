/**
 * A linear classifier by stochastic gradient descent: weights w and an intercept b such that w·x + b is positive for rows
 * of class 1 and negative for those of class 0.
 *
 * The method, its schedule and its draws are scikit-learn's SGDClassifier (BSD-3-Clause; 1.9) with learning_rate
 * "optimal": step t is 1 / (α (t₀ + t - 1)), t₀ by Bottou's heuristic; rows in random order, from xorshift numbers [2];
 * L1 by truncated gradients [1]; it ends when the objective has not fallen by 0.001 five times in a row. As there, what
 * the objective adds for the penalty is the norm of the weights of the row seen last.
 *
 * [1] Tsuruoka, Tsujii, Ananiadou: Stochastic gradient descent training for L1-regularized log-linear models. ACL (2009).
 * [2] Marsaglia: Xorshift RNGs. Journal of Statistical Software 8(14) (2003).
 */
import { theEngine } from "../engine/memory.js";
import type { SparseRows } from "./sparse-rows.js";

export interface LinearClassifierOptions {
  readonly loss: "logistic" | "modified-huber";
  readonly penalty: "l1" | "l2";
  readonly alpha: number;
  readonly mostEpochs: number;
  /** Of the order of rows: a whole number below 2^32. */
  readonly seed: number;
  /** The intercept's steps are smaller by a hundred where most entries are 0. */
  readonly sparse: boolean;
}

export interface LinearClassifier {
  readonly weights: Float64Array;
  readonly intercept: number;
  /** `false` when weights left the range of doubles. */
  readonly finite: boolean;
}

const tolerance = 0.001;
const patience = 5;
const largestGradient = 1e12;
/** Weights are kept as w / scale; below this scale they are multiplied out. */
const leastScale = 1e-9;

interface Loss {
  of(target: number, p: number): number;
  gradient(target: number, p: number): number;
  readonly targets: readonly [number, number];
}

const losses: Readonly<Record<LinearClassifierOptions["loss"], Loss>> = {
  logistic: {
    of: (y, p) => logOnePlusExp(p) - y * p,
    gradient(y, p) {
      const { exponentialOf } = theEngine().kernels;
      if (p <= -37) return exponentialOf(p) - y;
      const e = exponentialOf(-p);
      return (1 - y - y * e) / (1 + e);
    },
    targets: [0, 1],
  },
  "modified-huber": {
    of(y, p) {
      const z = p * y;
      return z >= 1 ? 0 : z >= -1 ? (1 - z) * (1 - z) : -4 * z;
    },
    gradient(y, p) {
      const z = p * y;
      return z >= 1 ? 0 : z >= -1 ? 2 * (1 - z) * -y : -4 * y;
    },
    targets: [-1, 1],
  },
};

function logOnePlusExp(x: number): number {
  if (x <= -37) return Math.exp(x);
  if (x <= -2) return Math.log1p(Math.exp(x));
  if (x <= 18) return Math.log(1 + Math.exp(x));
  return x <= 33.3 ? x + Math.exp(-x) : x;
}

/** Learns from rows and their classes, 1 or 0. */
export function linearClassifier(
  rows: SparseRows,
  classes: Uint8Array,
  options: LinearClassifierOptions,
): LinearClassifier {
  const { alpha, mostEpochs, penalty, seed, sparse } = options;
  const loss = losses[options.loss];
  const { starts, columns, values, width } = rows;
  const count = classes.length;
  const weights = new Float64Array(width);
  const truncated = new Float64Array(width);
  const isL1 = penalty === "l1";
  const heuristic = Math.sqrt(1 / Math.sqrt(alpha));
  const start = 1 / ((heuristic / Math.max(1, loss.gradient(1, -heuristic))) * alpha);
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  let [intercept, scale, squares, sizes, total, step] = [0, 1, 0, 0, 0, 1];
  let [best, idle] = [Number.POSITIVE_INFINITY, 0];
  for (let epoch = 0; epoch < mostEpochs && idle < patience; epoch++) {
    shuffle(order, seed);
    let objective = 0;
    for (const row of order) {
      const [from, to] = [starts[row]!, starts[row + 1]!];
      let p = 0;
      for (let k = from; k < to; k++) p += weights[columns[k]!]! * values[k]!;
      p = p * scale + intercept;
      const rate = 1 / (alpha * (start + step - 1));
      const target = loss.targets[classes[row]!]!;
      objective += loss.of(target, p) + alpha * (isL1 ? sizes : 0.5 * Math.sqrt(squares) ** 2);
      const slope = loss.gradient(target, p);
      const update = -rate * Math.min(Math.max(slope, -largestGradient), largestGradient);
      if (!isL1) {
        const shrunk = Math.max(0, 1 - rate * alpha);
        scale *= shrunk;
        squares *= shrunk * shrunk;
        if (scale < leastScale) {
          for (let k = 0; k < width; k++) weights[k]! *= scale;
          scale = 1;
        }
      }
      if (update !== 0) {
        [squares, sizes] = [0, 0];
        for (let k = from; k < to; k++) {
          const weight = weights[columns[k]!]! + values[k]! * (update / scale);
          weights[columns[k]!] = weight;
          squares += weight * weight;
          sizes += Math.abs(weight);
        }
        squares *= scale * scale;
        sizes *= scale;
        intercept += update * (sparse ? 0.01 : 1);
      }
      if (isL1) {
        total += rate * alpha;
        truncate(weights, truncated, columns, from, to, total);
      }
      step++;
    }
    if (!Number.isFinite(intercept) || !weights.every(Number.isFinite)) return { weights, intercept, finite: false };
    const mean = objective / count;
    idle = mean > best - tolerance ? idle + 1 : 0;
    best = Math.min(best, mean);
  }
  return { weights: weights.map((weight) => weight * scale), intercept, finite: true };
}

/** Takes from the weights of one row what the penalty has summed up to since they were seen, not beyond 0. */
function truncate(
  weights: Float64Array,
  truncated: Float64Array,
  columns: Uint32Array,
  from: number,
  to: number,
  total: number,
): void {
  for (let k = from; k < to; k++) {
    const column = columns[k]!;
    const weight = weights[column]!;
    if (weight > 0) weights[column] = Math.max(0, weight - (total + truncated[column]!));
    else if (weight < 0) weights[column] = Math.min(0, weight + (total - truncated[column]!));
    truncated[column]! += weights[column]! - weight;
  }
}

function shuffle(order: Uint32Array, seed: number): void {
  let state = seed || 1;
  for (let k = 0; k < order.length - 1; k++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const other = k + (((state >>> 0) % 2 ** 31) % (order.length - k));
    const kept = order[k]!;
    order[k] = order[other]!;
    order[other] = kept;
  }
}

/** w·x + b of each row. */
export function decisions({ starts, columns, values }: SparseRows, classifier: LinearClassifier): Float64Array {
  const { weights, intercept } = classifier;
  return Float64Array.from({ length: starts.length - 1 }, (_, row) => {
    let sum = 0;
    for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += values[k]! * weights[columns[k]!]!;
    return sum + intercept;
  });
}
