/**
 * Areas under the ROC curve and the precision-recall curve of a class, from its scores in groups of equal ones, and how each
 * row weighs in them (the influence function), from which their sampling errors follow: the variance is the sum of squared
 * influences, of the ROC curve exactly DeLong's [1]. Influences of rows on areas of several classes add up to those on their
 * mean.
 *
 * [1] DeLong, DeLong, Clarke-Pearson: Comparing the areas under two or more correlated receiver operating characteristic
 *     curves. Biometrics 44 (1988).
 */

/** By group, scores ascending. */
export interface RankedClass {
  /** Rows of the class. */
  readonly ours: Float64Array;
  readonly others: Float64Array;
}

export interface RankedArea {
  readonly value: number;
  /** Of a row of the class, and of another, by group. */
  readonly ofOurs: Float64Array;
  readonly ofOthers: Float64Array;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]!;
  return sum;
}

/** Groups from the scores of either kind of rows, in ascending order. */
export function rankedOf(our: Float64Array, other: Float64Array): RankedClass {
  const [n, m] = [our.length, other.length];
  const [ours, others] = [new Float64Array(n + m), new Float64Array(n + m)];
  let groups = 0;
  for (let i = 0, j = 0; i < n || j < m; groups++) {
    const score = j >= m || (i < n && our[i]! < other[j]!) ? our[i]! : other[j]!;
    const [fromOurs, fromOthers] = [i, j];
    while (i < n && our[i] === score) i++;
    while (j < m && other[j] === score) j++;
    ours[groups] = i - fromOurs;
    others[groups] = j - fromOthers;
  }
  return { ours: ours.subarray(0, groups), others: others.subarray(0, groups) };
}

/** The same rows by the score of not being of the class. */
export function reversed({ ours, others }: RankedClass): RankedClass {
  return { ours: others.toReversed(), others: ours.toReversed() };
}

/** `null` where all rows are of the class, or none. */
export function rocArea({ ours, others }: RankedClass): RankedArea | null {
  const [n, m] = [sumOf(ours), sumOf(others)];
  if (n === 0 || m === 0) return null;
  const [ofOurs, ofOthers] = [new Float64Array(ours.length), new Float64Array(ours.length)];
  let [pairs, below, ourBelow] = [0, 0, 0];
  for (let k = 0; k < ours.length; k++) {
    const [a, b] = [ours[k]!, others[k]!];
    // Doubled, so that halves are whole numbers.
    ofOurs[k] = (2 * below + b) / 2 / m;
    ofOthers[k] = (2 * (n - ourBelow) - a) / 2 / n;
    pairs += a * (2 * below + b);
    below += b;
    ourBelow += a;
  }
  const value = pairs / 2 / n / m;
  const [scale, otherScale] = [1 / Math.sqrt(n * (n - 1)), 1 / Math.sqrt(m * (m - 1))];
  for (let k = 0; k < ours.length; k++) {
    ofOurs[k] = n > 1 ? (ofOurs[k]! - value) * scale : 0;
    ofOthers[k] = m > 1 ? (ofOthers[k]! - value) * otherScale : 0;
  }
  return { value, ofOurs, ofOthers };
}

/** Σ (R_k - R_(k-1)) P_k over the distinct scores, descending. `null` where no row is of the class. */
export function precisionRecallArea({ ours, others }: RankedClass): RankedArea | null {
  const n = sumOf(ours);
  if (n === 0) return null;
  const [ofOurs, ofOthers] = [new Float64Array(ours.length), new Float64Array(ours.length)];
  let [sum, found, rows] = [0, 0, 0];
  for (let k = ours.length - 1; k >= 0; k--) {
    found += ours[k]!;
    rows += ours[k]! + others[k]!;
    ofOurs[k] = found / rows;
    ofOthers[k] = ours[k]! / rows;
    sum += (ours[k]! * found) / rows;
  }
  const value = sum / n;
  // A row changes the precision at every score up to its own.
  let [gain, loss] = [0, 0];
  for (let k = 0; k < ours.length; k++) {
    gain += ofOthers[k]!;
    loss += ofOthers[k]! * ofOurs[k]!;
    ofOurs[k] = (ofOurs[k]! - value + gain - loss) / n;
    ofOthers[k] = -loss / n;
  }
  return { value, ofOurs, ofOthers };
}

/** The variance of an area; NaN where fewer than two rows are of the class, or of others. */
export function varianceOf({ ofOurs, ofOthers }: RankedArea, { ours, others }: RankedClass): number {
  let [n, m, sum] = [0, 0, 0];
  for (let k = 0; k < ours.length; k++) {
    n += ours[k]!;
    m += others[k]!;
    sum += ours[k]! * ofOurs[k]! ** 2 + others[k]! * ofOthers[k]! ** 2;
  }
  return n < 2 || m < 2 ? Number.NaN : sum;
}
