// Looking few values up among many that are in order. What is read of those is where each cell of a grid begins, and of
// each value its fraction: how far it lies inside its cell, in 16 bits. That is a quarter of the bytes, and eight
// fractions are compared at once. Which of two values with one fraction is the larger only the values themselves tell.
//
// A fraction never falls where the value grows, and depends on the value and its cell alone.

import { Key, Scale } from "./grid";

/** Fractions (u16) of `length` f64 that are not NaN, by the scale of the grid that gave the `index` of their cells. */
export function fractionsByScale(values: usize, index: usize, length: u32, low: f64, scale: f64, out: usize): void {
  // Cells are rounded to, about this.
  const about = 4503599627370496.0 - Scale.offset(low, scale) - 0.5;
  const vAbout = f64x2.splat(about);
  const vScale = f64x2.splat(scale);
  const units = f64x2.splat(65536);
  const end = values + (<usize>(length & ~1) << 3);
  for (; values < end; values += 16, index += 4, out += 4) {
    const cell = f64x2.convert_low_i32x4_u(i32x4.extend_low_i16x8_u(v128.load32_zero(index)));
    const inside = f64x2.sub(f64x2.sub(f64x2.mul(v128.load(values), vScale), vAbout), cell);
    const whole = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(inside, units));
    v128.store32_lane(out, i16x8.narrow_i32x4_u(whole, whole), 0);
  }
  if (length & 1) {
    const inside = load<f64>(values) * scale - about - <f64>load<u16>(index);
    store<u16>(out, <u16>min(max(inside * 65536, 0), 65535));
  }
}

/** The same by key. */
export function fractionsByKey(values: usize, index: usize, length: u32, low: i64, shift: i32, out: usize): void {
  const end = values + (<usize>length << 3);
  for (; values < end; values += 8, index += 2, out += 2) {
    const key = Key.from(load<f64>(values));
    const first = low + (<i64>load<u16>(index) << shift);
    const most = (<u64>1 << shift) - 1;
    const inside = key <= first ? 0 : min(<u64>(key - first), most);
    store<u16>(out, <u16>(shift > 16 ? inside >> (shift - 16) : inside));
  }
}

/**
 * Writes for each of `length` values how many of those in order are below it or have a smaller fraction, then for each
 * how many are that or have its own. Where some have its own its number goes to `doubtful` (u32).
 *
 * @param index, own  cell (u16) and fraction (u16) of each value
 * @param starts  u32 number of ordered values below each cell, and of all
 * @param fractions  of those in order; 32 bytes more can be read
 * @param places  u32, two for each value
 * @returns how many numbers went to `doubtful`
 */
export function placesOf(
  index: usize,
  own: usize,
  length: u32,
  starts: usize,
  fractions: usize,
  places: usize,
  doubtful: usize,
): u32 {
  const upTo = <usize>length << 2;
  let to = doubtful;
  for (let k: u32 = 0; k < length; k++, index += 2, own += 2, places += 4) {
    const cell = starts + (<usize>load<u16>(index) << 2);
    const fraction = load<u16>(own);
    const last = load<u32>(cell, 4);
    let below = load<u32>(cell);
    const size = last - below;
    let equal: u32;
    if (size <= 16) {
      // Without a branch: how many there are cannot be predicted.
      const all = i16x8.splat(fraction);
      const first = v128.load(fractions + (<usize>below << 1));
      const second = v128.load(fractions + (<usize>below << 1), 16);
      const inCell = (1 << size) - 1;
      const less = i8x16.narrow_i16x8_s(i16x8.lt_u(first, all), i16x8.lt_u(second, all));
      const same = i8x16.narrow_i16x8_s(i16x8.eq(first, all), i16x8.eq(second, all));
      below += popcnt<u32>(i8x16.bitmask(less) & inCell);
      equal = popcnt<u32>(i8x16.bitmask(same) & inCell);
    } else {
      below = firstFrom(fractions, below, last, fraction);
      equal = fraction == 65535 ? last - below : firstFrom(fractions, below, last, fraction + 1) - below;
    }
    store<u32>(places, below);
    store<u32>(places + upTo, below + equal);
    store<u32>(to, k);
    to += <usize>(equal != 0) << 2;
  }
  return <u32>((to - doubtful) >>> 2);
}

/** Place of the first fraction from a limit on. */
function firstFrom(fractions: usize, from: u32, to: u32, limit: u32): u32 {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (load<u16>(fractions + (<usize>middle << 1)) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Counts `length` values in order (none NaN) into bins; a value is in the bin after the last edge that is not above it. */
export function countBetween(values: usize, length: u32, edges: usize, edgeCount: u32, counts: usize): void {
  let before: u32 = 0;
  for (let k: u32 = 0; k < edgeCount; k++, edges += 8, counts += 4) {
    const edge = load<f64>(edges);
    // A selection, not a branch: it could not be predicted.
    let place = values + (<usize>before << 3);
    let size = length - before;
    while (size > 0) {
      const half = size >> 1;
      const middle = place + (<usize>half << 3);
      const isBelow = load<f64>(middle) < edge;
      place = isBelow ? middle + 8 : place;
      size = isBelow ? size - half - 1 : half;
    }
    const below = <u32>((place - values) >>> 3);
    store<u32>(counts, below - before);
    before = below;
  }
  store<u32>(counts, length - before);
}
