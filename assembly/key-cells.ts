// Cells of a histogram whose grid does not depend on the data: a double's cell is its key shifted right. Cells of a
// smaller shift lie within those of a larger one, so lists of cells can be brought to a common shift without loss.
//
// Of ascending values, two neighbours lie in different cells just where the highest bit in which their keys differ is not
// shifted out. Counting these bits once tells the number of cells at every shift.
//
// Stored, a list of cells is for each cell its distance from the cell before less 1 (of the first 0) and its count, as
// LEB128 (seven bits a byte, least first, the high bit set but in the last byte): neighbours of common counts take two
// or three bytes. Distances are counted in steps of 2^step, the largest power of two that divides all of them, so that
// small integers, whose keys lie far apart, are neighbours too. For the sake of these, cells of shift 0 are numbered without
// that of -0, which is never occupied: then the numbers of x and -x differ in their sign alone.

import { Key } from "./grid";
import { valueOf } from "./steps";

/** Bytes of the longest stored cell: two numbers of 64 bits. */
export function cellBytes(): i32 {
  return 20;
}

/**
 * The smallest shift from `least` on at which `length` ascending f64 without NaN lie in at most `most` cells, which are
 * at least 2. `counters` has room for 64 u32.
 */
export function cellShift(values: usize, length: u32, least: i32, most: u32, counters: usize): i32 {
  if (length < 2) return least;
  memory.fill(counters, 0, 256);
  const end = values + (<usize>length << 3);
  let before = Key.from(load<f64>(values));
  for (let at = values + 8; at < end; at += 8) {
    const key = Key.from(load<f64>(at));
    const different = key ^ before;
    if (different == 0) continue;
    const counter = counters + (<usize>(63 - <i32>clz(different)) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
    before = key;
  }
  let cells: u32 = 1;
  for (let shift = 63; shift >= least; shift--) {
    cells += load<u32>(counters + (<usize>shift << 2));
    if (cells > most) return shift + 1;
  }
  return least;
}

/**
 * Writes the smallest double of each occupied cell to `starts` and its count (f64) to `sums`, which may be the inputs;
 * returns the number of cells. The values ascend, without NaN. `counts` (f64) says how often each occurs; 0: once.
 */
export function cellRuns(values: usize, counts: usize, length: u32, shift: i32, starts: usize, sums: usize): u32 {
  if (length == 0) return 0;
  const by = <i64>shift;
  const end = values + (<usize>length << 3);
  const first = starts;
  let cell = Key.from(load<f64>(values)) >> by;
  let sum: f64 = 0;
  for (; values < end; values += 8) {
    const next = Key.from(load<f64>(values)) >> by;
    if (next != cell) {
      store<f64>(starts, startOf(cell, by));
      store<f64>(sums, sum);
      starts += 8;
      sums += 8;
      cell = next;
      sum = 0;
    }
    sum += counts ? load<f64>(counts) : 1;
    if (counts) counts += 8;
  }
  store<f64>(starts, startOf(cell, by));
  store<f64>(sums, sum);
  return <u32>((starts - first) >>> 3) + 1;
}

/** The smallest double of a cell; below -Infinity there are keys of no number. */
// @ts-ignore: decorator
@inline
function startOf(cell: i64, shift: i64): f64 {
  return valueOf(max(cell << shift, Key.from(-Infinity)));
}

/** The number of a cell that begins at `start`. */
// @ts-ignore: decorator
@inline
function cellOf(start: f64, shift: i64): i64 {
  const cell = Key.from(start) >> shift;
  return cell + <i64>(shift == 0 && cell < 0);
}

/** The number of the cell at `start`. */
export function cellNumber(start: f64, shift: i32): i64 {
  return cellOf(start, <i64>shift);
}

/** The largest power of two that divides all distances between cells; 0 of fewer than two. */
export function cellStep(starts: usize, length: u32, shift: i32): i32 {
  if (length < 2) return 0;
  let bits: i64 = 0;
  let before = cellOf(load<f64>(starts), <i64>shift);
  for (const end = starts + (<usize>length << 3); starts < end; starts += 8) {
    const cell = cellOf(load<f64>(starts), <i64>shift);
    bits |= cell - before;
    before = cell;
  }
  return <i32>ctz(bits);
}

/** Stores `length` cells, which have room for `cellBytes()` bytes each, at `out`; returns the number of bytes. */
export function writeCells(starts: usize, counts: usize, length: u32, shift: i32, step: i32, out: usize): u32 {
  const first = out;
  const end = starts + (<usize>length << 3);
  let before = length > 0 ? cellOf(load<f64>(starts), <i64>shift) : 0;
  for (; starts < end; starts += 8, counts += 8) {
    const cell = cellOf(load<f64>(starts), <i64>shift);
    const distance = <u64>(cell - before) >> <u64>step;
    out = put(distance == 0 ? 0 : distance - 1, out);
    out = put(<u64>load<f64>(counts), out);
    before = cell;
  }
  return <u32>(out - first);
}

// @ts-ignore: decorator
@inline
function put(value: u64, out: usize): usize {
  for (; value > 127; value >>= 7, out++) store<u8>(out, <u8>(value | 128));
  store<u8>(out, <u8>value);
  return out + 1;
}

/**
 * Reads `length` cells of a shift, the first of which is `first`, from exactly `byteLength` bytes, as f64; `total` (f64)
 * receives the sum of the counts. Returns whether the bytes are what `writeCells` writes: cells of numbers, counts from
 * 1 to 2^53.
 */
export function readCells(
  bytes: usize,
  byteLength: u32,
  first: i64,
  shift: i32,
  step: i32,
  length: u32,
  starts: usize,
  counts: usize,
  total: usize,
): bool {
  const by = <i64>shift;
  const end = bytes + byteLength;
  const lowest = cellOf(-Infinity, by);
  const highest = cellOf(Infinity, by);
  let cell = first;
  let distances: u64 = 0;
  let sum: f64 = 0;
  if (length > 0 && (lowest > first || first > highest)) return false;
  for (let k: u32 = 0; k < length; k++, starts += 8, counts += 8) {
    let value: u64 = 0;
    let count: u64 = 0;
    let bits: u64 = 0;
    let byte: u64 = 128;
    while (byte > 127) {
      if (bytes >= end || bits > 63) return false;
      byte = load<u8>(bytes++);
      value |= (byte & 127) << bits;
      if (bits == 63 && byte > 1) return false;
      bits += 7;
    }
    if (byte == 0 && bits > 7) return false; // longer than need be
    bits = 0;
    byte = 128;
    while (byte > 127) {
      if (bytes >= end || bits > 49) return false;
      byte = load<u8>(bytes++);
      count |= (byte & 127) << bits;
      bits += 7;
    }
    if ((byte == 0 && bits > 7) || count == 0 || count > 9007199254740992) return false;
    if (k == 0) {
      if (value != 0) return false;
    } else {
      if (value >= <u64>(highest - cell) >> <u64>step) return false;
      distances |= value + 1;
      cell += <i64>((value + 1) << <u64>step);
    }
    store<f64>(starts, startOf(cell - <i64>(shift == 0 && cell < 0), by));
    store<f64>(counts, <f64>count);
    sum += <f64>count;
  }
  store<f64>(total, sum);
  const whole = length < 2 ? step == 0 : (distances & 1) == 1; // else there is a larger step
  return whole && bytes == end;
}
