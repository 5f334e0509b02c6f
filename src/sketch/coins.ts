/**
 * The random bits of a sketch. They come from a hash of the data, so that the same values in the same order give the same
 * bytes while the errors of sketches over different data have nothing to do with each other.
 *
 * The halvings of a level come in pairs: the second keeps the positions that the first threw away. What a level holds then
 * depends on the bits of lower levels only, so given those a pair errs by s·2^h·(a - b) at any rank, where the bit s = ±1
 * is independent of the parities a and b (0 or 1): by 2^h at most, as one halving alone does, and a pair counts as one [1].
 *
 * [1] Ivkin et al.: Streaming quantiles algorithms with small space and update time, arXiv 1907.00236 (2019)
 */
export interface Coins {
  /** The generator's state, an unsigned 32-bit number. */
  random: number;
  /** `halvings[h]`: pairs of halvings of level h, counting those that are still alone; each errs by 2^h at most. */
  halvings: number[];
  /** What the next halving of level h keeps: 0 a random choice, 1 even positions, 2 odd ones. */
  next: number[];
}

/** Which positions a halving of level h keeps: 0 even ones, 1 odd ones. */
export function toss(coins: Coins, h: number): number {
  extend(coins, h + 1);
  const known = coins.next[h]!;
  if (known > 0) {
    coins.next[h] = 0;
    return known - 1;
  }
  coins.random = finish((coins.random + 0x9e3779b9) | 0);
  const bit = coins.random >>> 31;
  coins.halvings[h]! += 1;
  coins.next[h] = bit === 0 ? 2 : 1;
  return bit;
}

/** Makes room for `levels` levels. */
export function extend({ halvings, next }: Coins, levels: number): void {
  while (next.length < levels) {
    next.push(0);
    halvings.push(0);
  }
}

/** Adds the halvings of `from`; where both have one that is alone, the one of `from` stays so. */
export function join(into: Coins, from: Coins): void {
  for (let h = 0; h < from.halvings.length; h++) {
    into.halvings[h] = (into.halvings[h] ?? 0) + from.halvings[h]!;
    into.next[h] = into.next[h] || from.next[h]!;
  }
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** Values beyond this many are hashed in even steps: what agrees in all of these has the same ranks up to a step. */
const hashed = 4096;

/** The state after `values`: MurmurHash3 [2] of the two words of each (their exclusive or: whichever comes first). */
export function mixed(state: number, values: Float64Array): number {
  let hash = state ^ values.length;
  const step = Math.ceil(values.length / hashed);
  for (let k = 0; k < values.length; k += step) {
    double[0] = values[k]! + 0;
    let word = Math.imul(words[0]! ^ words[1]!, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  return finish(hash);
}

/** MurmurHash3's finaliser. [2] Appleby, https://github.com/aappleby/smhasher (public domain) */
function finish(hash: number): number {
  let x = hash ^ (hash >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
