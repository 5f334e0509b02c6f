/** The angle between two columns as vectors. */
import type { Dense } from "./dense.js";
import { eachPair, type PairsSeen } from "./pairs.js";
import { withScratch } from "./workspace.js";

/** Σxy / √(Σx²·Σy²) over the pairs in which neither side is missing; NaN where a side is zero or infinite. */
export function cosineOf(x: Dense, y: Dense): { cosine: number; largest: readonly [number, number]; seen: PairsSeen } {
  const { largest, seen } = products(x, y, 1, 1);
  const [left, right] = largest.map((value) => 2 ** -Math.max(-1020, Math.min(1020, Math.floor(Math.log2(value)))));
  const { sums } = products(x, y, left!, right!);
  return { cosine: sums[2] / Math.sqrt(sums[0]) / Math.sqrt(sums[1]), largest, seen };
}

function products(x: Dense, y: Dense, left: number, right: number) {
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const at = take(64) / 8;
    f64.fill(0, at, at + 8);
    const seen = eachPair(x, y, engine, take, (a, b, length) => {
      kernels.addProducts(at * 8, a, b, length, left, right);
    });
    const sum = (k: number): number => f64[at + 2 * k]! + f64[at + 2 * k + 1]!;
    return {
      sums: [sum(0), sum(1), sum(2)] as const,
      largest: [f64[at + 6]!, f64[at + 7]!] as const,
      seen,
    };
  });
}
