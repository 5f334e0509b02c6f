/**
 * Exponential and logarithm as the C library's: within 0.52 ulp (Szabolcs Nagy's methods with tables, which musl and glibc
 * share and AssemblyScript's standard library ports), so that nearly always they are the double nearest to the exact
 * value. JavaScript's own differ between engines by an ulp, log(3) among them.
 */

export function exponentialOf(x: f64): f64 {
  return Math.exp(x);
}

export function logarithmOf(x: f64): f64 {
  return Math.log(x);
}
