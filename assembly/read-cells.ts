// Reading the cells that write-cells.ts wrote, or anything else that claims to be such cells.

import { joinCells, placeCells } from "./known-cells";
import { cellOf, fewOf, largestOf } from "./write-cells";

/**
 * Reads `length` cells of a shift, the first of which is `first`, from exactly `byteLength` bytes, and joins them to cells
 * of the shift `to`, which is not smaller, as f64; `total` (f64) receives the sum of the counts. Returns the number of joined
 * cells, or -1 where the bytes are not what `writeCells` writes: cells of numbers, counts from 1 to 2^53. `starts` and
 * `counts` have room for `length` f64.
 *
 * With an `index` of `knownCells` cells of the shift `to` (`indexCells`; 0: none) `known` receives what is to be added to
 * the count of each of these (f64), and only the other cells are written and returned.
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
  index: usize,
  known: usize,
  knownCells: u32,
): i32 {
  memory.fill(known, 0, <usize>knownCells << 3);
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
  const plain = bytes + 8;
  const good =
    distanceWidth < 2 && countWidth < 2
      ? distanceWidth == 0
        ? countWidth == 0
          ? readPlain<u8, u8>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total)
          : readPlain<u8, u16>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total)
        : countWidth == 0
          ? readPlain<u16, u8>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total)
          : readPlain<u16, u16>(plain, countsAt, exceptions, end, step, first, shift, to, length, starts, counts, total)
      : readWide(
          plain,
          countsAt,
          exceptions,
          end,
          step,
          distanceWidth,
          countWidth,
          first,
          shift,
          to,
          length,
          starts,
          counts,
          total,
        );
  if (!good) return -1;
  return index ? placeCells(starts, counts, length, to, index, known) : joinCells(starts, counts, length, to);
}

/** Puts the numbers of cells at the shift `to` (i64) to `starts` and their counts (f64) to `counts`; whether all is well. */
function readWide(
  distances: usize,
  values: usize,
  exceptions: usize,
  end: usize,
  step: u64,
  distanceWidth: u32,
  countWidth: u32,
  first: i64,
  shift: i32,
  to: i32,
  length: u32,
  starts: usize,
  counts: usize,
  total: usize,
): bool {
  let rest = unpack(distances, length, distanceWidth, exceptions, end, starts);
  if (rest) rest = unpack(values, length, countWidth, rest, end, counts);
  if (rest != end || (length > 0 && load<u64>(starts) != 0)) return false;
  const highest = cellOf(Infinity, <i64>shift);
  const negative = <i64>(shift == 0); // what numbers of cells below 0 lack
  const further = <i64>(to - shift);
  let cell = first;
  let even: u64 = 0;
  let sum: i64 = 0;
  for (let k: u32 = 0; k < length; k++, starts += 8, counts += 8) {
    if (k > 0) {
      const distance = load<u64>(starts);
      if (distance >= <u64>(highest - cell) >> step) return false;
      even |= distance + 1;
      cell += <i64>((distance + 1) << step);
    }
    const count = load<u64>(counts);
    if (count - 1 >= 9007199254740992) return false;
    sum += <i64>count;
    store<i64>(starts, (cell - (negative & (cell >>> 63))) >> further);
    store<f64>(counts, <f64>count);
  }
  store<f64>(total, <f64>sum);
  return length < 2 ? step == 0 : (even & 1) == 1; // else there is a larger step
}

