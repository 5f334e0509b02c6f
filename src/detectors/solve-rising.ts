/** Where a rising function of one number reaches a value. */

/**
 * The x with f(x) = 0 for an f that rises, by regula falsi with halving (Illinois), to the last digits.
 *
 * @param low  with f(low) ≤ 0
 * @param high a first guess above it; doubled until f(high) ≥ 0
 */
export function solveRising(f: (x: number) => number, low: number, high: number, tolerance = 1e-10): number {
  let [a, b] = [low, high];
  let fa = f(a);
  let fb = f(b);
  while (fb < 0) {
    [a, fa] = [b, fb];
    b *= 1.5;
    fb = f(b);
  }
  let side = 0;
  for (let round = 0; round < 100; round++) {
    const x = fa === fb ? a : (a * fb - b * fa) / (fb - fa);
    if (Math.abs(b - a) <= tolerance * Math.abs(b)) return x;
    const fx = f(x);
    if (Math.abs(fx) <= tolerance) return x;
    if (fx < 0) {
      [a, fa] = [x, fx];
      if (side === -1) fb /= 2;
      side = -1;
    } else {
      [b, fb] = [x, fx];
      if (side === 1) fa /= 2;
      side = 1;
    }
  }
  return b;
}
