/**
 * Rows that come in clusters: rows of one customer are alike. Two rows of a cluster have scores that correlate by the
 * intraclass correlation r, so that sums over a side have 1 + r (Σ s² / n - 1) times the variance of independent rows,
 * s the sizes of its clusters and n its rows [1]. r is estimated from all pairs within the reference's clusters.
 *
 * [1] Kish: Survey Sampling. Wiley (1965), 5.4.
 */
import { degreesOfGroups } from "./blocks.js";
import { type Codes, countCodes, type Scores } from "./scores.js";

/** Rows of the reference by cluster, each with at least one. */
export type Clusters = readonly Int32Array[];

/** How the rows of a reference's clusters depend on each other. */
export interface ClusterDependence {
  /** Intraclass correlation in the direction in which it is largest, or of all of X²; at least 0. */
  readonly correlation: number;
  /** Degrees of freedom of X² of a window whose sums are inflated by a factor, over those of independent rows. */
  readonly degrees: (rows: number, factor: number) => number;
}

const alike = { correlation: 0, degrees: () => 1 } as const;

/** Of numbers: the direction in which rows depend most. */
export function clustersOfScores(directions: readonly Scores[], clusters: Clusters): ClusterDependence {
  return { correlation: Math.max(0, ...directions.map((scores) => correlationOf(scores, clusters))), degrees: () => 1 };
}

function correlationOf(scores: Scores, clusters: Clusters): number {
  let [products, pairs] = [0, 0];
  const sizes: number[] = [];
  for (const rows of clusters) {
    let [size, sum, squares] = [0, 0, 0];
    for (const row of rows) {
      const score = scores[row]!;
      if (Number.isNaN(score)) continue;
      size++;
      sum += score;
      squares += score * score;
    }
    products += sum * sum - squares;
    pairs += size * (size - 1);
    sizes.push(size);
  }
  return pairs === 0 ? 0 : withDoubt(products / pairs, sizes);
}

/** Of categories: all directions together. */
export function clustersOfCodes(codes: Codes, clusters: Clusters): ClusterDependence {
  const counts = countCodes(codes);
  const cells = counts.filter((count) => count > 0).length;
  if (cells < 2) return alike;
  const values = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => count / values);
  const groups = clusters.map((rows) => Int32Array.from(rows, (row) => codes[row]!));
  let [products, pairs] = [0, 0];
  const sizes: number[] = [];
  for (const group of groups) {
    const inside = new Map<number, number>();
    for (const code of group) if (code >= 0) inside.set(code, (inside.get(code) ?? 0) + 1);
    let size = 0;
    for (const [code, count] of inside) {
      products += (count * (count - 1)) / shares[code]!;
      size += count;
    }
    pairs += size * (size - 1);
    sizes.push(size);
  }
  if (pairs === 0) return alike;
  const correlation = Math.max(0, withDoubt((products / pairs - 1) / (cells - 1), sizes));
  if (correlation === 0) return alike;
  const long = degreesOfGroups(groups, shares, cells);
  // What X² varies by rare categories, of as many rows as these are worth.
  const inverses = shares.reduce((sum, share) => (share > 0 ? sum + 1 / share : sum), 0);
  const variance = (rows: number): number => 2 * (cells - 1) + (inverses - cells * cells - 2 * cells + 2) / rows;
  return { correlation, degrees: (rows, factor) => long * Math.min(1, variance(rows) / variance(rows / factor)) };
}

/** What few clusters leave open is added; those with many pairs count for most. */
function withDoubt(correlation: number, sizes: readonly number[]): number {
  let [squares, fourths] = [0, 0];
  for (const size of sizes) {
    const pairs = size * (size - 1);
    squares += pairs;
    fourths += pairs * pairs;
  }
  const effective = (squares * squares) / fourths;
  return Math.min(1, correlation * (1 + Math.sqrt(2 / effective)));
}

/** Variance of the sums over a side of `rows` rows and clusters whose squared sizes add up to `squares`. */
export function clusterInflation(correlation: number, rows: number, squares: number): number {
  return rows === 0 ? 1 : 1 + correlation * Math.max(0, squares / rows - 1);
}
