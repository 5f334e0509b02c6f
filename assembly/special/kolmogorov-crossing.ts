// Kolmogorov's exact law for one sample of n values, both tails with all of their digits.
//
// The count of values at or below t, n points on [0, 1], is a Poisson process given its end. It leaves the band
// |count - n t| <= n d only at the times (in units of 1/n) j - n d, by having reached j, or j + n d, by still being at
// j. From one such time to the next, at most 1 later, all that is known of a path is its count, so that
//
//   u(t', c) = sum over i of (t' - t)^i/i! * u(t, c - i),     u(t, c) = t^c/c! outside of the band, 0 inside at first,
//
// carries what has left the band, and u(n, n) n!/n^n is P(D > d) [1, 2]. With 0 outside and t^c/c! inside at first it
// carries what has stayed. Every term is positive. About 100 n^2 d multiplications, two at a time.
//
// [1] Steck: The Smirnov two sample tests as rank tests. Annals of Mathematical Statistics 40 (1969).
// [2] Pomeranz: Exact cumulative distribution of the Kolmogorov-Smirnov statistic for small samples. CACM 17 (1974).
import { high, low, pair, productOf } from "./double-double";
import { stirling } from "./kolmogorov";
import { log1pMinus } from "./log1p-minus";

/** Arrivals between two checks that are told apart; more have a chance of 1e-25. */
const most: i32 = 24;

/** 2^900: what is passed on may be far below 1. */
const one: f64 = 8.452712498170644e270;

/** log 2, the first part with so few bits that its multiples are exact. */
const log2High: f64 = 0.693147180369123816490;
const log2Low: f64 = 1.90821492927058770002e-10;

/** Bytes of scratch for n values. */
export function kolmogorovCrossingSize(n: f64): i32 {
  return 8 * (<i32>n + 2 * most + 8);
}

/** P(D > d) for n values (upper = 1), or P(D <= d); 1/(2n) < d < 1. */
export function kolmogorovCrossing(n: i32, d: f64, upper: i32, scratch: usize): f64 {
  const band = productOf(<f64>n, d);
  let steps = <i32>Math.floor(high(band));
  let part = high(band) - <f64>steps + low(band);
  if (part < 0) {
    steps -= 1;
    part += 1.0;
  }
  const twice = 2 * steps + <i32>Math.floor(2.0 * part);
  const weights = scratch;
  // two cells of zeros between them
  const cells = scratch + (<usize>(2 * most + 4) << 3);
  memory.fill(scratch, 0, <usize>(kolmogorovCrossingSize(<f64>n)));

  // the next count that must not have been reached, and the next that must have been left
  let above = steps + 1;
  let below = 0;
  let time = pair(1.0, -part);
  let from = 0;
  let to = steps;
  above++;
  if (upper == 0) for (let c = from; c <= to; c++) store<f64>(cells + (<usize>c << 3), free(c, time));
  let isLast = false;
  while (!isLast) {
    const timeAbove = <f64>(above - steps) - part;
    const timeBelow = <f64>(below + steps) + part;
    const isAbove = above <= n && timeAbove <= timeBelow;
    isLast = !isAbove && timeBelow >= <f64>n;
    const nextFrom = isLast ? n : isAbove ? max(0, above - twice) : below + 1;
    const nextTo = isLast ? n : isAbove ? above - 1 : min(n, below + twice);
    for (let c = max(0, nextFrom - most); c < from; c++) {
      store<f64>(cells + (<usize>c << 3), upper != 0 ? free(c, time) : 0.0);
    }
    for (let c = to + 1; c <= nextTo; c++) store<f64>(cells + (<usize>c << 3), upper != 0 ? free(c, time) : 0.0);
    const next = isLast
      ? pair(<f64>n, 0)
      : isAbove ? pair(<f64>(above - steps), -part) : pair(<f64>(below + steps), part);
    const step = f64x2.sub(next, time);
    weigh(weights, high(step) + low(step), powerAt(time) - powerAt(next));
    advance(cells, weights, nextFrom, nextTo);
    time = next;
    from = nextFrom;
    to = nextTo;
    if (isAbove) above++;
    else below++;
  }
  return Math.min(1.0, load<f64>(cells + (<usize>n << 3)) / free(n, time));
}

/** The power of 2 that cells are divided by at a time; times are integer + fraction, so that differences are exact. */
// @ts-ignore: decorator
@inline
function powerAt(time: v128): f64 {
  return Math.floor((high(time) + low(time)) * 1.4426950408889634);
}

/** t^c/c! / 2^power, times `one`. */
function free(c: i32, time: v128): f64 {
  const count = <f64>c;
  const power = powerAt(time);
  const rest = high(time) - power * log2High + (low(time) - power * log2Low);
  if (c == 0) return one * Math.exp(rest - (high(time) + low(time)));
  const t = (high(time) - count + low(time)) / count;
  return (one * Math.exp(rest + (count * log1pMinus(t) - stirling(count)))) / Math.sqrt(6.283185307179586 * count);
}

/** The weights step^i/i! 2^change, each twice for two lanes. */
function weigh(weights: usize, step: f64, change: f64): void {
  let weight = reinterpret<f64>((<i64>change + 1023) << 52);
  for (let i = 0; i <= most; i++) {
    v128.store(weights + (<usize>i << 4), f64x2.splat(weight));
    weight *= step / <f64>(i + 1);
  }
}

/** Cells `to` down to `from`, in place; what lies below cell 0 is 0. */
function advance(cells: usize, weights: usize, from: i32, to: i32): void {
  let c = to;
  for (; c >= from; c -= 2) {
    // when one cell is left over, the one below is spoilt, which nothing reads before it is filled anew
    const at = cells + (<usize>c << 3) - 8;
    const terms = <usize>min(most, c);
    let sum = f64x2.mul(v128.load(at), v128.load(weights));
    for (let i: usize = 1; i <= terms; i++) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(at - (i << 3)), v128.load(weights + (i << 4))));
    }
    v128.store(at, sum);
  }
}
