// The binomial and the Poisson law. Their probabilities are those of the beta and gamma densities at whole numbers, by
// logarithms in twice the digits [1]; their tails are the incomplete beta and gamma functions.
//
// [1] Loader: Fast and accurate computation of binomial probabilities (2000).
import { add, divide, exponential, logarithm, pair, productOf, rounded, scale, subtract, sumOf } from "./double-double";
import { betaLogFactor, incompleteBeta } from "./incomplete-beta";
import { gammaLogFactor, gammaP, gammaQ } from "./incomplete-gamma";

/** P(X = k) for n trials of chance p, or its logarithm; k and n whole. */
export function binomialMass(k: f64, n: f64, p: f64, logarithmic: i32): f64 {
  if (k != k) return k;
  const isImpossible = k < 0 || k > n || (p == 0 && k > 0) || (p == 1.0 && k < n);
  if (isImpossible) return logarithmic != 0 ? -Infinity : 0.0;
  if (p == 0 || p == 1.0) return logarithmic != 0 ? 0.0 : 1.0;
  const log = binomialLog(k, n, pair(p, 0), sumOf(1.0, -p));
  return logarithmic != 0 ? rounded(log) : exponential(log);
}

/** log of C(n, k) p^k q^(n - k) for 0 <= k <= n and positive p, q. */
export function binomialLog(k: f64, n: f64, p: v128, q: v128): v128 {
  if (k == 0) return n == 0 ? pair(0, 0) : scale(logarithm(q), n);
  if (k == n) return scale(logarithm(p), n);
  // C(n, k) B(k, n - k) = n / (k (n - k))
  const inverse = divide(pair(n, 0), productOf(k, n - k));
  return add(betaLogFactor(k, n - k, p, q), logarithm(inverse));
}

/** P(X <= k), or P(X > k) for upper = 1. */
export function binomialTail(k: f64, n: f64, p: f64, upper: i32): f64 {
  if (k != k) return k;
  if (k < 0 || p == 0) return (k < 0) == (upper != 0) ? 1.0 : 0.0;
  if (k >= n || p == 1.0) return k >= n == (upper != 0) ? 0.0 : 1.0;
  return incompleteBeta(k + 1.0, n - k, pair(p, 0), sumOf(1.0, -p), upper == 0);
}

/** P(X = k) for a Poisson law with this mean, or its logarithm; k whole. */
export function poissonMass(k: f64, mean: f64, logarithmic: i32): f64 {
  if (k != k) return k;
  if (k < 0 || k == Infinity || (mean == 0 && k > 0)) return logarithmic != 0 ? -Infinity : 0.0;
  if (k == 0) return logarithmic != 0 ? 0.0 - mean : Math.exp(-mean);
  const log = subtract(gammaLogFactor(k, mean), logarithm(pair(k, 0)));
  return logarithmic != 0 ? rounded(log) : exponential(log);
}

/** P(X <= k), or P(X > k) for upper = 1. */
export function poissonTail(k: f64, mean: f64, upper: i32): f64 {
  if (k != k) return k;
  if (k < 0) return upper != 0 ? 1.0 : 0.0;
  return upper != 0 ? gammaP(k + 1.0, mean) : gammaQ(k + 1.0, mean);
}
