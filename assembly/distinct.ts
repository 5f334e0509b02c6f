// Registers of HyperLogLog [1]: the last `precision` bits of a 64-bit hash choose one of the u8 registers, which keeps the
// largest place of the first set bit among the others, from 1 on. Numbers are hashed by the finaliser of SplitMix64 [2],
// a bijection, and texts by XXH64 [3] of their bytes.
//
// [1] Flajolet et al.: HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm (2007)
// [2] Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014; constants of Stafford's mix 13
// [3] Collet: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md

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
    register(registers, mask, hashOf(texts + from, load<u32>(offsets, 4) - from));
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

// @ts-ignore: decorator
@inline
function mixed(bits: u64): u64 {
  let x = bits + 0x9e3779b97f4a7c15;
  x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >>> 27)) * 0x94d049bb133111eb;
  return x ^ (x >>> 31);
}

const prime1: u64 = 0x9e3779b185ebca87;
const prime2: u64 = 0xc2b2ae3d27d4eb4f;
const prime3: u64 = 0x165667b19e3779f9;
const prime4: u64 = 0x85ebca77c2b2ae63;
const prime5: u64 = 0x27d4eb2f165667c5;

// @ts-ignore: decorator
@inline
function round(lane: u64, word: u64): u64 {
  return rotl<u64>(lane + word * prime2, 31) * prime1;
}

// @ts-ignore: decorator
@inline
function joined(hash: u64, lane: u64): u64 {
  return (hash ^ round(0, lane)) * prime1 + prime4;
}

/** XXH64 of `bytes` bytes, seed 0. */
export function hashOf(at: usize, bytes: u32): u64 {
  const end = at + bytes;
  let hash: u64 = prime5;
  if (bytes >= 32) {
    let a: u64 = prime1 + prime2;
    let b: u64 = prime2;
    let c: u64 = 0;
    let d: u64 = 0 - prime1;
    for (; at + 32 <= end; at += 32) {
      a = round(a, load<u64>(at));
      b = round(b, load<u64>(at, 8));
      c = round(c, load<u64>(at, 16));
      d = round(d, load<u64>(at, 24));
    }
    hash = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    hash = joined(joined(joined(joined(hash, a), b), c), d);
  }
  hash += bytes;
  for (; at + 8 <= end; at += 8) hash = rotl<u64>(hash ^ round(0, load<u64>(at)), 27) * prime1 + prime4;
  if (at + 4 <= end) {
    hash = rotl<u64>(hash ^ (<u64>load<u32>(at) * prime1), 23) * prime2 + prime3;
    at += 4;
  }
  for (; at < end; at++) hash = rotl<u64>(hash ^ (<u64>load<u8>(at) * prime5), 11) * prime1;
  hash = (hash ^ (hash >>> 33)) * prime2;
  hash = (hash ^ (hash >>> 29)) * prime3;
  return hash ^ (hash >>> 32);
}
