// The lower tail of the exact law of the two-sample Kolmogorov-Smirnov statistic (its upper tail is in
// kolmogorov-exact.ts, with the model): the share of lattice paths from (0, 0) to (n, m) that never meet a cell with
// |i m - j n| >= gap. Nothing is subtracted, so that small shares have all of their digits.
//
// - In general w(i, j) = (i w(i - 1, j) + j w(i, j - 1))/(i + j) between the boundaries, 0 beyond.
// - n = m: the sum of even powers of cosines that is the dual of the reflections, where it is the smaller tail.
import { add, exponential, pair, rounded, scale, subtract } from "./double-double";
import { logGamma } from "./log-gamma";

/** What 1 is stored as, 2^700: what is left inside may be far below 1. */
const one: f64 = 5.260135901548374e210;

/**
 * P(D < gap/(n m)) for two samples of n and m values without ties.
 *
 * @param oneSided  1: only i m - j n >= gap counts as outside
 * @param scratch   room for m + 1 f64
 */
export function ksInside(n: i32, m: i32, gap: f64, oneSided: i32, scratch: usize): f64 {
  memory.fill(scratch, 0, (<usize>m + 1) << 3);
  const a = <f64>m;
  const b = <f64>n;
  store<f64>(scratch, one);
  for (let i = 0; i <= n; i++) {
    const middle = <f64>i * a;
    // j from the first with i m - j n < gap to the last with j n - i m < gap
    let from = max(0, <i32>Math.floor((middle - gap) / b));
    while (middle - <f64>from * b >= gap) from++;
    let to = m;
    if (oneSided == 0) {
      to = <i32>Math.min(a, Math.ceil((middle + gap) / b));
      while (<f64>to * b - middle >= gap) to--;
    }
    let before = 0.0;
    for (let j = from; j <= to; j++) {
      const at = scratch + (<usize>j << 3);
      const total = i + j;
      if (total > 0) {
        before = (<f64>i * load<f64>(at) + <f64>j * before) / <f64>total;
        store<f64>(at, before);
      } else before = one;
    }
    // what the band has left behind is read no more; what lies beyond its end is 0
  }
  return load<f64>(scratch + (<usize>m << 3)) / one;
}

/** P(D < h/n) for two samples of n values each, without ties, 1 <= h <= n; a sum of h/2 terms. */
export function ksEqualInside(n: f64, h: f64): f64 {
  let sum = 0.0;
  for (let j = 1.0; j < h; j += 2.0) {
    const sine = Math.sin((1.5707963267948966 * j) / h);
    const term = Math.exp(n * Math.log1p(-sine * sine));
    sum += term;
    if (term < sum * 1e-18) break;
  }
  const choose = subtract(scale(logGamma(pair(n + 1.0, 0)), 2.0), logGamma(pair(2.0 * n + 1.0, 0)));
  return (2.0 / h) * exponential(add(scale(pair(1.3862943611198906, 4.638093627692599e-17), n), choose)) * sum;
}

/** P(D+ < h/n) for two samples of n values each, without ties: 1 - C(2n, n - h)/C(2n, n). */
export function ksEqualInsideOneSided(n: f64, h: f64): f64 {
  const centre = scale(logGamma(pair(n + 1.0, 0)), 2.0);
  const other = add(logGamma(pair(n - h + 1.0, 0)), logGamma(pair(n + h + 1.0, 0)));
  return -Math.expm1(rounded(subtract(centre, other)));
}
