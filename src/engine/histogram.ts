/** Histograms over a column; the edges decide. */
import { countCells } from "./cells.js";
import { blockRows, type Dense, eachBlock, type Seen } from "./dense.js";
import { gridByEdges } from "./grid.js";
import type { Engine } from "./memory.js";
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
  const first = edges[0]!;
  const last = edges[bins]!;
  const scale = bins / (last - first);
  const largest = Math.max(Math.abs(first), Math.abs(last));
  // Rounding of the scaled position and of the edges themselves, in bins.
  const tolerance = 2 ** -52 * (8 + 4 * bins + 4 * largest * scale);
  const { counts, nan, seen } =
    // A scale outside these has lost digits itself, or the range is no double.
    uniform && tolerance < 2 ** -5 && bins < 2 ** 25 && largest < 2 ** 1000 && scale > 2 ** -1000 && scale < 2 ** 1000
      ? countUniform(column, edges, scale, tolerance)
      : countCells(column, gridByEdges(edges));
  return { counts: counts.slice(1, -1), under: counts[0]!, over: counts[bins + 1]!, nan, seen };
}

/** Values that are counted in one call: where the call itself no longer takes time. */
const mostAtOnce = 16 * blockRows;

function countUniform(column: Dense, edges: Float64Array, scale: number, tolerance: number) {
  return withScratch((engine, take) => {
    const { kernels } = engine;
    const bins = edges.length - 1;
    const cells = bins + 2;
    const counts = take(cells * 16);
    engine.u32.fill(0, counts / 4, counts / 4 + cells * 4);
    const bounds = placeBounds(edges, engine, take);
    const scratch = take(32);
    let nan = 0;
    const count = (address: number, length: number): void => {
      nan += kernels.histogramUniform(counts, address, length, bounds, bins, scale, tolerance, scratch);
    };
    const seen = eachBlock(column, engine, take, count, mostAtOnce);
    kernels.joinFours(counts, cells);
    const result = engine.u32.slice(counts / 4, counts / 4 + cells);
    result[0]! -= nan;
    return { counts: result, nan, seen };
  });
}

/** The smallest value of each cell: what is under has none, and what is over begins above the last edge. */
function placeBounds(edges: Float64Array, engine: Engine, take: Take): number {
  const address = take((edges.length + 1) * 8);
  const at = address / 8;
  engine.f64[at] = Number.NEGATIVE_INFINITY;
  engine.f64.set(edges, at + 1);
  const last = edges[edges.length - 1]! + 0; // -0 is 0
  engine.f64[at + edges.length] = last;
  engine.i64[at + edges.length]! += last < 0 ? -1n : 1n;
  return address;
}
