// Cells of key-cells.ts, stored. A list of them is for each its distance from the one before less 1 (of the first 0), then
// for each its count:
//
//   0 step u8    1 width of distances u8    2 width of counts u8    3 0
//   8 distances, 2^width bytes each    counts, likewise    exceptions, u64 each: those of distances, then those of counts
//
// The width is the smallest with which at most one number in 16 is an exception: one that does not fit, in whose place stands
// the largest number of that width. Neighbours with common counts take two or three bytes. Distances are counted in steps
// of 2^step, the largest power of two that divides all of them, so that small integers, whose keys lie far apart, are
// neighbours too. For the sake of these, cells of shift 0 are numbered without that of -0, which is never occupied: then the
// numbers of x and -x differ in their sign alone.

import { Key } from "./grid";

/** Most bytes that `length` cells take when they are stored: two numbers of 64 bits each. */
export function storedCellBytes(length: u32): u32 {
  return 8 + 16 * length;
}

/** As many exceptions are not too many. */
// @ts-ignore: decorator
@inline
export function fewOf(length: u32): u32 {
  return length >>> 4;
}

/** The number of a cell that begins at `start`. */
// @ts-ignore: decorator
@inline
export function cellOf(start: f64, shift: i64): i64 {
  const cell = Key.from(start) >> shift;
  return cell + <i64>(shift == 0 && cell < 0);
}

/** The number of the cell at `start`. */
export function cellNumber(start: f64, shift: i32): i64 {
  return cellOf(start, <i64>shift);
}

/**
 * Stores `length` cells at `out`, which has room for `storedCellBytes`; returns the number of bytes. `scratch` has room for
 * `length` u64.
 */
export function writeCells(starts: usize, counts: usize, length: u32, shift: i32, scratch: usize, out: usize): u32 {
  const by = <i64>shift;
  const end = scratch + (<usize>length << 3);
  let before = length > 0 ? cellOf(load<f64>(starts), by) : 0;
  let bits: i64 = 0;
  for (let to = scratch; to < end; to += 8, starts += 8) {
    const cell = cellOf(load<f64>(starts), by);
    store<i64>(to, cell - before);
    bits |= cell - before;
    before = cell;
  }
  const step = bits == 0 ? 0 : ctz(bits);
  for (let to = scratch; to < end; to += 8) {
    const distance = load<u64>(to) >> <u64>step;
    store<u64>(to, distance == 0 ? 0 : distance - 1);
  }
  const distanceWidth = widthOf(scratch, end);
  memory.fill(out, 0, 8);
  store<u8>(out, <u8>step);
  store<u8>(out, <u8>distanceWidth, 1);
  const countsAt = out + 8 + (<usize>length << distanceWidth);
  // The counts decide where exceptions begin.
  const countEnd = counts + (<usize>length << 3);
  let countWidth: u32 = 0;
  for (; countWidth < 3; countWidth++) {
    let exceptions: u32 = 0;
    for (let at = counts; at < countEnd; at += 8) exceptions += u32(<u64>load<f64>(at) >= largestOf(countWidth));
    if (exceptions <= fewOf(length)) break;
  }
  store<u8>(out, <u8>countWidth, 2);
  let exceptions = pack(scratch, end, distanceWidth, out + 8, countsAt + (<usize>length << countWidth));
  for (let to = scratch; to < end; to += 8, counts += 8) store<u64>(to, <u64>load<f64>(counts));
  exceptions = pack(scratch, end, countWidth, countsAt, exceptions);
  return <u32>(exceptions - out);
}

/** The largest number of 2^width bytes. */
// @ts-ignore: decorator
@inline
export function largestOf(width: u32): u64 {
  return u64.MAX_VALUE >> (64 - (<u64>8 << <u64>width));
}

function widthOf(values: usize, end: usize): u32 {
  const few = fewOf(<u32>((end - values) >>> 3));
  for (let width: u32 = 0; width < 3; width++) {
    let exceptions: u32 = 0;
    for (let at = values; at < end; at += 8) exceptions += u32(load<u64>(at) >= largestOf(width));
    if (exceptions <= few) return width;
  }
  return 3;
}

/** Writes numbers with a width, and what does not fit behind the other exceptions; returns the end of these. */
function pack(values: usize, end: usize, width: u32, out: usize, exceptions: usize): usize {
  const largest = largestOf(width);
  for (; values < end; values += 8, out += <usize>1 << width) {
    let value = load<u64>(values);
    if (width < 3 && value >= largest) {
      store<u64>(exceptions, value);
      exceptions += 8;
      value = largest;
    }
    if (width == 0) store<u8>(out, <u8>value);
    else if (width == 1) store<u16>(out, <u16>value);
    else if (width == 2) store<u32>(out, <u32>value);
    else store<u64>(out, value);
  }
  return exceptions;
}