/** The same where numbers are narrow, as those of most cells are: what they have to be is seen of many at once. */
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
): bool {
  store<f64>(total, 0);
  if (length == 0) return sizeof<D>() + sizeof<C>() == 2 && step == 0 && exceptions == end;
  if (load<D>(distances) != 0) return false;
  const few = fewOf(length);
  const widestDistance = <u64>largestOf(sizeof<D>() >> 1);
  const widestCount = <u64>largestOf(sizeof<C>() >> 1);
  const most = <u64>(cellOf(Infinity, <i64>shift) - first) >> step;
  const manyDistances = atLeast<D>(distances, values, <u32>widestDistance);
  const manyCounts = atLeast<C>(values, exceptions, <u32>widestCount);
  const valuesEnd = exceptions;
  let countException = exceptions + (<usize>manyDistances << 3);
  if (manyDistances > few || manyCounts > few || countException + (<usize>manyCounts << 3) != end) return false;
  if (sizeof<D>() > 1 && atLeast<D>(distances, values, 255) <= few) return false;
  if (sizeof<C>() > 1 && atLeast<C>(values, exceptions, 255) <= few) return false;
  if (atLeast<C>(values, exceptions, 1) != length) return false;
  // All distances from one cell to the next, less 1, are odd only where a larger step divides them.
  let even = u64(anyEven<D>(distances + sizeof<D>(), values));
  let far: u64 = 0;
  for (let at = exceptions; at < countException; at += 8) {
    const distance = load<u64>(at);
    if (distance < widestDistance || distance > most - far) return false;
    far += distance;
    even |= ~distance & 1;
  }
  for (let at = countException; at < end; at += 8) {
    const count = load<u64>(at);
    if (count < widestCount || count > 9007199254740992) return false;
  }
  if (length < 2 ? step != 0 : even == 0) return false;
  // Numbers of cells times 2^shift, and so of steps: a multiplication takes less time than a shift.
  const stride = step + <u64>shift < 64 ? <u64>1 << (step + <u64>shift) : 0;
  const negative = <i64>(shift == 0);
  const lowest = first << <i64>shift;
  const by = <i64>to;
  let all = ~(<u64>0); // the first has no step before it
  for (; distances < values; distances += sizeof<D>(), starts += 8) {
    let distance = <u64>load<D>(distances);
    if (distance == widestDistance) {
      distance = load<u64>(exceptions);
      exceptions += 8;
    }
    all += distance + 1;
    const number = lowest + <i64>(all * stride);
    store<i64>(starts, (number - (negative & (number >>> 63))) >> by);
  }
  let sum: i64 = 0;
  if (sizeof<C>() == 1 && manyCounts == 0) {
    let sums = i32x4.splat(0);
    for (const stop = values + <usize>(length & ~3); values < stop; values += 4, counts += 32) {
      const four = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(values)));
      sums = i32x4.add(sums, four);
      v128.store(counts, f64x2.convert_low_i32x4_u(four));
      v128.store(counts, f64x2.convert_low_i32x4_u(v128.shuffle<i32>(four, four, 2, 3, 2, 3)), 16);
    }
    sum += <i64>i32x4.extract_lane(sums, 0) + <i64>i32x4.extract_lane(sums, 1);
    sum += <i64>i32x4.extract_lane(sums, 2) + <i64>i32x4.extract_lane(sums, 3);
  }
  for (const stop = valuesEnd; values < stop; values += sizeof<C>(), counts += 8) {
    let count = <i64>load<C>(values);
    if (count == <i64>widestCount) {
      count = load<i64>(countException);
      countException += 8;
    }
    sum += count;
    store<f64>(counts, <f64>count);
  }
  store<f64>(total, <f64>sum);
  return all <= most;
}

/** How many numbers are at least so large, which is above 0. */
// @ts-ignore: decorator
@inline
function atLeast<T extends number>(from: usize, end: usize, least: u32): u32 {
  let many: u32 = 0;
  if (sizeof<T>() == 1) {
    for (const some = i8x16.splat(<i8>least); from + 16 <= end; from += 16) {
      many += popcnt(i8x16.bitmask(i8x16.ge_u(v128.load(from), some)));
    }
  } else {
    for (const some = i16x8.splat(<i16>least); from + 16 <= end; from += 16) {
      many += popcnt(i16x8.bitmask(i16x8.ge_u(v128.load(from), some)));
    }
  }
  for (; from < end; from += sizeof<T>()) many += u32(<u32>load<T>(from) >= least);
  return many;
}

// @ts-ignore: decorator
@inline
function anyEven<T extends number>(from: usize, end: usize): bool {
  for (; from < end; from += sizeof<T>()) if ((<u32>load<T>(from) & 1) == 0) return true;
  return false;
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
