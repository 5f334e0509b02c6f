// log(1 + x) - x without cancellation: the exponent of every gamma and beta density about its mode.

/**
 * log(1 + x) - x for x > -1. With r = x / (2 + x), log(1 + x) = 2 atanh(r), and what is left after subtracting x is
 * r * (2 r^2 (1/3 + r^2/5 + …) - x), a sum whose second term dominates.
 */
export function log1pMinus(x: f64): f64 {
  if (x < -0.4 || x > 0.6) return Math.log1p(x) - x;
  const r = x / (2.0 + x);
  const s = r * r;
  const series =
    1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s * (1.0 / 9.0 + s * (1.0 / 11.0 + s * (1.0 / 13.0 +
    s * (1.0 / 15.0 + s * (1.0 / 17.0 + s * (1.0 / 19.0 + s * (1.0 / 21.0 + s * (1.0 / 23.0 + s * (1.0 / 25.0 +
    s * (1.0 / 27.0 + s * (1.0 / 29.0))))))))))))) ;
  return r * (2.0 * s * series - x);
}
