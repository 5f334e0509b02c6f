// Rows of vectors, one after the other: f32 or f64, `dimension` components a row. What is computed is f64.

import { sumErrors } from "./two-sum";

/** Two components as f64. */
// @ts-ignore: decorator
@inline
function two<T extends number>(at: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(at)) : v128.load(at);
}

// @ts-ignore: decorator
@inline
function one<T extends number>(at: usize): f64 {
  return <f64>load<T>(at);
}

/**
 * Adds `rows` rows times `factor` to the sums at `sums`: `dimension` f64, then what rounding took from each. Rows are
 * added in eights; those past the last eight should be the last there are.
 */
export function sumRowsF32(sums: usize, values: usize, rows: i32, dimension: i32, factor: f64): void {
  sumRows<f32>(sums, values, rows, dimension, factor);
}

export function sumRowsF64(sums: usize, values: usize, rows: i32, dimension: i32, factor: f64): void {
  sumRows<f64>(sums, values, rows, dimension, factor);
}

// @ts-ignore: decorator
@inline
function sumRows<T extends number>(sums: usize, values: usize, rows: i32, dimension: i32, factor: f64): void {
  const row = <usize>dimension * sizeof<T>();
  const by = f64x2.splat(factor);
  const pairs = dimension & ~1;
  for (let left = rows; left > 0; left -= 8, values += row << 3) {
    const eight = min(left, 8);
    let at = values;
    let sum = sums;
    const low = <usize>dimension << 3;
    for (let k = 0; k < pairs; k += 2, at += sizeof<T>() << 1, sum += 16) {
      let total: v128;
      if (eight == 8) {
        const r4 = at + (row << 2);
        const a = f64x2.add(f64x2.mul(two<T>(at), by), f64x2.mul(two<T>(at + row), by));
        const b = f64x2.add(f64x2.mul(two<T>(at + (row << 1)), by), f64x2.mul(two<T>(at + row * 3), by));
        const c = f64x2.add(f64x2.mul(two<T>(r4), by), f64x2.mul(two<T>(r4 + row), by));
        const d = f64x2.add(f64x2.mul(two<T>(r4 + (row << 1)), by), f64x2.mul(two<T>(r4 + row * 3), by));
        total = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
      } else {
        total = f64x2.mul(two<T>(at), by);
        for (let r = 1; r < eight; r++) total = f64x2.add(total, f64x2.mul(two<T>(at + row * <usize>r), by));
      }
      const before = v128.load(sum);
      const after = f64x2.add(before, total);
      v128.store(sum, after);
      v128.store(sum + low, f64x2.add(v128.load(sum + low), sumErrors(before, total, after)));
    }
    if (pairs < dimension) {
      let total = one<T>(at) * factor;
      for (let r = 1; r < eight; r++) total += one<T>(at + row * <usize>r) * factor;
      const before = load<f64>(sum);
      const after = before + total;
      const part = after - before;
      store<f64>(sum, after);
      store<f64>(sum + low, load<f64>(sum + low) + (before - (after - part) + (total - part)));
    }
  }
}

/** Sets 0 in `keep` (a byte a row) for rows with a NaN, of those that are 1; returns how many. */
export function dropNaNF32(values: usize, rows: i32, dimension: i32, keep: usize): i32 {
  return dropNaN<f32>(values, rows, dimension, keep);
}

export function dropNaNF64(values: usize, rows: i32, dimension: i32, keep: usize): i32 {
  return dropNaN<f64>(values, rows, dimension, keep);
}

// @ts-ignore: decorator
@inline
function dropNaN<T extends number>(values: usize, rows: i32, dimension: i32, keep: usize): i32 {
  const row = <usize>dimension * sizeof<T>();
  const whole = row & ~15;
  let dropped = 0;
  for (let r = 0; r < rows; r++, values += row) {
    if (!load<u8>(keep + r)) continue;
    let ordered = i64x2.splat(-1);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const x = v128.load(values + at);
      ordered = v128.and(ordered, sizeof<T>() == 4 ? f32x4.eq(x, x) : f64x2.eq(x, x));
    }
    let all = sizeof<T>() == 4 ? i32x4.all_true(ordered) : i64x2.all_true(ordered);
    for (; at < row; at += sizeof<T>()) all = all && load<T>(values + at) == load<T>(values + at);
    if (all) continue;
    store<u8>(keep + r, 0);
    dropped++;
  }
  return dropped;
}

