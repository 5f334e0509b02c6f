/**
 * a·b - c·d without the digits that rounding the products would lose: counts of billions on both sides that differ by a
 * few rows. Each product's rounding error is computed exactly and put back [1].
 *
 * [1] Dekker: A floating-point technique for extending the available precision. Numerische Mathematik 18 (1971).
 */
export function productGap(a: number, b: number, c: number, d: number): number {
  const first = a * b;
  const second = c * d;
  if (first < 2 ** 50 && second < 2 ** 50) return first - second;
  return first - second + (productError(a, b, first) - productError(c, d, second));
}

/** a·b - fl(a·b), exactly. */
function productError(a: number, b: number, product: number): number {
  const a1 = upperHalf(a);
  const b1 = upperHalf(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2;
}

/** The upper 26 bits. */
function upperHalf(x: number): number {
  const scaled = x * 134_217_729; // 2^27 + 1
  return scaled - (scaled - x);
}
