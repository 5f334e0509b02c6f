/** Two samples in order, value by value: how often one of either is the larger, and how much that varies. */

export interface Placements {
  /** Twice the number of pairs in which the value of `x` is larger, equal ones counted once. */
  readonly pairs: number;
  /** Sample variance of the share of `y` that a value of `x` exceeds, equal ones counted half; 0 for a single value. */
  readonly varianceOfX: number;
  /** The same of the share of `x` that exceeds a value of `y`. */
  readonly varianceOfY: number;
  /** Σ t (N² - t²) over the distinct values, t of N being equal. */
  readonly cubicTies: number;
}

/** @param x, y  in ascending order, without NaN; at least one value each */
export function placements(x: Float64Array, y: Float64Array): Placements {
  const [n, m] = [x.length, y.length];
  const total = n + m;
  let [pairs, squaresOfX, squaresOfY, cubicTies] = [0, 0, 0, 0];
  for (let i = 0, j = 0; i < n || j < m; ) {
    const value = j >= m || (i < n && x[i]! < y[j]!) ? x[i]! : y[j]!;
    const [fromX, fromY] = [i, j];
    while (i < n && x[i] === value) i++;
    while (j < m && y[j] === value) j++;
    const [a, b] = [i - fromX, j - fromY];
    // Doubled, so that halves are whole numbers.
    const below = fromY + j;
    const above = n - fromX + (n - i);
    pairs += a * below;
    squaresOfX += a * (below / 2 / m) ** 2;
    squaresOfY += b * (above / 2 / n) ** 2;
    cubicTies += (a + b) * (total - a - b) * (total + a + b);
  }
  const mean = pairs / 2 / n / m;
  const variance = (squares: number, count: number): number =>
    count > 1 ? Math.max(0, (squares - count * mean * mean) / (count - 1)) : 0;
  return { pairs, varianceOfX: variance(squaresOfX, n), varianceOfY: variance(squaresOfY, m), cubicTies };
}

/**
 * How far the number of pairs is above what chance gives, in standard deviations of its law under the null hypothesis
 * (with the ties as they are); `null` where all values are equal.
 */
export function standardizedPairs({ pairs, cubicTies }: Placements, n: number, m: number): number | null {
  const total = n + m;
  const variance = ((n * m) / 12 / total / (total - 1)) * cubicTies;
  return variance > 0 ? (pairs - n * m) / 2 / Math.sqrt(variance) : null;
}
