// Sums of products of many columns, pair by pair, as correlations need them. Columns come in blocks of 512 rows: deviations
// of column 0, of column 1, … (4 KiB each), so that what is multiplied together lies together and stays in the cache.
// Rows that are not there are zeros.

import { addTo } from "./two-sum";

/** 512 f64. */
const blockBytes: usize = 4096;

/** Columns that are multiplied with all others before the next ones are: 128 KiB. */
const tileColumns: u32 = 32;

/** x · factor - mean of `length` values to `out`; NaN stays. */
export function deviations(values: usize, length: u32, factor: f64, mean: f64, out: usize): void {
  const by = f64x2.splat(factor);
  const from = f64x2.splat(mean);
  const end = values + (<usize>length << 3);
  for (; values + 16 <= end; values += 16, out += 16) {
    v128.store(out, f64x2.sub(f64x2.mul(v128.load(values), by), from));
  }
  if (values < end) store<f64>(out, load<f64>(values) * factor - mean);
}

/** Replaces NaN among `length` values by 0, and notes at `present` (f64) 1 where there is a value, 0 where there was none. */
export function markPresent(values: usize, length: u32, present: usize): void {
  for (const end = values + (<usize>length << 3); values < end; values += 8, present += 8) {
    const x = load<f64>(values);
    store<f64>(values, x == x ? x : 0);
    store<f64>(present, x == x ? 1 : 0);
  }
}

/** x² of `length` values to `out`. */
export function squares(values: usize, length: u32, out: usize): void {
  for (const end = values + (<usize>length << 3); values < end; values += 8, out += 8) {
    const x = load<f64>(values);
    store<f64>(out, x * x);
  }
}

/** Replaces by NaN those of `length` values whose bit (the first is `offset`) is not set. */
export function blankUnset(values: usize, length: u32, bits: usize, offset: u32): void {
  for (let k: u32 = 0; k < length; k++) {
    const bit = k + offset;
    if (!((load<u8>(bits + (bit >> 3)) >> (bit & 7)) & 1)) store<f64>(values + (<usize>k << 3), NaN);
  }
}

/**
 * Adds to `sums` (two f64 for each pair, x by x) the sum of products over one block of each column of x with each of y.
 * `xCount` is a multiple of 4, `yCount` of 2. Where `same` both are the same columns, and pairs (i, j) with j ≥ i are enough.
 */
export function crossProducts(x: usize, xCount: u32, y: usize, yCount: u32, same: bool, sums: usize): void {
  const row = <usize>yCount << 4;
  for (let tile: u32 = 0; tile < yCount; tile += tileColumns) {
    const end = min(yCount, tile + tileColumns);
    for (let i: u32 = 0; i < xCount; i += 4) {
      const first = same ? max(tile, i) : tile;
      for (let j = first; j < end; j += 2) {
        eightProducts(x + <usize>i * blockBytes, y + <usize>j * blockBytes, sums + <usize>i * row + (<usize>j << 4), row);
      }
    }
  }
}

/** Of four columns with two: as many sums as there are registers for. */
// @ts-ignore: decorator
@inline
function eightProducts(x: usize, y: usize, sums: usize, row: usize): void {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  let e = f64x2.splat(0);
  let f = f64x2.splat(0);
  let g = f64x2.splat(0);
  let h = f64x2.splat(0);
  for (const end = x + blockBytes; x < end; x += 16, y += 16) {
    const u = v128.load(y);
    const v = v128.load(y + blockBytes);
    const p = v128.load(x);
    a = f64x2.add(a, f64x2.mul(p, u));
    b = f64x2.add(b, f64x2.mul(p, v));
    const q = v128.load(x + blockBytes);
    c = f64x2.add(c, f64x2.mul(q, u));
    d = f64x2.add(d, f64x2.mul(q, v));
    const r = v128.load(x + 2 * blockBytes);
    e = f64x2.add(e, f64x2.mul(r, u));
    f = f64x2.add(f, f64x2.mul(r, v));
    const s = v128.load(x + 3 * blockBytes);
    g = f64x2.add(g, f64x2.mul(s, u));
    h = f64x2.add(h, f64x2.mul(s, v));
  }
  addLanes(sums, a, b);
  addLanes(sums + row, c, d);
  addLanes(sums + 2 * row, e, f);
  addLanes(sums + 3 * row, g, h);
}

// @ts-ignore: decorator
@inline
function addLanes(sums: usize, one: v128, other: v128): void {
  addTo(sums, f64x2.extract_lane(one, 0) + f64x2.extract_lane(one, 1));
  addTo(sums + 16, f64x2.extract_lane(other, 0) + f64x2.extract_lane(other, 1));
}

/**
 * Adds to the two f64 at `sum` the squared influence of each row on a correlation r: (uv - r (u² + v²) / 2)², where
 * u = (x - xMean) · xScale and v likewise. Rows in which either is NaN add nothing.
 */
export function influence(
  x: usize,
  y: usize,
  length: u32,
  xMean: f64,
  yMean: f64,
  xScale: f64,
  yScale: f64,
  r: f64,
  sum: usize,
): void {
  const half = f64x2.splat(r / 2);
  const xFrom = f64x2.splat(xMean);
  const yFrom = f64x2.splat(yMean);
  const xBy = f64x2.splat(xScale);
  const yBy = f64x2.splat(yScale);
  let total = f64x2.splat(0);
  let k: u32 = 0;
  for (; k + 2 <= length; k += 2, x += 16, y += 16) {
    const u = f64x2.mul(f64x2.sub(v128.load(x), xFrom), xBy);
    const v = f64x2.mul(f64x2.sub(v128.load(y), yFrom), yBy);
    const t = f64x2.sub(f64x2.mul(u, v), f64x2.mul(half, f64x2.add(f64x2.mul(u, u), f64x2.mul(v, v))));
    total = f64x2.add(total, v128.and(f64x2.mul(t, t), f64x2.eq(t, t)));
  }
  let last: f64 = 0;
  if (k < length) {
    const u = (load<f64>(x) - xMean) * xScale;
    const v = (load<f64>(y) - yMean) * yScale;
    const t = u * v - (r / 2) * (u * u + v * v);
    last = t == t ? t * t : 0;
  }
  addTo(sum, f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1) + last);
}
