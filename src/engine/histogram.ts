/** Histograms over a column; the edges decide. */
import { countCells, placeEdges } from "./cells.js";
import { type Dense, eachBlock, type Seen } from "./dense.js";
import { gridByEdges } from "./grid.js";
import { withScratch } from "./workspace.js";

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
  // Rounding of the scaled position and of the edges themselves, in bins.
  const tolerance = 2 ** -52 * (8 + 4 * bins + 4 * Math.max(Math.abs(first), Math.abs(last)) * scale);
  const { counts, nan, seen } =
    // A scale outside these has lost digits itself, or the range is no double.
    uniform && tolerance < 0.25 && scale > 2 ** -1000 && scale < 2 ** 1000
      ? countUniform(column, edges, scale, tolerance)
      : countCells(column, gridByEdges(edges));
  return { counts: counts.slice(1, -1), under: counts[0]!, over: counts[bins + 1]!, nan, seen };
}

function countUniform(column: Dense, edges: Float64Array, scale: number, tolerance: number) {
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
