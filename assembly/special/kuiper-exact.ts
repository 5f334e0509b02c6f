// The exact law of the two-sample Kuiper statistic.
//
// Under the null hypothesis every lattice path from (0, 0) to (n, m), a step to the right for a value of the first
// sample and one up for a value of the second, is equally likely. With g = i m - j n along it, n m V is the largest g
// minus the smallest (both 0 at the ends). V does not change when the pooled values are counted from elsewhere on a
// circle: begin each path where g is smallest (the first time), and it stays at g >= 0. So
//
//   P(n m V >= gap) = sum over begins of P(g >= 0 from there to the old end, g > 0 from the old start on, some g >= gap).
//
// Each cell holds two probabilities of a path to it: to have kept to the rule, and to have also reached the gap.
// Everything is a sum of positive terms, so that small p-values come out with all of their digits.
//
// - Without ties all begins have the same law but for where the rule becomes strict. A path whose last zero before its end
//   is after L of N = n + m values counts for N - L begins: a second pair of probabilities a cell is for paths that have
//   their last zero behind them, with that weight.
// - With ties the pooled values come in blocks, and only where a block ends does g count. Each begin has its own law.
//
// The cells with g >= 0 are all that is walked: n m / 2, along antidiagonals k = i + j, in place from large i to small.

/** What 1 is stored as: cells far from the end may be far below the p-value, and stay normal numbers. */
const one: f64 = 9.745314011399999e288; // 2^960

/**
 * P(n m V >= gap) without ties, gap at least 1.
 *
 * @param scratch room for 4 (n + 2) f64
 */
export function kuiperExact(n: i32, m: i32, gap: f64, scratch: usize): f64 {
  const total = n + m;
  // pairs for i = -1 … n, first of all paths, then of those behind their last zero
  const kept = scratch + 16;
  const last = kept + ((<usize>n + 2) << 4);
  memory.fill(scratch, 0, (<usize>n + 2) << 5);
  store<f64>(kept, one);
  store<f64>(last, one * <f64>total);
  let low = 0;
  for (let k = 1; k <= total; k++) {
    const nextLow = leastAbove(<f64>k * <f64>n, <f64>total, false);
    const top = leastAbove(<f64>k * <f64>n + gap, <f64>total, false);
    const from = max(nextLow, k - m);
    const to = min(k, n);
    advance(kept, from, to, top, k);
    advance(last, from, to, top, k);
    for (let i = low; i < from; i++) {
      clear(kept, i);
      clear(last, i);
    }
    low = from;
    // on a zero before the end all that has kept to the rule may be there for the last time
    if (k < total && <f64>from * <f64>total == <f64>k * <f64>n) {
      const at = <usize>from << 4;
      v128.store(last + at, f64x2.mul(v128.load(kept + at), f64x2.splat(<f64>(total - k))));
    }
  }
  return load<f64>(last + (<usize>n << 4), 8) / one;
}

/**
 * P(n m V >= gap) given the ties, gap at least 1.
 *
 * @param sizes    address of u32: how many pooled values are equal, block by block
 * @param scratch  room for 2 (n + 2) f64
 */
export function kuiperExactTies(n: i32, m: i32, gap: f64, sizes: usize, blocks: i32, scratch: usize): f64 {
  let sum: f64 = 0;
  for (let begin = 0; begin < blocks; begin++) sum += ofBegin(n, m, gap, sizes, blocks, begin, scratch);
  return sum / one;
}

function ofBegin(n: i32, m: i32, gap: f64, sizes: usize, blocks: i32, begin: i32, scratch: usize): f64 {
  const total = n + m;
  const never = total + 1;
  const cells = scratch + 16;
  memory.fill(scratch, 0, (<usize>n + 2) << 4);
  store<f64>(cells, one);
  let low = 0;
  let high = 0;
  let k = 0;
  for (let passed = 1; passed <= blocks; passed++) {
    let block = begin + passed - 1;
    if (block >= blocks) block -= blocks;
    const next = k + <i32>load<u32>(sizes + (<usize>block << 2));
    const strict = passed >= blocks - begin && passed < blocks;
    const nextLow = max(leastAbove(<f64>next * <f64>n, <f64>total, strict), next - m);
    const top = leastAbove(<f64>next * <f64>n + gap, <f64>total, false);
    const nextHigh = min(high + (next - k), min(n, next));
    for (let at = k + 1; at <= next; at++) {
      const from = max(low, max(nextLow - (next - at), at - m));
      const to = min(min(high + (at - k), at), n);
      advance(cells, from, to, at == next ? top : never, at);
    }
    for (let i = low; i < nextLow; i++) clear(cells, i);
    low = nextLow;
    high = nextHigh;
    k = next;
  }
  return load<f64>(cells + (<usize>n << 4), 8);
}

/** The least i with i total >= bound, or > bound. */
function leastAbove(bound: f64, total: f64, strict: bool): i32 {
  let i = <i32>(bound / total) - 1;
  while (strict ? <f64>i * total <= bound : <f64>i * total < bound) i++;
  return i;
}

// @ts-ignore: decorator
@inline
function clear(cells: usize, i: i32): void {
  v128.store(cells + (<usize>i << 4), f64x2.splat(0));
}

/** Antidiagonal k from k - 1: cell i takes i/k of cell i - 1 and the rest of i; from `top` on the gap is reached. */
// @ts-ignore: decorator
@inline
function advance(cells: usize, from: i32, to: i32, top: i32, k: i32): void {
  const inverse = 1.0 / <f64>k;
  let i = to;
  let at = cells + (<usize>to << 4);
  for (const stop = max(top, from); i >= stop; i--, at -= 16) {
    const right = <f64>i * inverse;
    const up = <f64>(k - i) * inverse;
    v128.store(at, f64x2.splat(load<f64>(at - 16) * right + load<f64>(at) * up));
  }
  for (; i >= from; i--, at -= 16) {
    const right = f64x2.splat(<f64>i * inverse);
    const up = f64x2.splat(<f64>(k - i) * inverse);
    v128.store(at, f64x2.add(f64x2.mul(v128.load(at - 16), right), f64x2.mul(v128.load(at), up)));
  }
}
