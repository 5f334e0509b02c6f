// A hash of 64 bits for each row's value; from these the hashes of rows over many columns, and of a column.
//
// Values that are equal have equal hashes, however they are stored: numbers by the bits of the double that they are (-0 is
// 0, every NaN is one), 64-bit integers that no double is by their own bits and their sign, points in time by their
// nanoseconds modulo 2^64, texts by XXH64 of their bytes, missing values by a word of their own. Words of
// numbers go through half of a bijection that spreads every bit (mix.ts), whose other half follows where hashes are used.
//
// The hash of a row is the sum over its columns of (h + seed) · factor, folded once more; seed and factor are the
// column's own. A sum depends on no order, so columns can be added by whoever comes first. Without a factor of the column
// the upper half of the sum would be the same after two columns have swapped values.
//
// `mask` is a bitmap whose bit 0 belongs to the first row, or 0 when none is null; `out` has a word for each row.

import { mixed } from "./mix";
import { xxh64 } from "./xxh64";

const missing: u64 = 0x243f6a8885a308d3; // the fraction of pi
const nan: u64 = 0x7ff8000000000000;
const beyondDoubles: u64 = 0x452821e638d01377; // further bits of pi
const belowDoubles: u64 = 0xbe5466cf34e90c6c;
/** All integers up to here are doubles. */
const mostExact: i64 = 0x20000000000000;
// Odd words of XXH64.
const prime1: u64 = 0x9e3779b185ebca87;
const prime2: u64 = 0xc2b2ae3d27d4eb4f;
const factor0: u64 = 0xbf58476d1ce4e5b9; // of `mixed`

// @ts-ignore: decorator
@inline
function isNull(mask: usize, row: i32): bool {
  return mask != 0 && ((load<u8>(mask + (row >>> 3)) >> <u8>(row & 7)) & 1) == 0;
}

/** Half of `mixed`: the other half of the work is done where hashes are added up and folded. */
// @ts-ignore: decorator
@inline
function spread(bits: u64): u64 {
  const x = (bits ^ (bits >>> 32)) * factor0;
  return x ^ (x >>> 29);
}

// @ts-ignore: decorator
@inline
function hashOfDouble(x: f64): u64 {
  return spread(x == x ? reinterpret<u64>(x + 0) : nan);
}

/** Doubles row by row; what stands in null rows does not matter. */
export function hashDoubles(values: usize, mask: usize, length: i32, out: usize): void {
  if (!mask) {
    const end = values + (<usize>length << 3);
    for (const two = end - 8; values < two; values += 16, out += 16) {
      const x = f64x2.add(v128.load(values), f64x2.splat(0));
      const bits = v128.bitselect(x, i64x2.splat(nan), f64x2.eq(x, x));
      const half = i64x2.mul(v128.xor(bits, i64x2.shr_u(bits, 32)), i64x2.splat(factor0));
      v128.store(out, v128.xor(half, i64x2.shr_u(half, 29)));
    }
    if (values < end) store<u64>(out, hashOfDouble(load<f64>(values)));
    return;
  }
  for (let row = 0; row < length; row++, values += 8, out += 8) {
    store<u64>(out, isNull(mask, row) ? missing : hashOfDouble(load<f64>(values)));
  }
}

/** Of an integer beyond ±2^53: as a double where it is one. */
function hashOfLarge(magnitude: u64, negative: bool): u64 {
  // A double holds 53 bits in a row.
  if (64 - clz(magnitude) - ctz(magnitude) > 53) return spread(magnitude + (negative ? belowDoubles : beyondDoubles));
  const x = <f64>magnitude;
  return spread(reinterpret<u64>(negative ? -x : x));
}

export function hashI64(values: usize, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, values += 8, out += 8) {
    const value = load<i64>(values);
    let hash: u64;
    if (value >= -mostExact && value <= mostExact) hash = spread(reinterpret<u64>(<f64>value));
    else hash = hashOfLarge(value < 0 ? 0 - <u64>value : <u64>value, value < 0);
    store<u64>(out, isNull(mask, row) ? missing : hash);
  }
}

export function hashU64(values: usize, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, values += 8, out += 8) {
    const value = load<u64>(values);
    const hash = value <= <u64>mostExact ? spread(reinterpret<u64>(<f64>value)) : hashOfLarge(value, false);
    store<u64>(out, isNull(mask, row) ? missing : hash);
  }
}

/** Counts of a unit of `nanoseconds`. */
export function hashTimes32(values: usize, nanoseconds: u64, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, values += 4, out += 8) {
    const hash = spread(<u64>(<i64>load<i32>(values)) * nanoseconds);
    store<u64>(out, isNull(mask, row) ? missing : hash);
  }
}

export function hashTimes64(values: usize, nanoseconds: u64, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, values += 8, out += 8) {
    store<u64>(out, isNull(mask, row) ? missing : spread(load<u64>(values) * nanoseconds));
  }
}

/**
 * Adds the digits of decimals to the hashes, at `out`, of the doubles nearest to them, where a double may not hold them: of
 * integers beyond ±2^53, of `words` words each.
 */
