/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, which find small eigenvalues beside
 * large ones as exactly as the matrix has them.
 *
 * [1] Golub, Van Loan: Matrix Computations, section 8.5 (2013).
 */

export interface Eigen {
  readonly values: Float64Array;
  /** Vector k is row k. */
  readonly vectors: Float64Array;
}

/** @param matrix  row by row, `size` squared numbers; only read */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let k = 0; k < size; k++) vectors[k * size + k] = 1;
  // Off-diagonal squares fall quadratically: some ten sweeps are the most that is ever needed.
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false;
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) {
        const between = a[p * size + q]!;
        const scale = Math.sqrt(Math.abs(a[p * size + p]! * a[q * size + q]!));
        if (Math.abs(between) <= 2 ** -60 * scale || Math.abs(between) < 1e-300) continue;
        rotated = true;
        rotate(a, vectors, size, p, q);
      }
    }
    if (!rotated) break;
  }
  return { values: Float64Array.from({ length: size }, (_, k) => a[k * size + k]!), vectors };
}

/** Turns the plane of rows p and q so that their common entry vanishes. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const between = a[p * size + q]!;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * between);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const turn = (array: Float64Array, i: number, j: number): void => {
    const [x, y] = [array[i]!, array[j]!];
    array[i] = cosine * x - sine * y;
    array[j] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k++) turn(vectors, p * size + k, q * size + k);
  a[p * size + q] = a[q * size + p] = 0;
}
