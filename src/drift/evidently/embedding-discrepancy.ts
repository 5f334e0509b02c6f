/**
 * Evidently's maximum mean discrepancy of vectors: unbiased MMD² of a Gaussian kernel exp(-d² / σ²), σ the median distance
 * between up to 1 000 rows of either side. Time grows with the square of all rows, memory does not.
 */
import type { Vectors } from "./embeddings.js";
import { numpyRandom } from "./numpy-random.js";

const mostSampled = 1000;

export interface EmbeddingDiscrepancy {
  readonly squared: number;
  /** MMD² of rows drawn from the reference alone, with repetitions, seeds 0, 1, …; with the reference's own σ. */
  readonly drawn: Float64Array;
}

export function embeddingDiscrepancy(x: Vectors, y: Vectors, draws: number): EmbeddingDiscrepancy {
  const [n, m] = [x.rows, y.rows];
  const kernel = kernelOf(x, y);
  const squared =
    (2 / (n * (n - 1))) * pairSum(x, kernel) +
    (2 / (m * (m - 1))) * pairSum(y, kernel) -
    (2 / (n * m)) * crossSum(x, y, kernel);
  return { squared, drawn: draws > 0 ? drawnFrom(x, m, draws) : new Float64Array(0) };
}

type Kernel = (squaredDistance: number) => number;

function kernelOf(x: Vectors, y: Vectors): Kernel {
  const width = medianDistance(x, y) ** 2;
  return (squaredDistance) => Math.exp(-squaredDistance / width);
}

function medianDistance(x: Vectors, y: Vectors): number {
  const [inX, inY] = [sampled(x), sampled(y)];
  const found = new Float64Array(inX.length * inY.length);
  let at = 0;
  for (const i of inX) for (const j of inY) found[at++] = Math.sqrt(squaredDistance(x, i, y, j));
  found.sort();
  const middle = found.length >> 1;
  return found.length % 2 === 1 ? found[middle]! : (found[middle - 1]! + found[middle]!) / 2;
}

/** pandas' sample(random_state=0). */
function sampled({ rows }: Vectors): Uint32Array {
  return numpyRandom(0).permutation(rows).subarray(0, Math.min(rows, mostSampled));
}

function squaredDistance(x: Vectors, i: number, y: Vectors, j: number): number {
  const { dimension } = x;
  let sum = 0;
  for (let c = 0; c < dimension; c++) {
    const gap = x.values[i * dimension + c]! - y.values[j * dimension + c]!;
    sum += gap * gap;
  }
  return sum;
}

/** Each pair of rows of one side once. */
function pairSum(x: Vectors, kernel: Kernel): number {
  let sum = 0;
  for (let i = 1; i < x.rows; i++) for (let j = 0; j < i; j++) sum += kernel(squaredDistance(x, i, x, j));
  return sum;
}

function crossSum(x: Vectors, y: Vectors, kernel: Kernel): number {
  let sum = 0;
  for (let i = 0; i < x.rows; i++) for (let j = 0; j < y.rows; j++) sum += kernel(squaredDistance(x, i, y, j));
  return sum;
}

function drawnFrom(x: Vectors, m: number, draws: number): Float64Array {
  const n = x.rows;
  const sizes = [Math.max(Math.floor((n * n) / (n + m)), 1), Math.max(Math.floor((n * m) / (n + m)), 1)] as const;
  const samples = Array.from({ length: draws }, (_, seed) => {
    const random = numpyRandom(seed);
    return sizes.map((size) => timesDrawn(random.integers(n, size), n)) as [Float64Array, Float64Array];
  });
  const kernel = kernelOf(x, x);
  const sums = samples.map(() => [0, 0, 0] as [number, number, number]);
  const row = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) row[j] = kernel(squaredDistance(x, i, x, j));
    for (const [k, [a, b]] of samples.entries()) {
      const [ofA, ofB] = [weighted(row, a), weighted(row, b)];
      sums[k]![0] += a[i]! * ofA;
      sums[k]![1] += b[i]! * ofB;
      sums[k]![2] += a[i]! * ofB;
    }
  }
  const [p, q] = sizes;
  // A row is drawn with itself too: those p and q pairs, each 1, are taken off.
  return Float64Array.from(
    sums,
    ([inside, outside, across]) =>
      (inside - p) / (p * (p - 1)) + (outside - q) / (q * (q - 1)) - (2 / (p * q)) * across,
  );
}

function timesDrawn(rows: Uint32Array, n: number): Float64Array {
  const times = new Float64Array(n);
  for (const row of rows) times[row]!++;
  return times;
}

function weighted(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! * weights[k]!;
  return sum;
}
