/** The p-norm of the difference of two distribution functions; see assembly/norm-walk.ts. */
import type { Values } from "./grid.js";
import { placeValues, sumOf } from "./walk.js";
import { withScratch } from "./workspace.js";

const length = 7;

/** What a walk knows so far: make one, pass it along from round to round. */
export interface NormWalk {
  readonly state: BigInt64Array;
}

export function startNorm(): NormWalk {
  return { state: new BigInt64Array(length) };
}

/** Continues a walk by the next stretch of both sides, of n and m values in all; `unit` brings i·m - j·n to about 1. */
export function walkNorm(
  { state }: NormWalk,
  reference: Values,
  current: Values,
  n: number,
  m: number,
  unit: number,
  p: number,
): NormWalk {
  return withScratch((engine, take) => {
    const address = take(length * 8);
    engine.i64.set(state, address / 8);
    const x = placeValues(reference, engine, take);
    const y = placeValues(current, engine, take);
    const walk = reference instanceof Float64Array ? engine.kernels.normWalkF64 : engine.kernels.normWalkI64;
    walk(address, x, reference.length, y, current.length, BigInt(n), BigInt(m), unit, p);
    return { state: engine.i64.slice(address / 8, address / 8 + length) };
  });
}

/** (∫ |(i·m - j·n) · unit|^p dx)^(1/p) of a finished walk; infinite or NaN where a step is infinite. */
export function finishNorm({ state }: NormWalk, p: number): number {
  const numbers = new Float64Array(state.buffer);
  const quarter = sumOf(numbers[3]!, numbers[4]!);
  const stretched = sumOf(numbers[5]!, numbers[6]!);
  // Sums too small for all their digits were formed at another scale too.
  if (quarter > 2 ** -900 || !Number.isFinite(stretched)) return quarter ** (1 / p) * 4 ** (1 / p);
  return stretched ** (1 / p) * 2 ** (-600 / p);
}
