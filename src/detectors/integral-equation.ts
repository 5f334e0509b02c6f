/**
 * Average run lengths of chains: x = f + K x, where K ≥ 0 tells from which state which one comes next, and with which chance none
 * does. States are taken out one after the other, as Grassmann, Taksar and Heyman do: what a state passes on is divided by the
 * chance to leave it, which is added up and never 1 less the chance to stay. So nothing is subtracted, and chances to
 * end of 1e-80 keep their digits.
 *
 * [1] Grassmann, Taksar, Heyman: Regenerative analysis and steady state distributions for Markov chains. Operations Research
 *     33 (1985).
 */

/**
 * The solutions for several right sides, in place of these.
 *
 * @param kernel from row and column, 0 where |row − column| > reach
 * @param ends   chance to end, by row: what is missing in the row to 1; changed
 */
export function solveChain(
  reach: number,
  kernel: (row: number, column: number) => number,
  ends: Float64Array,
  sides: readonly Float64Array[],
): void {
  const size = ends.length;
  const width = Math.min(reach, size - 1);
  const stride = 2 * width + 1;
  const band = new Float64Array(size * stride);
  const leaves = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const last = Math.min(size - 1, row + width);
    for (let column = Math.max(0, row - width); column <= last; column++) {
      band[row * stride + column - row + width] = kernel(row, column);
    }
  }
  for (let out = 0; out < size; out++) {
    const last = Math.min(size - 1, out + width);
    const from = out * stride - out + width;
    let leaving = ends[out]!;
    for (let column = out + 1; column <= last; column++) leaving += band[from + column]!;
    leaves[out] = leaving;
    for (let row = out + 1; row <= last; row++) {
      const at = row * stride - row + width;
      const share = band[at + out]! / leaving;
      if (share === 0) continue;
      for (let column = out + 1; column <= last; column++) band[at + column]! += share * band[from + column]!;
      ends[row]! += share * ends[out]!;
      for (const side of sides) side[row]! += share * side[out]!;
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    const last = Math.min(size - 1, row + width);
    const at = row * stride - row + width;
    for (const side of sides) {
      let sum = side[row]!;
      for (let column = row + 1; column <= last; column++) sum += band[at + column]! * side[column]!;
      side[row] = sum / leaves[row]!;
    }
  }
}
