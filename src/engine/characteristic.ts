/** Sums behind the empirical characteristic function of a column, at a few frequencies. */
import { blockRows, type Dense, eachBlock, type Seen } from "./dense.js";
import { withScratch } from "./workspace.js";

/** Sums over the finite values; functions are cosine and sine at the first frequency, at the second, … */
export interface CharacteristicSums {
  readonly count: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** Sum of each function, and what rounding took from it. */
  readonly sums: Float64Array;
  readonly sumsLow: Float64Array;
  /** Of the products of function j with each i ≤ j, j ascending. */
  readonly products: Float64Array;
  readonly productsLow: Float64Array;
  readonly seen: Seen;
}

/** Which angles the values are turned by. */
export interface Turning {
  /** Divided by 2^exponent, as the values are first; from -1000 to 1000. */
  readonly centre: number;
  readonly exponent: number;
  /** Subtracted from 64-bit integer keys first. */
  readonly origin: bigint;
  /** Angles are frequency · (x / 2^exponent - centre). */
  readonly frequencies: readonly number[];
}

export function characteristicOf(column: Dense, turning: Turning): CharacteristicSums {
  const { centre, exponent, origin, frequencies } = turning;
  const points = frequencies.length;
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const size = kernels.characteristicSize(points);
    const state = take(size);
    f64.fill(0, state / 8, (state + size) / 8);
    const places = take(points * 8);
    f64.set(frequencies, places / 8);
    const scratch = take((2 * points + 1) * (blockRows + 1) * 8);
    // What is moved in place must not be a resident column's only copy.
    const own = column.representation !== "f64" && column.resident ? take(blockRows * 8) : null;
    const seen = eachBlock(column, engine, take, (from, length) => {
      if (own !== null) engine.u8.copyWithin(own, from, from + length * 8);
      const address = own ?? from;
      if (column.representation !== "f64") kernels.keysFrom(address, length, origin);
      kernels.characteristicUpdate(state, address, length, 2 ** -exponent, centre, places, points, scratch);
    });
    const at = state / 8;
    const pairs = (from: number, count: number, low: 0 | 1): Float64Array =>
      Float64Array.from({ length: count }, (_, k) => f64[at + 3 + 2 * (from + k) + low]!);
    const functions = 2 * points;
    const products = (functions * (functions + 1)) / 2;
    return {
      count: f64[at]!,
      positiveInfinity: f64[at + 1]!,
      negativeInfinity: f64[at + 2]!,
      sums: pairs(0, functions, 0),
      sumsLow: pairs(0, functions, 1),
      products: pairs(functions, products, 0),
      productsLow: pairs(functions, products, 1),
      seen,
    };
  });
}
