/** A small picture of two columns of which only cells are known: bins whose edges are cells' beginnings, so that it is exact. */
import type { CellPair } from "../../profile/common-cells.js";
import type { Shape } from "../report.js";

const bins = 24;

/** Bins of about equal width over the middle 98 % of the reference; what lies outside is in the first and the last. */
export function shapeOfCells(pair: CellPair): Shape | null {
  const [first, last] = [cellOf(pair, 0.01), cellOf(pair, 0.99)];
  if (first === null || last === null) return null;
  const [from, to] = [pair.low[first]!, pair.high[last]!];
  if (!(Number.isFinite(to - from) && to > from)) return null;
  const starts: number[] = [];
  for (let bin = 1, cell = first; bin < bins; bin++) {
    const edge = from + ((to - from) * bin) / bins;
    while (cell <= last && pair.low[cell]! < edge) cell++;
    // The beginning of that cell, or of the one before it.
    const nearest = cell > last || edge - pair.low[cell - 1]! < pair.low[cell]! - edge ? cell - 1 : cell;
    if (nearest > (starts.at(-1) ?? first)) starts.push(nearest);
  }
  if (starts.length === 0) return null;
  const sharesOf = (counts: Float64Array, total: number): number[] =>
    [0, ...starts].map((start, bin) => {
      let sum = 0;
      for (let k = start; k < (starts[bin] ?? counts.length); k++) sum += counts[k]!;
      return total > 0 ? sum / total : 0;
    });
  return {
    edges: [from, ...starts.map((start) => pair.low[start]!), to],
    reference: sharesOf(pair.reference, pair.n),
    current: sharesOf(pair.current, pair.m),
  };
}

/** The cell that holds a quantile of the reference. */
function cellOf({ n, reference }: CellPair, p: number): number | null {
  let passed = 0;
  for (let k = 0; k < reference.length; k++) {
    passed += reference[k]!;
    if (passed > 0 && passed >= p * n) return k;
  }
  return null;
}