/** Copies the rows whose byte in `keep` is 1 to `out`, one after the other; returns how many there are. */
export function packRows(values: usize, rowBytes: usize, rows: i32, keep: usize, out: usize): i32 {
  let to = out;
  for (let r = 0; r < rows; r++, values += rowBytes) {
    if (!load<u8>(keep + r)) continue;
    memory.copy(to, values, rowBytes);
    to += rowBytes;
  }
  return <i32>((to - out) / rowBytes);
}

/** The p-norm of x - y for each of `rows` pairs of rows, to `out`; p from 1 to Infinity. NaN and infinities stay. */
export function rowNormsF32(x: usize, y: usize, rows: i32, dimension: i32, p: f64, out: usize): void {
  rowNorms<f32>(x, y, rows, dimension, p, out);
}

export function rowNormsF64(x: usize, y: usize, rows: i32, dimension: i32, p: f64, out: usize): void {
  rowNorms<f64>(x, y, rows, dimension, p, out);
}

// @ts-ignore: decorator
@inline
function rowNorms<T extends number>(x: usize, y: usize, rows: i32, dimension: i32, p: f64, out: usize): void {
  const row = <usize>dimension * sizeof<T>();
  for (const end = out + (<usize>rows << 3); out < end; out += 8, x += row, y += row) {
    if (p == 1) {
      const sum = sumOf<T>(x, y, dimension, 1, false);
      if (abs(sum) < f64.MAX_VALUE) {
        store<f64>(out, sum);
        continue;
      }
    } else if (p == 2) {
      const sum = sumOf<T>(x, y, dimension, 1, true);
      // Far from where squares vanish or overflow.
      if (sum > 1e-270 && sum < f64.MAX_VALUE) {
        store<f64>(out, sqrt(sum));
        continue;
      }
    }
    store<f64>(out, scaledNorm<T>(x, y, dimension, p));
  }
}

/** Sum of |x - y| · factor, or of its square. */
// @ts-ignore: decorator
@inline
function sumOf<T extends number>(x: usize, y: usize, dimension: i32, factor: f64, squared: bool): f64 {
  const by = f64x2.splat(factor);
  const pair: usize = sizeof<T>() << 1;
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  const fours = dimension & ~3;
  let k = 0;
  for (; k < fours; k += 4, x += pair << 1, y += pair << 1) {
    const u = f64x2.sub(f64x2.mul(two<T>(x), by), f64x2.mul(two<T>(y), by));
    const v = f64x2.sub(f64x2.mul(two<T>(x + pair), by), f64x2.mul(two<T>(y + pair), by));
    a = f64x2.add(a, squared ? f64x2.mul(u, u) : f64x2.abs(u));
    b = f64x2.add(b, squared ? f64x2.mul(v, v) : f64x2.abs(v));
  }
  const both = f64x2.add(a, b);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; k < dimension; k++, x += sizeof<T>(), y += sizeof<T>()) {
    const u = one<T>(x) * factor - one<T>(y) * factor;
    sum += squared ? u * u : abs(u);
  }
  return sum;
}

/** Largest |x - y| · factor; NaN when one is. */
// @ts-ignore: decorator
@inline
function largestOf<T extends number>(x: usize, y: usize, dimension: i32, factor: f64): f64 {
  const by = f64x2.splat(factor);
  const pair: usize = sizeof<T>() << 1;
  let most = f64x2.splat(0);
  let k = 0;
  for (const pairs = dimension & ~1; k < pairs; k += 2, x += pair, y += pair) {
    most = f64x2.max(most, f64x2.abs(f64x2.sub(f64x2.mul(two<T>(x), by), f64x2.mul(two<T>(y), by))));
  }
  let largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (k < dimension) largest = max(largest, abs(one<T>(x) * factor - one<T>(y) * factor));
  return largest;
}

