// Any Arrow fixed-width type, with its validity bitmap, becomes dense f64 (or i64) values without the missing rows, so
// that every kernel after this one is a tight loop over one type. Validity is looked up 64 rows at a time: where all are
// present they convert two or more at once, and where some are missing the output advances by bits, without a branch.
//
// `mask` is a bitmap whose bit 0 belongs to the first value (`alignMask` makes one), or 0 when all rows are present.
// The functions return how many values they wrote; `out` has room for `length`.
//
// Layouts: Arrow columnar format, https://arrow.apache.org/docs/format/Columnar.html

/** Copies `length` bits that begin at bit `offset` of `bits` to `out`, moved to bit 0; bits past the end are 0. */
export function alignMask(bits: usize, offset: i32, length: i32, out: usize): void {
  const source = bits + (offset >>> 3);
  const shift = offset & 7;
  const last = (shift + length - 1) >>> 3; // last source byte that may be read
  const bytes = (length + 7) >>> 3;
  let i = 0;
  for (; i + 8 < bytes; i += 8) {
    let eight = load<u64>(source + i) >> shift;
    if (shift) eight |= <u64>load<u8>(source + i, 8) << (64 - shift);
    store<u64>(out + i, eight);
  }
  for (; i < bytes; i++) {
    let byte = <u32>load<u8>(source + i) >> shift;
    if (shift && i < last) byte |= <u32>load<u8>(source + i, 1) << (8 - shift);
    store<u8>(out + i, byte);
  }
  const rest = <u8>(length & 7);
  if (rest) store<u8>(out + bytes - 1, load<u8>(out + bytes - 1) & (<u8>0xff >> (8 - rest)));
}

/** Ands two aligned masks of `length` bits into the first; returns the number of bits set in the second alone. */
export function andMask(mask: usize, other: usize, length: i32): i32 {
  let selected = 0;
  const end = mask + ((length + 7) >>> 3);
  for (; mask + 8 <= end; mask += 8, other += 8) {
    const bits = load<u64>(other);
    selected += <i32>popcnt(bits);
    store<u64>(mask, load<u64>(mask) & bits);
  }
  for (; mask < end; mask++, other++) {
    const bits = load<u8>(other);
    selected += popcnt<i32>(bits);
    store<u8>(mask, load<u8>(mask) & bits);
  }
  return selected;
}

// @ts-ignore: decorator
@inline
function gather<T>(values: usize, mask: usize, length: i32, out: usize): i32 {
  let to = out;
  let row = 0;
  if (!mask) {
    for (; row < (length & ~7); row += 8, to += 64) convert8<T>(values + <usize>row * sizeof<T>(), to);
    for (; row < length; row++, to += 8) store<f64>(to, <f64>load<T>(values + <usize>row * sizeof<T>()));
    return length;
  }
  while (row < length) {
    const from = values + <usize>row * sizeof<T>();
    if (row + 64 <= length && load<u64>(mask + (row >>> 3)) == u64.MAX_VALUE) {
      for (let k: usize = 0; k < 64; k += 8) convert8<T>(from + k * sizeof<T>(), to + (k << 3));
      row += 64;
      to += 512;
    } else if (row + 64 < length) {
      for (let k: usize = 0; k < 64; k += 8) {
        to += compact8<T>(from + k * sizeof<T>(), load<u8>(mask + (row >>> 3) + (k >>> 3)), to);
      }
      row += 64;
    } else {
      store<f64>(to, <f64>load<T>(from));
      to += present(mask, row++);
    }
  }
  return <i32>((to - out) >>> 3);
}

/**
 * Of eight values those whose bits are set; returns their bytes. Two at a time are read from the first that is there or
 * from the second, so that one behind the eight may be read, and written where what comes next begins.
 */
