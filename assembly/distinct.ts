// Registers of HyperLogLog [1]: the last `precision` bits of a 64-bit hash choose one of the u8 registers, which keeps the
// largest place of the first set bit among the others, from 1 on. Numbers are hashed by `mixed`,
// a bijection, and texts by XXH64 [2] of their bytes.
//
// [1] Flajolet et al.: HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm (2007)
// [2] Collet: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md

import { mixed } from "./mix";
import { xxh64 } from "./xxh64";

/** Registers `length` f64. NaN is left out, -0 is 0; values equal to the one before cost next to nothing. */
export function registerF64(registers: usize, precision: u32, values: usize, length: u32): void {
  const mask = (<u64>1 << precision) - 1;
  let last: f64 = NaN;
  for (const end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    if (x == last || x != x) continue;
    last = x;
    register(registers, mask, mixed(reinterpret<u64>(x + 0)));
  }
}

/** Registers `length` texts: text i lies at `texts` from byte offsets[i] (u32) up to offsets[i + 1]. */
export function registerTexts(registers: usize, precision: u32, offsets: usize, length: u32, texts: usize): void {
  const mask = (<u64>1 << precision) - 1;
  for (const end = offsets + (<usize>length << 2); offsets < end; offsets += 4) {
    const from = load<u32>(offsets);
    register(registers, mask, xxh64(texts + from, load<u32>(offsets, 4) - from));
  }
}

/** Merges `length` registers of others into `registers`; a multiple of 16. */
export function mergeRegisters(registers: usize, others: usize, length: u32): void {
  for (const end = registers + length; registers < end; registers += 16, others += 16) {
    v128.store(registers, i8x16.max_u(v128.load(registers), v128.load(others)));
  }
}

/** How many of `length` registers, a multiple of 16, are above 0; -1 where one is above `most`. */
export function filledRegisters(registers: usize, length: u32, most: u32): i32 {
  let largest = i8x16.splat(0);
  let filled: i32 = 0;
  for (const end = registers + length; registers < end; registers += 16) {
    const some = v128.load(registers);
    largest = i8x16.max_u(largest, some);
    filled += popcnt(i8x16.bitmask(i8x16.ne(some, i8x16.splat(0))));
  }
  return v128.any_true(i8x16.gt_u(largest, i8x16.splat(<u8>most))) ? -1 : filled;
}

// @ts-ignore: decorator
@inline
function register(registers: usize, mask: u64, hash: u64): void {
  const at = registers + <usize>(hash & mask);
  // The bits of the number end the search.
  const place = <u32>clz<u64>(hash | mask) + 1;
  if (place > load<u8>(at)) store<u8>(at, place);
}
