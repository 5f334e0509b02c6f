// Reading the cells that write-cells.ts wrote, or anything else that claims to be such cells.

import { Key } from "./grid";
import { startOf } from "./key-cells";
import { valueOf } from "./steps";
import { cellOf, fewOf, largestOf } from "./write-cells";

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
  let none: u32 = 0;
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
      if (distance < widestDistance || distance > most || all > most) return -1;
    }
    let count = <u64>load<C>(values);
    if (count == widestCount) {
      if (countException >= end) return -1;
      count = load<u64>(countException);
      countException += 8;
      manyCounts++;
      if (count < widestCount || count > 9007199254740992) return -1;
    }
    const steps = distance + u64(k > 0);
    bits |= steps;
    all += steps;
    none |= u32(count == 0);
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
  if (narrow || manyCounts > few || countException != end || all > most || none) return -1;
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
