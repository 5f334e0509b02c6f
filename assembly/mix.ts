// The finaliser of SplitMix64 [1]: a bijection of 64-bit words in which every bit of the input moves every bit of the output.
//
// [1] Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014; constants of Stafford's mix 13

// @ts-ignore: decorator
@inline
export function mixed(bits: u64): u64 {
  let x = bits + 0x9e3779b97f4a7c15;
  x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >>> 27)) * 0x94d049bb133111eb;
  return x ^ (x >>> 31);
}