// @ts-ignore: decorator
@inline
function compact8<T>(from: usize, bits: u32, to: usize): usize {
  if (sizeof<T>() < 4 || (isInteger<T>() && sizeof<T>() == 8)) {
    let end = to;
    for (let k: u32 = 0; k < 8; k++) {
      store<f64>(end, <f64>load<T>(from + <usize>k * sizeof<T>()));
      end += <usize>((bits >>> k) & 1) << 3;
    }
    return end - to;
  }
  const gone = <usize>~bits;
  v128.store(to, pair<T>(from + skipped<T>(gone, 0)));
  v128.store(to + (<usize>popcnt(bits & 3) << 3), pair<T>(from + skipped<T>(gone, 2) + 2 * sizeof<T>()));
  v128.store(to + (<usize>popcnt(bits & 15) << 3), pair<T>(from + skipped<T>(gone, 4) + 4 * sizeof<T>()));
  v128.store(to + (<usize>popcnt(bits & 63) << 3), pair<T>(from + skipped<T>(gone, 6) + 6 * sizeof<T>()));
  return <usize>popcnt(bits) << 3;
}

/** Bytes of a value if bit k is set. */
// @ts-ignore: decorator
@inline
function skipped<T>(gone: usize, k: usize): usize {
  const log = alignof<T>();
  return (k <= log ? gone << (log - k) : gone >>> (k - log)) & sizeof<T>();
}

/** Two values that follow one another, of four or eight bytes each. */
// @ts-ignore: decorator
@inline
function pair<T>(from: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(from);
  if (isFloat<T>()) return f64x2.promote_low_f32x4(v128.load64_zero(from));
  return convertLow<T>(v128.load64_zero(from));
}

/** Eight values that follow one another. */
// @ts-ignore: decorator
@inline
function convert8<T>(from: usize, to: usize): void {
  if (isFloat<T>() || sizeof<T>() == 4) {
    v128.store(to, pair<T>(from));
    v128.store(to, pair<T>(from + 2 * sizeof<T>()), 16);
    v128.store(to, pair<T>(from + 4 * sizeof<T>()), 32);
    v128.store(to, pair<T>(from + 6 * sizeof<T>()), 48);
  } else if (sizeof<T>() == 2) {
    convert4<T>(v128.load_ext<T>(from), to);
    convert4<T>(v128.load_ext<T>(from, 8), to + 32);
  } else if (sizeof<T>() == 1) {
    const eight = v128.load_ext<T>(from);
    convert4<T>(isSigned<T>() ? i32x4.extend_low_i16x8_s(eight) : i32x4.extend_low_i16x8_u(eight), to);
    convert4<T>(isSigned<T>() ? i32x4.extend_high_i16x8_s(eight) : i32x4.extend_high_i16x8_u(eight), to + 32);
  } else {
    for (let k: usize = 0; k < 8; k++) store<f64>(to + (k << 3), <f64>load<T>(from + k * sizeof<T>()));
  }
}

/** Four 32-bit integers. */
// @ts-ignore: decorator
@inline
function convert4<T>(four: v128, to: usize): void {
  v128.store(to, convertLow<T>(four));
  v128.store(to, convertLow<T>(v128.shuffle<i64>(four, four, 1, 0)), 16);
}

// @ts-ignore: decorator
@inline
function convertLow<T>(four: v128): v128 {
  return isSigned<T>() ? f64x2.convert_low_i32x4_s(four) : f64x2.convert_low_i32x4_u(four);
}

export function gatherI8(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<i8>(values, mask, length, out);
}
export function gatherU8(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<u8>(values, mask, length, out);
}
export function gatherI16(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<i16>(values, mask, length, out);
}
export function gatherU16(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<u16>(values, mask, length, out);
}
export function gatherI32(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<i32>(values, mask, length, out);
}
export function gatherU32(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<u32>(values, mask, length, out);
}
export function gatherI64(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<i64>(values, mask, length, out);
}
export function gatherU64(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<u64>(values, mask, length, out);
}
export function gatherF32(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<f32>(values, mask, length, out);
}
export function gatherF64(values: usize, mask: usize, length: i32, out: usize): i32 {
  return gather<f64>(values, mask, length, out);
}

// @ts-ignore: decorator
@inline
function present(mask: usize, i: i32): usize {
  return mask ? <usize>((load<u8>(mask + (i >>> 3)) >> <u8>(i & 7)) & 1) << 3 : 8;
}

