// Texts as two words each. Up to 15 bytes they are the bytes themselves, zeros behind them and the length in the last
// byte: the words decide alone. Longer texts have a hash and their length, whose top bit is set, and their bytes must be
// compared as well: a hash alone never decides.
//
// The hash of up to 48 bytes is a sum of words times odd numbers (multiply-shift [1], of which the top bits are used),
// where words overlap rather than end; that costs the least there is and needs no loop. Texts that were chosen to share
// this hash would make a table slow, so tables watch how full their neighbourhoods get; a table with a secret uses
// SipHash-1-3 [2] instead, for which nobody can choose such texts.
//
// [1] Dietzfelbinger et al.: A reliable randomized algorithm for the closest-pair problem, J. Algorithms 25 (1997)
// [2] Aumasson, Bernstein: SipHash: a fast short-input PRF, Indocrypt 2012

/** Texts from this many bytes on are hashed. */
export const hashed: u32 = 16;

const long: u64 = 1 << 63;

/** For each number of bytes up to 15, which bits of the two words belong to the text. */
const bits: StaticArray<u64> = [
  0, 0, 0xff, 0, 0xffff, 0, 0xffffff, 0, 0xffffffff, 0, 0xffffffffff, 0, 0xffffffffffff, 0, 0xffffffffffffff, 0, -1, 0,
  -1, 0xff, -1, 0xffff, -1, 0xffffff, -1, 0xffffffff, -1, 0xffffffffff, -1, 0xffffffffffff, -1, 0xffffffffffffff,
];

/** The first word of a text of less than 16 bytes, behind which 16 are readable. */
// @ts-ignore: decorator
@inline
export function firstWord(at: usize, bytes: u32): u64 {
  return load<u64>(at) & load<u64>(changetype<usize>(bits) + (<usize>bytes << 4));
}

// @ts-ignore: decorator
@inline
export function secondWord(at: usize, bytes: u32): u64 {
  return (load<u64>(at, 8) & load<u64>(changetype<usize>(bits) + (<usize>bytes << 4), 8)) | (<u64>bytes << 56);
}

/** The second word of a text of at least 16 bytes; its first is the hash. */
// @ts-ignore: decorator
@inline
export function longWord(bytes: u32): u64 {
  return long | <u64>bytes;
}

// @ts-ignore: decorator
@inline
export function isLong(second: u64): bool {
  return <i64>second < 0;
}

// Digits of the golden ratio, of pi and of e; odd.
const c0: u64 = 0x9e3779b97f4a7c15;
const c1: u64 = 0xc2b2ae3d27d4eb4f;
const c2: u64 = 0x243f6a8885a308d3;
const c3: u64 = 0x13198a2e03707345;
const c4: u64 = 0xb7e151628aed2a6b;
const c5: u64 = 0xadf85458a2bb4a9b;

/** Hash of two words; its top bits are the good ones. */
// @ts-ignore: decorator
@inline
export function hashOfWords(first: u64, second: u64): u64 {
  return first * c0 + rotl<u64>(second, 32) * c1;
}

/** Where the words between the first and the last two are taken: nothing to decide, which texts of many lengths would cost. */
// @ts-ignore: decorator
@inline
function middleOf(bytes: u32): u32 {
  return min<u32>(max<u32>(bytes, 32) - 32, 16);
}

/** Hash of a text of 16 to 48 bytes; its top bits are the good ones. */
// @ts-ignore: decorator
@inline
export function hashOfText(at: usize, bytes: u32): u64 {
  const end = at + bytes - 16;
  const middle = at + middleOf(bytes);
  return (
    load<u64>(at) * c0 +
    rotl<u64>(load<u64>(at, 8), 32) * c1 +
    load<u64>(middle) * c2 +
    rotl<u64>(load<u64>(middle, 8), 32) * c3 +
    load<u64>(end) * c4 +
    rotl<u64>(load<u64>(end, 8), 32) * c5
  );
}

/** The same of a longer one. */
export function hashOfLong(at: usize, bytes: u32): u64 {
  let hash = hashOfText(at, bytes);
  for (const end = at + bytes - 16; at < end; at += 8) hash = (hash ^ (hash >>> 29) ^ load<u64>(at)) * c4;
  return hash;
}

/** SipHash-1-3 of two words and of the text behind them, whose last word overlaps the one before. */
export function secretHash(key0: u64, key1: u64, first: u64, second: u64, at: usize, bytes: u32): u64 {
  let v0 = key0 ^ 0x736f6d6570736575;
  let v1 = key1 ^ 0x646f72616e646f6d;
  let v2 = key0 ^ 0x6c7967656e657261;
  let v3 = key1 ^ 0x7465646279746573;
  const words: u32 = 2 + ((bytes + 7) >>> 3);
  for (let k: u32 = 0; k < words + 3; k++) {
    const word =
      k >= words ? 0 : k == 0 ? first : k == 1 ? second : load<u64>(at + min<u32>((k - 2) << 3, bytes - 8));
    if (k == words) v2 ^= 0xff;
    v3 ^= word;
    v0 += v1;
    v1 = rotl<u64>(v1, 13) ^ v0;
    v0 = rotl<u64>(v0, 32);
    v2 += v3;
    v3 = rotl<u64>(v3, 16) ^ v2;
    v0 += v3;
    v3 = rotl<u64>(v3, 21) ^ v0;
    v2 += v1;
    v1 = rotl<u64>(v1, 17) ^ v2;
    v2 = rotl<u64>(v2, 32);
    v0 ^= word;
  }
  return v0 ^ v1 ^ v2 ^ v3;
}

/** Whether two texts of the same length of at least 16 bytes have the same first 32 and last 16. */
// @ts-ignore: decorator
@inline
export function sameText(at: usize, other: usize, bytes: u32): bool {
  const end = <usize>bytes - 16;
  const middle = middleOf(bytes);
  const differ = v128.or(
    v128.or(
      v128.xor(v128.load(at), v128.load(other)),
      v128.xor(v128.load(at + middle), v128.load(other + middle)),
    ),
    v128.xor(v128.load(at + end), v128.load(other + end)),
  );
  return !v128.any_true(differ);
}

/** Whether what lies between is the same, a word at a time; what is read beyond `end` was compared before. */
export function sameMiddle(at: usize, other: usize, end: usize): bool {
  for (; at < end; at += 8, other += 8) if (load<u64>(at) != load<u64>(other)) return false;
  return true;
}
