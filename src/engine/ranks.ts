/** Sums over the ranks of two ordered sides; see assembly/ranks.ts. */
import type { Values } from "./grid.js";
import { placeKeys, sumOf } from "./walk.js";
import { withScratch } from "./workspace.js";

const length = 19;

/** What a walk knows so far: make one, pass it along from round to round. */
export interface RankWalk {
  readonly state: BigInt64Array;
}

export function startRanks(): RankWalk {
  return { state: new BigInt64Array(length) };
}

/** Continues a walk by the next stretch of both sides, of n and m values in all; without `areas` there is no energy. */
export function walkRanks(
  { state }: RankWalk,
  reference: Values,
  current: Values,
  n: number,
  m: number,
  areas: boolean,
): RankWalk {
  return withScratch((engine, take) => {
    const address = take(length * 8);
    engine.i64.set(state, address / 8);
    const x = placeKeys(reference, engine, take);
    const y = placeKeys(current, engine, take);
    const walk = reference instanceof Float64Array ? engine.kernels.rankWalkF64 : engine.kernels.rankWalkI64;
    const scratch = take(engine.kernels.mergeScratch());
    walk(address, x, reference.length, y, current.length, BigInt(n), BigInt(m), Number(areas), scratch);
    return { state: engine.i64.slice(address / 8, address / 8 + length) };
  });
}

/** The sums of a finished walk. t is the number of equal values in a run, N of all. */
export interface RankSums {
  /** Twice the number of pairs in which the reference's value is larger, equal ones counted once. */
  readonly pairs: number;
  /** Square root of twice the integral of (F - G)²; 0 in a walk without areas. */
  readonly energy: number;
  /** Σ t (g² + g·h + h²), with the gaps i·m - j·n before and after each distinct value. */
  readonly squares: number;
  /** Σ t (N² - t²) over the distinct values. */
  readonly cubicTies: number;
  /** Σ t (N - t). */
  readonly squareTies: number;
  /** Σ (t (p - q) (np - mq) - (np + mq)), with p and q of the t values on either side; 0 without ties. */
  readonly midranks: number;
  /** What ties take from ∫∫ of the squared covariance of the Brownian bridge. */
  readonly tieVariance: number;
  /** How many values equal another. */
  readonly tied: number;
}

export function finishRanks({ state }: RankWalk): RankSums {
  const numbers = new Float64Array(state.buffer);
  const sum = (at: number): number => sumOf(numbers[at]!, numbers[at + 1]!);
  const total = Number(state[0]! + state[1]!);
  const tied = Number(state[18]!);
  const single = total - tied;
  const area = sum(4);
  return {
    pairs: Number(state[2]!),
    // Areas too small for all their digits were summed at another scale too.
    energy: area > 2 ** -900 ? 2 * Math.sqrt(2 * area) : Math.sqrt(2 * sum(6)) * 2 ** -300,
    squares: sum(8),
    cubicTies: sum(10) + single * (total - 1) * (total + 1),
    squareTies: sum(12) + single * (total - 1),
    midranks: sum(14),
    tieVariance: sum(16),
    tied,
  };
}