/** IEEE binary16. */
export function gatherF16(values: usize, mask: usize, length: i32, out: usize): i32 {
  let to = out;
  for (let i = 0; i < length; i++) {
    const half = <u32>load<u16>(values + (<usize>i << 1));
    const magnitude = half & 0x7fff;
    // Moving exponent and mantissa into a binary32 leaves a factor of 2^112, right for subnormals too.
    const bits = magnitude >= 0x7c00 ? 0x7f800000 | (magnitude << 13) : magnitude << 13;
    let x = <f64>reinterpret<f32>(bits);
    if (magnitude < 0x7c00) x *= 5192296858534827628530496329220096.0; // 2^112
    store<f64>(to, half & 0x8000 ? -x : x);
    to += present(mask, i);
  }
  return <i32>((to - out) >>> 3);
}

/** Arrow Bool: bit `offset` of `values` is row 0; false is 0 and true is 1. */
export function gatherBits(values: usize, offset: i32, mask: usize, length: i32, out: usize): i32 {
  let to = out;
  for (let i = 0; i < length; i++) {
    const bit = offset + i;
    store<f64>(to, <f64>((<u32>load<u8>(values + (bit >>> 3)) >> (bit & 7)) & 1));
    to += present(mask, i);
  }
  return <i32>((to - out) >>> 3);
}

/** Little-endian two's complement integers of `words` 64-bit words each (Decimal128, Decimal256), divided by `divisor`. */
export function gatherDecimal(values: usize, words: i32, divisor: f64, mask: usize, length: i32, out: usize): i32 {
  let to = out;
  for (let i = 0; i < length; i++) {
    const at = values + (<usize>(i * words) << 3);
    const negative = load<i64>(at + (<usize>(words - 1) << 3)) < 0;
    // Summed as magnitude and sign: two's complement would cancel a small negative number against 2^128.
    let carry = negative;
    let x: f64 = 0;
    let unit: f64 = 1;
    for (let k = 0; k < words; k++) {
      let word = load<u64>(at + (<usize>k << 3));
      if (negative) {
        word = ~word + u64(carry);
        carry = carry && word == 0;
      }
      x += <f64>word * unit;
      unit *= 18446744073709551616.0;
    }
    store<f64>(to, (negative ? -x : x) / divisor);
    to += present(mask, i);
  }
  return <i32>((to - out) >>> 3);
}

/** The same for integers of 32 bits. */
export function gatherDecimal32(values: usize, divisor: f64, mask: usize, length: i32, out: usize): i32 {
  const kept = gather<i32>(values, mask, length, out);
  for (let end = out + (<usize>kept << 3); out < end; out += 8) store<f64>(out, load<f64>(out) / divisor);
  return kept;
}

/** 64-bit integers as they are, in f64's place; with `flip` = 2^63 unsigned ones become signed keys of the same order. */
export function gatherKeys(values: usize, mask: usize, length: i32, flip: i64, out: usize): i32 {
  let to = out;
  for (let i = 0; i < length; i++) {
    store<i64>(to, load<i64>(values + (<usize>i << 3)) ^ flip);
    to += present(mask, i);
  }
  return <i32>((to - out) >>> 3);
}

/** Keys minus the key `origin`, as f64, in place: the difference is exact before it is rounded. */
export function keysFrom(keys: usize, length: i32, origin: i64): void {
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    store<f64>(keys, key >= origin ? <f64>(<u64>(key - origin)) : -<f64>(<u64>(origin - key)));
  }
}

/** Smallest and largest of `length` keys, folded into the two i64 at `out`. */
export function keyRange(keys: usize, length: i32, out: usize): void {
  let low = load<i64>(out);
  let high = load<i64>(out, 8);
  for (let end = keys + (<usize>length << 3); keys < end; keys += 8) {
    const key = load<i64>(keys);
    low = min(low, key);
    high = max(high, key);
  }
  store<i64>(out, low);
  store<i64>(out, high, 8);
}
