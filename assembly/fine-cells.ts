// Cells of a grid with more of them than a 16-bit index holds: where the largest of many small gaps is looked for.
//
// There is no index to keep. `countFine…` counts at once, `keepFine…` copies the values that lie in open cells; both
// find a cell by the rules of grid.ts.

import { Key, Scale } from "./grid";

/** Adds 1 to the u32 count of each value's cell; NaN is in cell 0. Returns the number of NaN. */
export function countFineByScale(
  counts: usize,
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
): i32 {
  const offset = Scale.offset(low, scale);
  let nan = 0;
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    nan += i32(x != x);
    add(counts, Scale.cell(x, offset, scale, count));
  }
  return nan;
}

/** The same by the integer key of the bit pattern. */
export function countFineByKey(
  counts: usize,
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
): i32 {
  let nan = 0;
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    nan += i32(x != x);
    add(counts, Key.cell(Key.from(x), low, shift, count));
  }
  return nan;
}

/** The same for 64-bit integer keys; none of them is NaN. */
export function countFineByWideKey(
  counts: usize,
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
): i32 {
  for (const end = keys + (<usize>length << 3); keys < end; keys += 8) {
    add(counts, Key.cell(load<i64>(keys), low, shift, count));
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function add(counts: usize, cell: i32): void {
  const at = counts + (<usize>cell << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Copies the values, but NaN, whose cell's bit is set in `open` to `out`, -0 as 0; returns how many. */
export function keepFineByScale(
  values: usize,
  length: i32,
  low: f64,
  scale: f64,
  count: i32,
  open: usize,
  out: usize,
): i32 {
  const offset = Scale.offset(low, scale);
  let to = out;
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    store<f64>(to, x + 0);
    to += <usize>(isOpen(open, Scale.cell(x, offset, scale, count)) & i32(x == x)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

/** The same by the integer key of the bit pattern. `out` has room for one value more. */
export function keepFineByKey(
  values: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  open: usize,
  out: usize,
): i32 {
  let to = out;
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    store<f64>(to, x + 0);
    to += <usize>(isOpen(open, Key.cell(Key.from(x), low, shift, count)) & i32(x == x)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

/** The same for 64-bit integer keys. */
export function keepFineByWideKey(
  keys: usize,
  length: i32,
  low: i64,
  shift: i32,
  count: i32,
  open: usize,
  out: usize,
): i32 {
  let to = out;
  for (const end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    store<i64>(to, key);
    to += <usize>isOpen(open, Key.cell(key, low, shift, count)) << 3;
  }
  return <i32>((to - out) >>> 3);
}

// @ts-ignore: decorator
@inline
function isOpen(open: usize, cell: i32): i32 {
  return (<i32>load<u8>(open + (cell >>> 3)) >> (cell & 7)) & 1;
}
