// Cells of a histogram whose grid does not depend on the data: a double's cell is its key shifted right. Cells of a
// smaller shift lie within those of a larger one, so lists of cells can be brought to a common shift without loss.
//
// Of ascending values, two neighbours lie in different cells just where the highest bit in which their keys differ is not
// shifted out. Counting these bits once tells the number of cells at every shift.
//
// Stored, a list of cells is for each cell its distance from the cell before less 1 (of the first 0), then for each its
// count:
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
import { valueOf } from "./steps";

/** Most bytes that `length` cells take when they are stored: two numbers of 64 bits each. */
export function storedCellBytes(length: u32): u32 {
  return 8 + 16 * length;
}

/** As many exceptions are not too many. */
// @ts-ignore: decorator
@inline
function fewOf(length: u32): u32 {
  return length >>> 4;
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
function largestOf(width: u32): u64 {
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

/**
 * Reads `length` cells of a shift, the first of which is `first`, from exactly `byteLength` bytes, and joins them to cells
 * of the shift `to`, which is not smaller, as f64; `total` (f64) receives the sum of the counts. Returns the number of joined
 * cells, or -1 where the bytes are not what `writeCells` writes: cells of numbers, counts from 1 to 2^53. `starts` and
 * `counts` have room for `length` f64.
 */
export function readCells(
  bytes: usize,
  byteLength: u32,
  first: i64,
  shift: i32,
  to: i32,
  length: u32,
  starts: usize,
  counts: usize,
  total: usize,
): i32 {
  const by = <i64>shift;
  const step = <u64>load<u8>(bytes);
  const distanceWidth = <u32>load<u8>(bytes, 1);
  const countWidth = <u32>load<u8>(bytes, 2);
  if (byteLength < 8 || load<u64>(bytes) >> 24 != 0 || step > 63 || distanceWidth > 3 || countWidth > 3) return -1;
  const end = bytes + byteLength;
  const countsAt = bytes + 8 + (<usize>length << distanceWidth);
  const exceptions = countsAt + (<usize>length << countWidth);
  if (exceptions > end) return -1;
  const lowest = cellOf(-Infinity, by);
  const highest = cellOf(Infinity, by);
  if (length > 0 && (lowest > first || first > highest)) return -1;
  if (distanceWidth < 2 && countWidth < 2) {
    const plain = bytes + 8;
    return distanceWidth == 0
      ? countWidth == 0
        ? readPlain<u8, u8>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total)
        : readPlain<u8, u16>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total)
      : countWidth == 0
        ? readPlain<u16, u8>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total)
        : readPlain<u16, u16>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total);
  }
  let rest = unpack(bytes + 8, length, distanceWidth, exceptions, end, starts);
  if (rest) rest = unpack(countsAt, length, countWidth, rest, end, counts);
  if (rest != end || (length > 0 && load<u64>(starts) != 0)) return -1;
  const negative = <i64>(shift == 0); // what numbers of cells below 0 lack
  const further = <i64>(to - shift);
  const out = starts - 8;
  const outCounts = counts - 8;
  let cell = first;
  let distances: u64 = 0;
  let sum: i64 = 0;
  let joined: i64 = 0;
  let inJoined: i64 = 0;
  let joinedCells: i32 = 0;
  for (let k: u32 = 0; k < length; k++, starts += 8, counts += 8) {
    if (k > 0) {
      const distance = load<u64>(starts);
      if (distance >= <u64>(highest - cell) >> step) return -1;
      distances |= distance + 1;
      cell += <i64>((distance + 1) << step);
    }
    const count = load<u64>(counts);
    if (count - 1 >= 9007199254740992) return -1;
    const coarse = (cell - (negative & (cell >>> 63))) >> further;
    // Without a branch, which nobody could predict.
    const next = i32(k == 0 || coarse != joined);
    inJoined = <i64>count + (inJoined & <i64>(next - 1));
    joinedCells += next;
    joined = coarse;
    sum += <i64>count;
    store<f64>(out + (<usize>joinedCells << 3), startOf(coarse, <i64>to));
    store<f64>(outCounts + (<usize>joinedCells << 3), <f64>inJoined);
  }
  store<f64>(total, <f64>sum);
  // Else there is a larger step.
  return (length < 2 ? step == 0 : (distances & 1) == 1) ? joinedCells : -1;
}

