// The Gaussian kernel of all pairs of rows, for the maximum mean discrepancy. Pairs i < j lie packed, row by row:
//
//   (0, 1) (0, 2) … (0, N - 1)   (1, 2) … (1, N - 1)   …   (N - 2, N - 1)

import { addTo } from "./two-sum";

/** Where the pair (i, 0) would lie, of `count` rows. */
// @ts-ignore: decorator
@inline
function rowAt(pairs: usize, i: u32, count: u32): usize {
  // i·(2N - i - 1) / 2 pairs lie before row i, and i + 1 of its own are left out.
  return pairs + (((<usize>i * (2 * <usize>count - i - 1)) >>> 1) << 3) - (<usize>(i + 1) << 3);
}

/**
 * Squared distances of all pairs of `count` rows of `dimension` f64, times factor², to `pairs`. Rows are taken in blocks
 * that stay in the cache; each pair is summed in one go, so that blocks change no digit.
 */
export function squaredDistances(rows: usize, count: u32, dimension: u32, factor: f64, pairs: usize): void {
  const row = <usize>dimension << 3;
  const block = max<u32>(4, min<u32>(count, 16384 / dimension));
  for (let first: u32 = 0; first < count; first += block) {
    const end = min(count, first + block);
    for (let i: u32 = 0; i + 1 < end; i++) {
      const x = rows + row * i;
      const out = rowAt(pairs, i, count);
      let j = max(first, i + 1);
      for (; j + 4 <= end; j += 4) fourDistances(x, rows + row * j, row, factor, out + (<usize>j << 3));
      for (; j < end; j++) store<f64>(out + (<usize>j << 3), oneDistance(x, rows + row * j, row, factor));
    }
  }
}

/** Of one row and four that follow each other. */
// @ts-ignore: decorator
@inline
function fourDistances(x: usize, y: usize, row: usize, factor: f64, out: usize): void {
  const by = f64x2.splat(factor);
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  let at: usize = 0;
  for (const pairs = row & ~15; at < pairs; at += 16) {
    const u = v128.load(x + at);
    const p = f64x2.mul(f64x2.sub(u, v128.load(y + at)), by);
    const q = f64x2.mul(f64x2.sub(u, v128.load(y + row + at)), by);
    const r = f64x2.mul(f64x2.sub(u, v128.load(y + (row << 1) + at)), by);
    const s = f64x2.mul(f64x2.sub(u, v128.load(y + row * 3 + at)), by);
    a = f64x2.add(a, f64x2.mul(p, p));
    b = f64x2.add(b, f64x2.mul(q, q));
    c = f64x2.add(c, f64x2.mul(r, r));
    d = f64x2.add(d, f64x2.mul(s, s));
  }
  store<f64>(out, lanes(a) + rest(x, y, at, row, factor));
  store<f64>(out, lanes(b) + rest(x, y + row, at, row, factor), 8);
  store<f64>(out, lanes(c) + rest(x, y + (row << 1), at, row, factor), 16);
  store<f64>(out, lanes(d) + rest(x, y + row * 3, at, row, factor), 24);
}

// @ts-ignore: decorator
@inline
function oneDistance(x: usize, y: usize, row: usize, factor: f64): f64 {
  const by = f64x2.splat(factor);
  let a = f64x2.splat(0);
  let at: usize = 0;
  for (const pairs = row & ~15; at < pairs; at += 16) {
    const p = f64x2.mul(f64x2.sub(v128.load(x + at), v128.load(y + at)), by);
    a = f64x2.add(a, f64x2.mul(p, p));
  }
  return lanes(a) + rest(x, y, at, row, factor);
}

