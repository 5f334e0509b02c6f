/**
 * Evidently's own copy of an older scipy.stats.cramervonmises_2samp, with what it does to numbers: the exact law counts
 * orderings in the smallest floating-point type that holds their number, of 11 or 24 bits, and rounds where that is not
 * enough. Where a statistic can be larger than there are orderings the type is one of integers, which NumPy 2 refuses.
 * Ported from Evidently 0.7.21 (Apache-2.0).
 *
 * [1] Xiao, Gordon, Yakovlev: A C++ program for the Cramér-von Mises two-sample test. J. Stat. Software 17(8) (2006).
 */
import { cramerVonMisesTest } from "../../statistics/cramer-von-mises.js";
import { refused, type Score } from "./score.js";
import type { NumberSide } from "./side.js";

/** Beyond as many values on a side the limit law is taken. */
const mostExact = 20;

export function cramerVonMises({ values: x }: NumberSide, { values: y }: NumberSide): Score {
  const [n, m] = [x.length, y.length];
  if (n < 2 || m < 2) return refused("Evidently's cramer_von_mises needs at least two values a side");
  if (Math.max(n, m) > mostExact) return cramerVonMisesTest(x, y, { method: "asymptotic", ties: "ignore" }).pValue;
  const multiple = leastCommonMultiple(n, m);
  const orderings = binomial(n + m, n);
  if (multiple ** 2 * (n + m) >= orderings) {
    return refused(`Evidently's exact cramer_von_mises fails for ${n} and ${m} values with NumPy 2`);
  }
  return exactPValue(rankSquares(x, y), n, m, multiple, orderings);
}

/** n Σ (rank of x_i - i)² + m Σ (rank of y_j - j)², mid-ranks among all. */
function rankSquares(x: Float64Array, y: Float64Array): number {
  const all = Float64Array.of(...x, ...y).sort();
  const rank = (value: number) => (all.indexOf(value) + all.lastIndexOf(value)) / 2 + 1;
  const of = (side: Float64Array) =>
    side.toSorted().reduce((sum, value, k) => sum + (rank(value) - (k + 1)) ** 2, 0) * side.length;
  return of(x) + of(y);
}

/** Statistics that orderings of u and v values reach, and how many of them: [1], in no order. */
interface Frequencies {
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

function exactPValue(squares: number, n: number, m: number, multiple: number, orderings: number): number {
  const [a, b, pairs] = [multiple / n, multiple / m, n * m];
  const least = Math.floor((multiple ** 2 * (n + m) * (6 * squares - pairs * (4 * pairs - 1))) / (6 * pairs ** 2));
  const round = orderings <= 65_504 ? toHalf : Math.fround;
  let table: Frequencies[] = Array.from({ length: n + 1 }, (_, v) =>
    v === 0 ? { values: [0], counts: [1] } : { values: [], counts: [] },
  );
  for (let u = 0; u <= m; u++) {
    let before: Frequencies = { values: [], counts: [] };
    table = table.map((frequencies, v) => {
      const { values, counts } = joined(before, frequencies, round);
      before = { values: values.map((value) => round(value + (a * v - b * u) ** 2)), counts };
      return before;
    });
  }
  const { values, counts } = table[n]!;
  const reached = counts.filter((_, k) => values[k]! >= least);
  return round(round(singleSum(Float32Array.from(reached))) / round(orderings));
}

/** What both have, ascending, then what only the first has, then what only the second has. */
function joined(x: Frequencies, y: Frequencies, round: (count: number) => number): Frequencies {
  const inY = new Map(y.values.map((value, k) => [value, y.counts[k]!]));
  const inX = new Set(x.values);
  const both = x.values.map((value, k) => [value, x.counts[k]!] as const).filter(([value]) => inY.has(value));
  const sums = both.sort(([a], [b]) => a - b).map(([value, count]) => [value, round(count + inY.get(value)!)] as const);
  const rows = [
    ...sums,
    ...x.values.map((value, k) => [value, x.counts[k]!] as const).filter(([value]) => !inY.has(value)),
    ...[...inY].filter(([value]) => !inX.has(value)),
  ];
  return { values: rows.map(([value]) => value), counts: rows.map(([, count]) => count) };
}

/** numpy.sum in single precision: see `numpySum`. */
function singleSum(values: Float32Array): number {
  const { length } = values;
  if (length < 8) return values.reduce((sum, x) => Math.fround(sum + x), 0);
  if (length > 128) {
    const half = Math.floor(length / 2) - (Math.floor(length / 2) % 8);
    return Math.fround(singleSum(values.subarray(0, half)) + singleSum(values.subarray(half)));
  }
  const sums = values.slice(0, 8);
  const whole = length - (length % 8);
  for (let k = 8; k < whole; k++) sums[k % 8]! += values[k]!;
  const pairs = Float32Array.from({ length: 4 }, (_, k) => sums[2 * k]! + sums[2 * k + 1]!);
  let sum = Math.fround(Math.fround(pairs[0]! + pairs[1]!) + Math.fround(pairs[2]! + pairs[3]!));
  for (let k = whole; k < length; k++) sum = Math.fround(sum + values[k]!);
  return sum;
}

/** The nearest number of 11 bits, ties to even; not for subnormal ones. */
function toHalf(x: number): number {
  if (x === 0) return 0;
  const unit = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), -14) - 10);
  const scaled = x / unit;
  const below = Math.floor(scaled);
  return (scaled - below === 0.5 ? below + (below % 2) : Math.round(scaled)) * unit;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 1; i <= k; i++) result = (result * (n - k + i)) / i;
  return Math.round(result);
}