export function hashDecimals(values: usize, words: i32, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, values += <usize>words << 3, out += 8) {
    if (isNull(mask, row)) continue;
    const low = load<i64>(values);
    let fits = low >= -mostExact && low <= mostExact;
    for (let k = 1; k < words; k++) fits = fits && load<i64>(values + (<usize>k << 3)) == low >> 63;
    if (fits) continue;
    let hash = load<u64>(out);
    for (let k = 0; k < words; k++) hash = mixed(hash ^ load<u64>(values + (<usize>k << 3)));
    store<u64>(out, hash);
  }
}

/** Texts: row i lies at `texts` from offsets[i] - `base` up to offsets[i + 1] - `base`. */
export function hashTextsI32(offsets: usize, base: i32, texts: usize, mask: usize, length: i32, out: usize): void {
  hashTexts<i32>(offsets, base, texts, mask, length, out);
}

export function hashTextsI64(offsets: usize, base: i64, texts: usize, mask: usize, length: i32, out: usize): void {
  hashTexts<i64>(offsets, base, texts, mask, length, out);
}

// @ts-ignore: decorator
@inline
function hashTexts<T>(offsets: usize, base: T, texts: usize, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, offsets += sizeof<T>(), out += 8) {
    const from = load<T>(offsets);
    const bytes = <u32>(load<T>(offsets, sizeof<T>()) - from);
    store<u64>(out, isNull(mask, row) ? missing : xxh64(texts + <usize>(from - base), bytes));
  }
}

/** Utf8View, as `countViews` reads it. */
export function hashViews(views: usize, bases: usize, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, views += 16, out += 8) {
    if (isNull(mask, row)) {
      store<u64>(out, missing);
      continue;
    }
    const bytes = load<u32>(views);
    const at = bytes <= 12 ? views + 4 : <usize>load<u32>(bases + (<usize>load<u32>(views, 8) << 2)) + load<u32>(views, 12);
    store<u64>(out, xxh64(at, bytes));
  }
}

/** Codes of dictionaries whose texts have the hashes at `table`; those of null rows are not looked at. */
export function hashCodes8(codes: usize, table: usize, mask: usize, length: i32, out: usize): void {
  hashCodes<u8>(codes, table, mask, length, out);
}

export function hashCodes16(codes: usize, table: usize, mask: usize, length: i32, out: usize): void {
  hashCodes<u16>(codes, table, mask, length, out);
}

export function hashCodes32(codes: usize, table: usize, mask: usize, length: i32, out: usize): void {
  hashCodes<u32>(codes, table, mask, length, out);
}

export function hashCodes64(codes: usize, table: usize, mask: usize, length: i32, out: usize): void {
  hashCodes<u64>(codes, table, mask, length, out);
}

// @ts-ignore: decorator
@inline
function hashCodes<T>(codes: usize, table: usize, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, codes += sizeof<T>(), out += 8) {
    store<u64>(out, isNull(mask, row) ? missing : load<u64>(table + (<usize>load<T>(codes) << 3)));
  }
}

/** Vectors of `dimension` words, which are the hashes of their components. */
export function hashVectors(components: usize, dimension: i32, mask: usize, length: i32, out: usize): void {
  for (let row = 0; row < length; row++, components += <usize>dimension << 3, out += 8) {
    store<u64>(out, isNull(mask, row) ? missing : xxh64(components, <u32>dimension << 3));
  }
}

/** The hash of a row without a value. */
export function missingHash(): u64 {
  return missing;
}

// @ts-ignore: decorator
@inline
function addTwo(rows: usize, hashes: v128, seeds: v128, factors: v128): void {
  const hash = i64x2.mul(i64x2.add(hashes, seeds), factors);
  v128.store(rows, i64x2.add(v128.load(rows), v128.xor(hash, i64x2.shr_u(hash, 32))));
}

/**
 * One word of the hashes of `length` rows in their order. At `rows`, unless it is 0, the column is added to the hashes of
 * rows meanwhile, while the folding waits for its multiplications; `factor` is odd.
 */
export function foldHashes(hashes: usize, length: i32, rows: usize, seed: u64, factor: u64): u64 {
  const seeds = i64x2.splat(seed);
  const factors = i64x2.splat(factor);
  let a = prime1;
  let b = prime2;
  let c: u64 = 0;
  let d: u64 = 0 - prime1;
  let at = hashes;
  for (const end = hashes + (<usize>(length & ~3) << 3); at < end; at += 32) {
    a = rotl<u64>(a + load<u64>(at), 31) * prime1;
    b = rotl<u64>(b + load<u64>(at, 8), 31) * prime1;
    c = rotl<u64>(c + load<u64>(at, 16), 31) * prime1;
    d = rotl<u64>(d + load<u64>(at, 24), 31) * prime1;
    if (rows) {
      addTwo(rows, v128.load(at), seeds, factors);
      addTwo(rows + 16, v128.load(at, 16), seeds, factors);
      rows += 32;
    }
  }
  for (const end = hashes + (<usize>length << 3); at < end; at += 8) {
    a = rotl<u64>(a + load<u64>(at), 31) * prime1;
    if (rows) {
      const hash = (load<u64>(at) + seed) * factor;
      store<u64>(rows, load<u64>(rows) + (hash ^ (hash >>> 32)));
      rows += 8;
    }
  }
  let hash = mixed(a ^ <u64>length);
  hash = mixed(hash ^ b);
  hash = mixed(hash ^ c);
  return mixed(hash ^ d);
}
