// xxHash, 64 bits: a checksum at the speed of memory.
// https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md

const prime1: u64 = 0x9e3779b185ebca87;
const prime2: u64 = 0xc2b2ae3d27d4eb4f;
const prime3: u64 = 0x165667b19e3779f9;
const prime4: u64 = 0x85ebca77c2b2ae63;
const prime5: u64 = 0x27d4eb2f165667c5;

// @ts-ignore: decorator
@inline
function round(lane: u64, input: u64): u64 {
  return rotl<u64>(lane + input * prime2, 31) * prime1;
}

// @ts-ignore: decorator
@inline
function withLane(hash: u64, lane: u64): u64 {
  return (hash ^ round(0, lane)) * prime1 + prime4;
}

/** The hash of `length` bytes with seed 0. */
export function xxh64(bytes: usize, length: u32): u64 {
  const end = bytes + length;
  let hash = prime5;
  if (length >= 32) {
    let a = prime1 + prime2;
    let b = prime2;
    let c: u64 = 0;
    let d: u64 = 0 - prime1;
    for (const stop = end - 32; bytes <= stop; bytes += 32) {
      a = round(a, load<u64>(bytes));
      b = round(b, load<u64>(bytes, 8));
      c = round(c, load<u64>(bytes, 16));
      d = round(d, load<u64>(bytes, 24));
    }
    hash = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    hash = withLane(withLane(withLane(withLane(hash, a), b), c), d);
  }
  hash += <u64>length;
  for (; bytes + 8 <= end; bytes += 8) {
    hash = rotl<u64>(hash ^ round(0, load<u64>(bytes)), 27) * prime1 + prime4;
  }
  if (bytes + 4 <= end) {
    hash = rotl<u64>(hash ^ (<u64>load<u32>(bytes) * prime1), 23) * prime2 + prime3;
    bytes += 4;
  }
  for (; bytes < end; bytes++) hash = rotl<u64>(hash ^ (<u64>load<u8>(bytes) * prime5), 11) * prime1;
  hash = (hash ^ (hash >> 33)) * prime2;
  hash = (hash ^ (hash >> 29)) * prime3;
  return hash ^ (hash >> 32);
}
