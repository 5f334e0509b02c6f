/**
 * numpy.random.RandomState, as far as Evidently draws from it: with the same seed the same numbers. The generator is the
 * Mersenne Twister MT19937 [1]; how it is seeded and how integers and permutations are drawn from it is NumPy's legacy
 * interface, which NEP 19 froze.
 *
 * [1] Matsumoto, Nishimura: Mersenne Twister. ACM Transactions on Modeling and Computer Simulation 8 (1998).
 */

const size = 624;
const middle = 397;

export interface NumpyRandom {
  /** A double in [0, 1) of 53 random bits. */
  uniform(): number;
  /** A whole number of [low, high), high - low up to 2^32. */
  integer(low: number, high: number): number;
  /** The numbers below `count` in random order. */
  permutation(count: number): Uint32Array;
  /** `count` whole numbers below `high`, with repetitions. */
  integers(high: number, count: number): Uint32Array;
}

/** numpy.random.RandomState(seed), a whole number below 2^32. */
export function numpyRandom(seed: number): NumpyRandom {
  const words = twister(seed);
  /** Up to `most`: words cut to as many bits are drawn until one is small enough. */
  const upTo = (most: number): number => {
    const mask = most === 0 ? 0 : 0xffffffff >>> Math.clz32(most);
    let drawn = most === 0 ? 0 : (words() & mask) >>> 0;
    while (drawn > most) drawn = (words() & mask) >>> 0;
    return drawn;
  };
  return {
    uniform() {
      const high = words() >>> 5;
      return (high * 67_108_864 + (words() >>> 6)) / 2 ** 53;
    },
    integer: (low, high) => low + upTo(high - low - 1),
    permutation(count) {
      const order = Uint32Array.from({ length: count }, (_, k) => k);
      for (let k = count - 1; k > 0; k--) {
        const other = upTo(k);
        const kept = order[k]!;
        order[k] = order[other]!;
        order[other] = kept;
      }
      return order;
    },
    integers: (high, count) => Uint32Array.from({ length: count }, () => upTo(high - 1)),
  };
}

/** Words of 32 bits. */
function twister(seed: number): () => number {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let k = 1; k < size; k++) {
    const before = state[k - 1]!;
    state[k] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + k;
  }
  let at = size;
  return () => {
    if (at === size) {
      renew(state);
      at = 0;
    }
    let word = state[at++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
}

function renew(state: Uint32Array): void {
  for (let k = 0; k < size; k++) {
    const mixed = (state[k]! & 0x80000000) | (state[(k + 1) % size]! & 0x7fffffff);
    state[k] = state[(k + middle) % size]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
  }
}