/** The norm of differences over the power of two of the largest one, so that no power vanishes or overflows. */
// @ts-ignore: decorator
@inline
function scaledNorm<T extends number>(x: usize, y: usize, dimension: i32, p: f64): f64 {
  let unit: f64 = 1;
  let largest = largestOf<T>(x, y, dimension, 1);
  if (largest == Infinity) {
    unit = 4;
    largest = largestOf<T>(x, y, dimension, 0.25);
  }
  if (!(largest > 0 && largest < Infinity)) return largest;
  if (p == Infinity) return largest * unit;
  const power = powerOfTwo(largest);
  const factor = 1 / power / unit;
  if (p == 1 || p == 2) {
    const sum = sumOf<T>(x, y, dimension, factor, p == 2);
    return (p == 2 ? sqrt(sum) : sum) * power * unit;
  }
  let sum: f64 = 0;
  for (let k = 0; k < dimension; k++, x += sizeof<T>(), y += sizeof<T>()) {
    const difference = abs(one<T>(x) * factor - one<T>(y) * factor);
    if (difference > 0) sum += Math.exp(p * Math.log(difference));
  }
  return Math.exp(Math.log(sum) / p) * power * unit;
}

/**
 * The cosine distance of each of `rows` pairs of rows, to `out`: from 0 to 2, -1 where a row is zero, NaN where one holds
 * a NaN or an infinity.
 */
export function rowCosinesF32(x: usize, y: usize, rows: i32, dimension: i32, out: usize): void {
  rowCosines<f32>(x, y, rows, dimension, out);
}

export function rowCosinesF64(x: usize, y: usize, rows: i32, dimension: i32, out: usize): void {
  rowCosines<f64>(x, y, rows, dimension, out);
}

// @ts-ignore: decorator
@inline
function rowCosines<T extends number>(x: usize, y: usize, rows: i32, dimension: i32, out: usize): void {
  const row = <usize>dimension * sizeof<T>();
  for (const end = out + (<usize>rows << 3); out < end; out += 8, x += row, y += row) {
    let distance = cosineOf<T>(x, y, dimension, 1, 1);
    if (distance != distance) {
      const largestX = sizeOf<T>(x, dimension);
      const largestY = sizeOf<T>(y, dimension);
      if (largestX < Infinity && largestY < Infinity) {
        const isZero = largestX == 0 || largestY == 0;
        distance = isZero ? -1 : cosineOf<T>(x, y, dimension, 1 / powerOfTwo(largestX), 1 / powerOfTwo(largestY));
      }
    }
    store<f64>(out, distance);
  }
}

/** 1 - Σxy / √(Σx²·Σy²) of x · factorX and y · factorY; NaN where squares vanish or overflow. */
// @ts-ignore: decorator
@inline
function cosineOf<T extends number>(x: usize, y: usize, dimension: i32, factorX: f64, factorY: f64): f64 {
  const byX = f64x2.splat(factorX);
  const byY = f64x2.splat(factorY);
  const pair: usize = sizeof<T>() << 1;
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let k = 0;
  for (const pairs = dimension & ~1; k < pairs; k += 2, x += pair, y += pair) {
    const u = f64x2.mul(two<T>(x), byX);
    const v = f64x2.mul(two<T>(y), byY);
    a = f64x2.add(a, f64x2.mul(u, u));
    b = f64x2.add(b, f64x2.mul(v, v));
    c = f64x2.add(c, f64x2.mul(u, v));
  }
  let xx = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  let yy = f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1);
  let xy = f64x2.extract_lane(c, 0) + f64x2.extract_lane(c, 1);
  if (k < dimension) {
    const u = one<T>(x) * factorX;
    const v = one<T>(y) * factorY;
    xx += u * u;
    yy += v * v;
    xy += u * v;
  }
  const usable = xx > 1e-270 && yy > 1e-270 && xx < f64.MAX_VALUE && yy < f64.MAX_VALUE;
  return usable ? max(0, min(2, 1 - xy / sqrt(xx) / sqrt(yy))) : NaN;
}

/** Largest |x|; NaN when one is. */
// @ts-ignore: decorator
@inline
function sizeOf<T extends number>(x: usize, dimension: i32): f64 {
  let most: f64 = 0;
  for (let k = 0; k < dimension; k++, x += sizeof<T>()) most = max(most, abs(one<T>(x)));
  return most;
}

/** The largest power of two that is not above a positive number; 2^-1022 of subnormal ones. */
// @ts-ignore: decorator
@inline
function powerOfTwo(x: f64): f64 {
  return max(reinterpret<f64>(reinterpret<u64>(x) & 0x7ff0000000000000), 2.2250738585072014e-308);
}
