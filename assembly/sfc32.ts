// Chris Doty-Humphrey's sfc32 ("small fast counting" generator, PractRand, public domain): three words and a counter, so
// that its period is at least 2^32 from any seed. State: four u32.

/** The next 32 random bits. */
// @ts-ignore: decorator
@inline
export function nextBits(state: usize): u32 {
  const a = load<u32>(state);
  const b = load<u32>(state, 4);
  const c = load<u32>(state, 8);
  const counter = load<u32>(state, 12);
  const bits = a + b + counter;
  store<u32>(state, b ^ (b >>> 9));
  store<u32>(state, c + (c << 3), 4);
  store<u32>(state, rotl<u32>(c, 21) + bits, 8);
  store<u32>(state, counter + 1, 12);
  return bits;
}

/** A whole number from 0 to `below` - 1, all equally likely (Lemire 2019: multiply, and draw again in the biased part). */
// @ts-ignore: decorator
@inline
export function nextBelow(state: usize, below: u32): u32 {
  let product = <u64>nextBits(state) * <u64>below;
  if (<u32>product < below) {
    const biased: u32 = (<u32>0 - below) % below;
    while (<u32>product < biased) product = <u64>nextBits(state) * <u64>below;
  }
  return <u32>(product >>> 32);
}