// @ts-ignore: decorator
@inline
function lanes(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The square of the last component's difference where the dimension is odd. */
// @ts-ignore: decorator
@inline
function rest(x: usize, y: usize, at: usize, row: usize, factor: f64): f64 {
  if (at == row) return 0;
  const difference = (load<f64>(x + at) - load<f64>(y + at)) * factor;
  return difference * difference;
}

/**
 * The value of rank `rank` (from 0) among `length` f64 that are not negative and no NaN, whose bits are in their order:
 * counted by 16 of their bits at a time. `counts` has room for 65 536 u32.
 */
export function selectPositive(values: usize, length: u32, rank: u32, counts: usize): f64 {
  let prefix: u64 = 0;
  const end = values + (<usize>length << 3);
  for (let word = 3; word >= 0; word--) {
    const shift = <u64>(word << 4);
    memory.fill(counts, 0, 65536 << 2);
    for (let at = values; at < end; at += 8) {
      const bits = load<u64>(at);
      // Shifted twice: by 64 at once would be by none.
      if ((bits >>> shift) >>> 16 != prefix) continue;
      const count = counts + (<usize>((bits >>> shift) & 0xffff) << 2);
      store<u32>(count, load<u32>(count) + 1);
    }
    let digit: u64 = 0;
    for (let count = load<u32>(counts); rank >= count; count = load<u32>(counts + (<usize>digit << 2))) {
      rank -= count;
      digit++;
    }
    prefix = (prefix << 16) | digit;
  }
  return reinterpret<f64>(prefix);
}

/** exp(-x · scale) of `length` f64 in place. */
export function gaussian(values: usize, length: u32, scale: f64): void {
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    store<f64>(values, Math.exp(-load<f64>(values) * scale));
  }
}

/** Of each row the sum of its pairs, to `sums` (`count` f64). */
export function pairSums(pairs: usize, count: u32, sums: usize): void {
  memory.fill(sums, 0, <usize>count << 3);
  for (let i: u32 = 0; i + 1 < count; i++) {
    const row = rowAt(pairs, i, count);
    let own: f64 = 0;
    for (let j: usize = i + 1; j < count; j++) {
      const value = load<f64>(row + (j << 3));
      own += value;
      store<f64>(sums + (j << 3), load<f64>(sums + (j << 3)) + value);
    }
    store<f64>(sums + (<usize>i << 3), load<f64>(sums + (<usize>i << 3)) + own);
  }
}

/**
 * For each of `groups` groups of `size` rows (u32 at `members`, ascending, group after group) the sum over the pairs
 * inside it, as two f64 at `out`, then over its rows the sum of `sums`, as two more. `next` has room for a u32 a group.
 * A row's pairs stay in the cache while all groups take theirs.
 */
export function groupSums(
  pairs: usize,
  count: u32,
  sums: usize,
  members: usize,
  groups: u32,
  size: u32,
  next: usize,
  out: usize,
): void {
  memory.fill(next, 0, <usize>groups << 2);
  memory.fill(out, 0, <usize>groups << 5);
  for (let i: u32 = 0; i < count; i++) {
    const row = rowAt(pairs, i, count);
    const whole = load<f64>(sums + (<usize>i << 3));
    for (let g: u32 = 0; g < groups; g++) {
      const position = load<u32>(next + (<usize>g << 2));
      const group = members + (<usize>(g * size) << 2);
      if (position == size || load<u32>(group + (<usize>position << 2)) != i) continue;
      store<u32>(next + (<usize>g << 2), position + 1);
      addTo(out + (<usize>g << 5), chosen(row, group + (<usize>(position + 1) << 2), size - position - 1));
      addTo(out + (<usize>g << 5) + 16, whole);
    }
  }
}

/** Sum of the pairs of a row with `length` others. */
// @ts-ignore: decorator
@inline
function chosen(row: usize, others: usize, length: u32): f64 {
  let a: f64 = 0;
  let b: f64 = 0;
  let c: f64 = 0;
  let d: f64 = 0;
  const end = others + (<usize>length << 2);
  for (const stop = others + (<usize>(length & ~3) << 2); others < stop; others += 16) {
    a += load<f64>(row + (<usize>load<u32>(others) << 3));
    b += load<f64>(row + (<usize>load<u32>(others, 4) << 3));
    c += load<f64>(row + (<usize>load<u32>(others, 8) << 3));
    d += load<f64>(row + (<usize>load<u32>(others, 12) << 3));
  }
  for (; others < end; others += 4) a += load<f64>(row + (<usize>load<u32>(others) << 3));
  return a + b + (c + d);
}
