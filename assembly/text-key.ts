// Texts of at least 8 bytes, by words: their hash as a key, and whether two are the same. The words at both ends overlap,
// so nothing is read outside the text.

const long: u64 = 1 << 63;

/** Key of a text of at least 8 bytes, a word at a time; the last words overlap. Up to 32 bytes without a loop. */
// @ts-ignore: decorator
@inline
export function hashOf(at: usize, bytes: u32): u64 {
  const end = at + bytes;
  let hash = fold(load<u64>(at) ^ <u64>bytes, load<u64>(end - 8));
  if (bytes > 16) {
    hash = fold(hash ^ load<u64>(at, 8), load<u64>(end - 16));
    if (bytes > 32) hash = hashMiddle(at + 16, end - 16, hash);
  }
  return hash | long;
}

/** Bytes 16 to -16 of a longer text. */
function hashMiddle(at: usize, end: usize, hash: u64): u64 {
  for (; at + 16 <= end; at += 16) hash = fold(hash ^ load<u64>(at), load<u64>(at, 8));
  return fold(hash ^ load<u64>(end - 16), load<u64>(end - 8));
}

// @ts-ignore: decorator
@inline
function fold(one: u64, other: u64): u64 {
  const hash = one * 0x9e3779b97f4a7c15 + rotl<u64>(other, 32) * 0xc4ceb9fe1a85ec53; // 2^64 / golden ratio; fmix64
  return hash ^ (hash >>> 32);
}

/** Whether two texts of the same length of at least 8 bytes are the same. */
// @ts-ignore: decorator
@inline
export function sameText(at: usize, other: usize, bytes: u32): bool {
  const end = at + bytes;
  const otherEnd = other + bytes;
  let differ = (load<u64>(at) ^ load<u64>(other)) | (load<u64>(end - 8) ^ load<u64>(otherEnd - 8));
  if (bytes > 16) {
    differ |= (load<u64>(at, 8) ^ load<u64>(other, 8)) | (load<u64>(end - 16) ^ load<u64>(otherEnd - 16));
    if (bytes > 32 && !differ) return sameMiddle(at + 16, other + 16, end - 16);
  }
  return !differ;
}

function sameMiddle(at: usize, other: usize, end: usize): bool {
  for (; at < end; at += 8, other += 8) if (load<u64>(at) != load<u64>(other)) return false;
  return true;
}
