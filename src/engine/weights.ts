/** Sums of weights by the cells that values lie in; the edges decide. */
import { placeEdges } from "./cells.js";
import { type Dense, eachBlock } from "./dense.js";
import type { Engine } from "./memory.js";
import { eachPair, type PairsSeen } from "./pairs.js";
import { type Take, withScratch } from "./workspace.js";

/** Sum of the values in each cell of `countCells` over the same edges, of which the last is closed. */
export function sumBins(column: Dense, edges: Float64Array): Float64Array {
  return withScratch((engine, take) => {
    const { add, read } = adder(edges, false, engine, take);
    eachBlock(column, engine, take, (address, length) => add(address, address, length));
    return read();
  });
}

/**
 * Sum of the weights of the values in each of those cells, over the rows in which neither is missing. `uniform`: the
 * edges are evenly spaced, so the bin follows from a multiplication.
 */
export function weighBins(
  column: Dense,
  weights: Dense,
  edges: Float64Array,
  uniform: boolean,
): { sums: Float64Array; seen: PairsSeen } {
  return withScratch((engine, take) => {
    const { add, read } = adder(edges, uniform, engine, take);
    const seen = eachPair(column, weights, engine, take, add);
    return { sums: read(), seen };
  });
}

/** Functions that add blocks of values and their weights to the sums of cells, and read the sums. */
function adder(edges: Float64Array, uniform: boolean, engine: Engine, take: Take) {
  const { kernels, f64 } = engine;
  const cells = edges.length + 1;
  const sums = take(cells * 16);
  f64.fill(0, sums / 8, sums / 8 + cells * 2);
  const at = placeEdges(edges, engine, take);
  const bins = edges.length - 1;
  const scale = bins / (edges[bins]! - edges[0]!);
  // A scale outside these has lost digits itself, or the range is no double.
  const even = uniform && scale > 2 ** -1000 && scale < 2 ** 1000;
  return {
    add(values: number, weights: number, length: number): void {
      if (even) kernels.weighUniform(sums, values, weights, length, at, bins, scale);
      else kernels.weighByEdges(sums, values, weights, length, at, edges.length, 1);
    },
    read: () =>
      Float64Array.from({ length: cells }, (_, cell) => {
        const sum = f64[sums / 8 + 2 * cell]!;
        // What rounding took from an infinite sum is no number.
        return Number.isFinite(sum) ? sum + f64[sums / 8 + 2 * cell + 1]! : sum;
      }),
  };
}
