// Sums of weights by the cells that their values lie in; the cells are those that values are counted in, edges decide.
//
// Each sum is kept as two doubles (Knuth's two-sum), so that it does not matter how weights of different sizes and signs
// follow each other.

import { Edges } from "./grid";
import { addTo } from "./two-sum";

/**
 * Adds the weight of each of `length` dense f64 to the sum of the value's cell, the cells being those of `cellsByEdges`.
 * `sums` holds edgeCount + 1 pairs of f64: a sum, and what rounding took from it. Values that are NaN are left out.
 */
export function weighByEdges(
  sums: usize,
  values: usize,
  weights: usize,
  length: i32,
  edges: usize,
  edgeCount: i32,
  closed: i32,
): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8, weights += 8) {
    const x = load<f64>(values);
    if (x == x) addTo(sums + (<usize>Edges.cell<f64>(x, edges, edgeCount, closed) << 4), load<f64>(weights));
  }
}

/** The same by bins + 1 evenly spaced edges of which the last is closed, the guess from `scale`, bins over the width of all, checked by the edges. */
export function weighUniform(
  sums: usize,
  values: usize,
  weights: usize,
  length: i32,
  edges: usize,
  bins: i32,
  scale: f64,
): void {
  for (let end = values + (<usize>length << 3); values < end; values += 8, weights += 8) {
    const x = load<f64>(values);
    if (x == x) addTo(sums + (<usize>cellOf(x, edges, bins, scale) << 4), load<f64>(weights));
  }
}

/** The cell by the edges, found from a guess that is at most a few bins off. */
function cellOf(x: f64, edges: usize, bins: i32, scale: f64): i32 {
  const last = load<f64>(edges + (<usize>bins << 3));
  if (!(x >= load<f64>(edges))) return 0;
  if (x >= last) return x == last ? bins : bins + 1;
  let bin = min(<i32>((x - load<f64>(edges)) * scale), bins - 1);
  while (bin > 0 && x < load<f64>(edges + (<usize>bin << 3))) bin--;
  while (bin < bins - 1 && x >= load<f64>(edges + (<usize>(bin + 1) << 3))) bin++;
  return bin + 1;
}
