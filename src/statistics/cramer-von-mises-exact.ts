/**
 * The exact law of the two-sample Cramér-von Mises statistic, given the ties: over all ways to deal n of the pooled values
 * to the reference, how many have a sum Σ t (g² + g·h + h²) of at least some size. Run by run of equal values, the sums
 * that are still below it are kept in order with their frequencies, for each number of values dealt so far [1]. All
 * numbers are integers below 2^53.
 *
 * [1] Xiao, Gordon, Yakovlev: A C++ program for the Cramér-von Mises two-sample test. Journal of Statistical Software 17
 *     (2007), without ties.
 */

/** Sums in ascending order, and how many ways lead to each. */
interface Frequencies {
  readonly sums: Float64Array;
  readonly ways: Float64Array;
}

const nothing: Frequencies = { sums: new Float64Array(0), ways: new Float64Array(0) };

/** The share of all ways with a sum of at least `least`; `ends` as `tieEnds` gives them. */
export function shareAtLeast(least: number, n: number, m: number, ends: Uint32Array | null): number {
  const total = n + m;
  const runs = ends ?? Uint32Array.from({ length: total }, (_, k) => k + 1);
  let reached = 0;
  let before = 0;
  let paths: Frequencies[] = Array(n + 1).fill(nothing);
  paths[0] = { sums: Float64Array.of(0), ways: Float64Array.of(1) };
  for (const end of runs) {
    const t = end - before;
    const next: Frequencies[] = Array(n + 1).fill(nothing);
    for (let i = 0; i <= n; i++) {
      const own = paths[i]!;
      if (own.sums.length === 0) continue;
      const g = i * m - (before - i) * n;
      for (let p = Math.max(0, t - (m - (before - i))); p <= Math.min(t, n - i); p++) {
        const h = g + p * m - (t - p) * n;
        const step = t * (g * g + g * h + h * h);
        const ways = choose(t, p);
        const kept = countBelow(own.sums, least - step);
        let over = 0;
        for (let k = kept; k < own.sums.length; k++) over += own.ways[k]!;
        reached += over * ways * choose(total - end, n - i - p);
        next[i + p] = merged(next[i + p]!, own, kept, step, ways);
      }
    }
    paths = next;
    before = end;
  }
  return reached / choose(total, n);
}

/** `one` and the first `kept` of `other`, raised by `step` and multiplied by `ways`. */
function merged(one: Frequencies, other: Frequencies, kept: number, step: number, ways: number): Frequencies {
  const most = one.sums.length + kept;
  const sums = new Float64Array(most);
  const frequencies = new Float64Array(most);
  let i = 0;
  let j = 0;
  let used = 0;
  for (; i < one.sums.length || j < kept; used++) {
    const a = i < one.sums.length ? one.sums[i]! : Number.POSITIVE_INFINITY;
    const b = j < kept ? other.sums[j]! + step : Number.POSITIVE_INFINITY;
    sums[used] = Math.min(a, b);
    if (a <= b) frequencies[used]! += one.ways[i++]!;
    if (b <= a) frequencies[used]! += other.ways[j++]! * ways;
  }
  return { sums: sums.subarray(0, used), ways: frequencies.subarray(0, used) };
}

function countBelow(sums: Float64Array, limit: number): number {
  let low = 0;
  let high = sums.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
