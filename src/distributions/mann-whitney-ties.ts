/**
 * The exact law of Mann and Whitney's U given which of the pooled values are equal: over all ways to deal n of them to the
 * first sample, by how many U is reached. Runs of equal values are dealt one after the other; a state is how many values
 * the first sample has got, and twice the U that they make. What is dealt follows a binomial law with the share of the
 * smaller sample, and at the end the number dealt is conditioned on, so that all numbers are probabilities.
 */

/** P(U ≥ u) given the ties. */
export interface TiedLaw {
  /** How many additions it takes. */
  readonly cost: number;
  readonly upperTail: () => number;
}

/**
 * @param n, m   sizes of the samples
 * @param pairs  2u, an integer
 * @param ends   where runs of equal values end in the pooled order, cumulative sizes, the last n + m
 */
export function mannWhitneyTied(n: number, m: number, pairs: number, ends: Uint32Array): TiedLaw {
  const all = n + m;
  const runs = Array.from(ends, (end, k) => end - (k > 0 ? ends[k - 1]! : 0));
  const reversed = runs.toReversed();
  // U of the other sample, or of values in reversed order, is n·m - U: of both it is U again. So the smaller sample deals.
  const few = Math.min(n, m);
  const [up, down] = n <= m ? [runs, reversed] : [reversed, runs];
  // P(U ≥ u) is P(U ≤ n·m - u) in reversed order, or what P(U ≤ u - 1/2) leaves.
  const below = 2 * n * m - pairs;
  const isTail = below < pairs;
  const most = isTail ? below : pairs - 1;
  const lower = () => lowerTail(few, all, most, isTail ? down : up);
  let ways = 0;
  for (const run of runs) ways += Math.min(run, few);
  return { cost: ways * (few + 1) * (most + 1), upperTail: () => (isTail ? lower() : 1 - lower()) };
}

/** P(2U ≤ most) for the sample of `few` out of `all` values, in runs from the smallest value to the largest. */
function lowerTail(few: number, all: number, most: number, runs: readonly number[]): number {
  if (most < 0) return 0;
  const rows = Array.from({ length: few + 1 }, () => new Float64Array(most + 1));
  rows[0]![0] = 1;
  let before = 0;
  for (const run of runs) {
    const shares = binomial(run, few / all);
    // Rows further on have been dealt already when a row adds to them.
    for (let i = Math.min(before, few); i >= 0; i--) {
      const own = rows[i]!;
      for (let p = 1; p <= Math.min(run, few - i); p++) {
        const step = p * (2 * (before - i) + run - p);
        if (step < 0) continue;
        const next = rows[i + p]!;
        const share = shares[p]!;
        for (let k = step; k <= most; k++) next[k]! += share * own[k - step]!;
      }
      for (let k = 0; k <= most; k++) own[k]! *= shares[0]!;
    }
    before += run;
  }
  const reached = rows[few]!.reduce((sum, share) => sum + share, 0);
  return Math.min(1, reached / binomial(all, few / all)[few]!);
}

/** The binomial law of `count` trials, from its largest share outwards. */
function binomial(count: number, share: number): Float64Array {
  const shares = new Float64Array(count + 1);
  const mode = Math.min(count, Math.floor((count + 1) * share));
  shares[mode] = 1;
  const odds = share / (1 - share);
  for (let k = mode + 1; k <= count; k++) shares[k] = (shares[k - 1]! * (count - k + 1) * odds) / k;
  for (let k = mode - 1; k >= 0; k--) shares[k] = (shares[k + 1]! * (k + 1)) / (count - k) / odds;
  const total = shares.reduce((sum, value) => sum + value, 0);
  return shares.map((value) => value / total);
}
