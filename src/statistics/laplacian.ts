/** Systems of equations of a weighted graph's Laplacian, solved component by component by Cholesky's decomposition. */

export interface Laplacian {
  /** d' S⁻ d. */
  readonly solved: number;
  /** Nodes that have an edge, less their components. */
  readonly rank: number;
  /** Σ w R² over the edges, R their effective resistances. */
  readonly squaredResistances: number;
}

/**
 * @param weights  symmetric, row by row, of `d.length` nodes; no loops
 * @param d        sums to 0 over each component
 */
export function laplacianOf(weights: Float64Array, d: Float64Array): Laplacian {
  const size = d.length;
  let [solved, rank, squaredResistances] = [0, 0, 0];
  for (const nodes of components(weights, size)) {
    const free = nodes.slice(1);
    const inverse = inverseOf(free, weights, size);
    const at = (i: number, j: number): number => (i < 0 || j < 0 ? 0 : inverse[i * free.length + j]!);
    rank += free.length;
    for (const [i, node] of free.entries()) {
      for (const [j, other] of free.entries()) solved += d[node]! * at(i, j) * d[other]!;
    }
    for (const [i, node] of nodes.entries()) {
      for (const [j, other] of nodes.entries()) {
        const weight = weights[node * size + other]!;
        if (j >= i || weight === 0) continue;
        // The first node is grounded: it is at 0.
        const resistance = at(i - 1, i - 1) + at(j - 1, j - 1) - 2 * at(i - 1, j - 1);
        squaredResistances += weight * resistance * resistance;
      }
    }
  }
  return { solved, rank, squaredResistances };
}

/** The components of two nodes or more. */
function components(weights: Float64Array, size: number): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  for (let start = 0; start < size; start++) {
    if (seen.has(start)) continue;
    const nodes = [start];
    seen.add(start);
    for (const node of nodes) {
      for (let other = 0; other < size; other++) {
        if (weights[node * size + other] === 0 || seen.has(other)) continue;
        seen.add(other);
        nodes.push(other);
      }
    }
    if (nodes.length > 1) found.push(nodes);
  }
  return found;
}

/** The inverse of the Laplacian's part for some nodes of a component, which is positive definite without the others. */
function inverseOf(nodes: readonly number[], weights: Float64Array, size: number): Float64Array {
  const n = nodes.length;
  const factor = new Float64Array(n * n);
  for (const [i, node] of nodes.entries()) {
    for (const [j, other] of nodes.entries()) factor[i * n + j] = -weights[node * size + other]!;
    for (let other = 0; other < size; other++) factor[i * n + i]! += weights[node * size + other]!;
  }
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = factor[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j]!;
    }
  }
  const inverse = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let unit = 0; unit < n; unit++) {
    for (let i = 0; i < n; i++) {
      let sum = Number(i === unit);
      for (let k = unit; k < i; k++) sum -= factor[i * n + k]! * column[k]!;
      column[i] = i < unit ? 0 : sum / factor[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = column[i]!;
      for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * column[k]!;
      column[i] = sum / factor[i * n + i]!;
      inverse[i * n + unit] = column[i]!;
    }
  }
  return inverse;
}
