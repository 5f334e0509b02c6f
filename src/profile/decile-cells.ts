/**
 * Both sides' counts between edges near the reference's deciles. Where the values are known they are the deciles
 * themselves; else the nearest edges of cells, which are as good, and by which every count is exact.
 */
import { type BinnedCells, decileEdges, innerDeciles } from "../statistics/binned-cells.js";
import { interpolated } from "../statistics/quantile.js";
import { type CellPair, isExact } from "./common-cells.js";

export function decileCells(pair: CellPair): BinnedCells {
  const edges = decileEdges(isExact(pair) ? exactDeciles(pair) : nearestEdges(pair));
  const cells = { reference: new Float64Array(edges.length + 1), current: new Float64Array(edges.length + 1) };
  let bin = 0;
  for (let k = 0; k < pair.low.length; k++) {
    while (bin < edges.length && pair.low[k]! >= edges[bin]!) bin++;
    cells.reference[bin]! += pair.reference[k]!;
    cells.current[bin]! += pair.current[k]!;
  }
  return { edges, ...cells, tested: cells };
}

function exactDeciles({ n, low, reference }: CellPair): number[] {
  let passed = 0;
  const ends = reference.map((count) => {
    passed += count;
    return passed;
  });
  const valueAt = (rank: number): number => low[ends.findIndex((end) => end > rank)]!;
  return innerDeciles.map((p) => interpolated(p, n, valueAt));
}

/** Where cells begin at which the share of the reference below is nearest to a decile. */
function nearestEdges({ n, low, reference }: CellPair): number[] {
  const edges: number[] = [];
  let below = 0;
  let k = 0;
  for (const p of innerDeciles) {
    while (k < low.length && below + reference[k]! <= p * n) below += reference[k++]!;
    // The decile lies in cell k: its beginning, or that of the cell after it.
    const beyond = (below + (reference[k] ?? 0)) / n;
    const next = k + 1 < low.length && beyond - p < p - below / n ? k + 1 : k;
    if (next > 0 && next < low.length) edges.push(low[next]!);
  }
  return edges;
}
