/** One column against a law: its values in order, and the law's distribution function at each. */
import { wholeGrid } from "../engine/grid.js";
import { one, type Plan } from "../source/plan.js";
import type { Values } from "../source/source.js";

/**
 * A continuous law by its distribution function P(X ≤ x): a function, or an object of `smirnov/distributions` such as
 * `normal`. Parameters go into a function: `(x) => normal.cdf((x - mean) / sd)`.
 */
export type Law = ((x: number) => number) | { readonly cdf: (x: number) => number };

export interface UnderLaw {
  readonly values: Values;
  /** The law's distribution function at each of the values. */
  readonly shares: Float64Array;
}

/** @throws RangeError where the law gives no probability, or falls */
export function* underLawPlan(caller: string, law: Law): Plan<UnderLaw> {
  const values = yield* one(0, "ordered", wholeGrid, Uint32Array.of(0));
  const cdf = typeof law === "function" ? law : (x: number) => law.cdf(x);
  const shares = new Float64Array(values.length);
  let last = 0;
  for (let k = 0; k < values.length; k++) {
    const x = Number(values[k]!);
    const share = Number.isFinite(x) ? cdf(x) : x > 0 ? 1 : 0;
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(`${caller}: a distribution function lies in [0, 1], the law's is ${share} at ${x}`);
    }
    // A rounded function may fall by a few units in the last place.
    if (share < last - 1e-9) throw new RangeError(`${caller}: a distribution function rises, the law's falls at ${x}`);
    last = share;
    shares[k] = share;
  }
  return { values, shares };
}
