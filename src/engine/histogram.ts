/** Histograms over a column; the edges decide. */
import { countCells, placeEdges } from "./cells.js";
import { type Dense, eachBlock, type Seen } from "./dense.js";
import { gridByEdges } from "./grid.js";
import type { Engine } from "./memory.js";
import { eachPair, type PairsSeen } from "./pairs.js";
import { type Take, withScratch } from "./workspace.js";

export interface HistogramCounts {
  /** One count a bin; a value equal to the last edge is in the last bin. */
  readonly counts: Uint32Array;
  readonly under: number;
  readonly over: number;
  readonly nan: number;
  readonly seen: Seen;
}

/** Counts between ascending edges. `uniform`: the edges are evenly spaced, so the bin follows from a multiplication. */
export function countBins(column: Dense, edges: Float64Array, uniform: boolean): HistogramCounts {
  const bins = edges.length - 1;
  const even = uniform ? evenScale(edges) : null;
  const { counts, nan, seen } = even ? countUniform(column, edges, even) : countCells(column, gridByEdges(edges));
  return { counts: counts.slice(1, -1), under: counts[0]!, over: counts[bins + 1]!, nan, seen };
}

/** Bins per unit, and how far a scaled position may be off. */
interface Even {
  readonly scale: number;
  readonly tolerance: number;
}

/** `null` where a multiplication cannot tell the bin: the scale has lost digits itself, or the range is no double. */
function evenScale(edges: Float64Array): Even | null {
  const bins = edges.length - 1;
  const first = edges[0]!;
  const last = edges[bins]!;
  const scale = bins / (last - first);
  // Rounding of the scaled position and of the edges themselves, in bins.
  const tolerance = 2 ** -52 * (8 + 4 * bins + 4 * Math.max(Math.abs(first), Math.abs(last)) * scale);
  return tolerance < 0.25 && scale > 2 ** -1000 && scale < 2 ** 1000 ? { scale, tolerance } : null;
}

function countUniform(column: Dense, edges: Float64Array, { scale, tolerance }: Even) {
  return withScratch((engine, take) => {
    const { kernels } = engine;
    const bins = edges.length - 1;
    const cells = bins + 2;
    const counts = take(cells * 16);
    engine.u32.fill(0, counts / 4, counts / 4 + cells * 4);
    const at = placeEdges(edges, engine, take);
    let nan = 0;
    const seen = eachBlock(column, engine, take, (address, length) => {
      nan += kernels.histogramUniform(counts, address, length, at, bins, scale, tolerance);
    });
    kernels.joinQuarters(counts, cells);
    const result = engine.u32.slice(counts / 4, counts / 4 + cells);
    result[0]! -= nan;
    return { counts: result, nan, seen };
  });
}

/** Sum of the values in each cell of `countCells` over the same edges. */
export function sumBins(column: Dense, edges: Float64Array): Float64Array {
  return withScratch((engine, take) => {
    const { add, read } = adder(edges, false, engine, take);
    eachBlock(column, engine, take, (address, length) => add(address, address, length));
    return read();
  });
}

/** Sum of the weights of the values in each of those cells, over the rows in which neither is missing. */
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
  const even = uniform ? evenScale(edges) : null;
  return {
    add(values: number, weights: number, length: number): void {
      if (even) kernels.weighUniform(sums, values, weights, length, at, edges.length - 1, even.scale);
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
