/**
 * The exact law of Wilcoxon's signed-rank sum T: each rank counts with probability 1/2. Ranks are added one after the
 * other to the law of the sum, as far as the tail asks for; all numbers are probabilities, none is a difference.
 */

/** P(T ≥ t). */
export interface SignedRankLaw {
  /** How many additions it takes. */
  readonly cost: number;
  readonly upperTail: () => number;
}

/**
 * @param ranks  positive integers: doubled ranks where some are halves
 * @param t      an integer, doubled alike
 */
export function signedRankLaw(ranks: Uint32Array, t: number): SignedRankLaw {
  const all = ranks.reduce((sum, rank) => sum + rank, 0);
  // T and what it leaves have one law: the shorter tail is summed, so that none is the rest of a subtraction unless it is large.
  const below = all - t;
  const isTail = below < t;
  const most = isTail ? below : t - 1;
  const lower = () => lowerTail(ranks, most);
  return { cost: ranks.length * (most + 1), upperTail: () => (isTail ? lower() : 1 - lower()) };
}

/** P(T ≤ most). */
function lowerTail(ranks: Uint32Array, most: number): number {
  if (most < 0) return 0;
  const shares = new Float64Array(most + 1);
  shares[0] = 1;
  let reached = 0;
  for (const rank of ranks.toSorted()) {
    reached = Math.min(reached + rank, most);
    for (let k = reached; k >= rank; k--) shares[k] = (shares[k]! + shares[k - rank]!) / 2;
    for (let k = Math.min(rank - 1, reached); k >= 0; k--) shares[k]! /= 2;
  }
  return Math.min(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  );
}