/** The same where numbers are narrow, as those of most cells are: without putting them down in between. */
// @ts-ignore: decorator
@inline
function readPlain<D extends number, C extends number>(
  distances: usize,
  values: usize,
  exceptions: usize,
  end: usize,
  step: u64,
  first: i64,
  shift: i32,
  to: i32,
  length: u32,
  starts: usize,
  counts: usize,
  total: usize,
): i32 {
  store<f64>(total, 0);
  if (length == 0) return sizeof<D>() + sizeof<C>() == 2 && step == 0 && exceptions == end ? 0 : -1;
  if (load<D>(distances) != 0) return -1;
  const few = fewOf(length);
  const widestDistance = <u64>largestOf(sizeof<D>() >> 1);
  const widestCount = <u64>largestOf(sizeof<C>() >> 1);
  const most = <u64>(cellOf(Infinity, <i64>shift) - first) >> step;
  const negative = <i64>(shift == 0);
  const mask = <i64>-1 << <i64>to;
  const lowest = Key.from(-Infinity);
  // Numbers of cells times 2^shift, and so of steps: a multiplication takes less time than a shift.
  const stride = step + <u64>shift < 64 ? <u64>1 << (step + <u64>shift) : 0;
  // Exceptions of counts come behind those of distances, whose number is known when all distances were seen.
  let manyDistances: u32 = 0;
  for (let at = distances; at < values; at += sizeof<D>()) manyDistances += u32(<u64>load<D>(at) == widestDistance);
  let countException = exceptions + (<usize>manyDistances << 3);
  if (manyDistances > few || countException > end) return -1;
  let manyCounts: u32 = 0;
  let largeDistances: u32 = 0;
  let largeCounts: u32 = 0;
  let all: u64 = 0;
  let bits: u64 = 0;
  let sum: i64 = 0;
  let number = first << <i64>shift;
  let joined: i64 = i64.MAX_VALUE; // of no cell but one of NaN
  let inJoined: i64 = 0;
  let out = starts - 8;
  let outCounts = counts - 8;
  for (let k: u32 = 0; k < length; k++, distances += sizeof<D>(), values += sizeof<C>()) {
    let distance = <u64>load<D>(distances);
    if (distance == widestDistance) {
      distance = load<u64>(exceptions);
      exceptions += 8;
      if (distance < widestDistance || distance > most) return -1;
    }
    let count = <u64>load<C>(values);
    if (count == widestCount) {
      if (countException >= end) return -1;
      count = load<u64>(countException);
      countException += 8;
      manyCounts++;
      if (count < widestCount) return -1;
    }
    if (count - 1 >= 9007199254740992) return -1;
    const steps = distance + u64(k > 0);
    bits |= steps;
    all += steps;
    if (all > most) return -1;
    if (sizeof<D>() > 1) largeDistances += u32(distance >= 255);
    if (sizeof<C>() > 1) largeCounts += u32(count >= 255);
    number += <i64>(steps * stride);
    const key = (number - (negative & (number >>> 63))) & mask;
    // Without a branch, which nobody could predict.
    const next = usize(key != joined);
    inJoined = <i64>count + (inJoined & (<i64>next - 1));
    out += next << 3;
    outCounts += next << 3;
    joined = key;
    sum += <i64>count;
    store<f64>(out, valueOf(key < lowest ? lowest : key));
    store<f64>(outCounts, <f64>inJoined);
  }
  store<f64>(total, <f64>sum);
  const narrow = (sizeof<D>() > 1 && largeDistances <= few) || (sizeof<C>() > 1 && largeCounts <= few);
  if (narrow || manyCounts > few || countException != end) return -1;
  if (length < 2 ? step != 0 : (bits & 1) == 0) return -1; // there is a larger step
  return <i32>((out - starts) >>> 3) + 1;
}

/** Reads numbers of a width as u64; returns the end of their exceptions, 0 where they are not what `pack` writes. */
function unpack(from: usize, length: u32, width: u32, exceptions: usize, end: usize, out: usize): usize {
  return width == 0
    ? unpackAs<u8>(from, length, 0, exceptions, end, out)
    : width == 1
      ? unpackAs<u16>(from, length, 255, exceptions, end, out)
      : width == 2
        ? unpackAs<u32>(from, length, 65535, exceptions, end, out)
        : unpackAs<u64>(from, length, 4294967295, exceptions, end, out);
}

/** @param half the largest number of half the width, with which there would be too many exceptions */
// @ts-ignore: decorator
@inline
function unpackAs<T extends number>(
  from: usize,
  length: u32,
  half: u64,
  exceptions: usize,
  end: usize,
  out: usize,
): usize {
  const largest = u64.MAX_VALUE >> (64 - (<u64>sizeof<T>() << 3));
  let many: u32 = 0;
  let large: u32 = 0;
  for (let k: u32 = 0; k < length; k++, from += sizeof<T>(), out += 8) {
    let value = <u64>load<T>(from);
    if (sizeof<T>() < 8 && value == largest) {
      if (exceptions + 8 > end) return 0;
      value = load<u64>(exceptions);
      exceptions += 8;
      many++;
      if (value < largest) return 0;
    }
    large += u32(value >= half);
    store<u64>(out, value);
  }
  const few = fewOf(length);
  return many > few || (half > 0 && large <= few) ? 0 : exceptions;
}
