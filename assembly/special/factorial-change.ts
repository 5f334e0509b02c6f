// How a factorial changes, without the cancellation that the difference of two logarithms of it would have: near counts of
// 1e15 these are 3e16, and what they differ by is often about 1. With u = t / x, Stirling's series gives
//
//   log((x + t)!/x!) - t log x  =  (t + 1/2) u + (x + t + 1/2) (log(1 + u) - u) + what is left of both series
import { lgamma, stirling } from "./log-gamma";
import { log1pMinus } from "./log1p-minus";

/** log((x + t)!/x!) - t log x, for whole x > 0 and t >= -x. Below 64 it takes |t| steps. */
export function factorialChange(x: f64, t: f64): f64 {
  if (x < 64.0) return fewFactors(x, t);
  if (x + t < 1.0) return lgamma(x + t + 1.0) - lgamma(x + 1.0) - t * Math.log(x);
  return changeOfLarge(x, t);
}

/** The same by Stirling's series, for large x and x + t, whole or not. */
export function changeOfLarge(x: f64, t: f64): f64 {
  const u = t / x;
  return (t + 0.5) * u + (x + t + 0.5) * log1pMinus(u) + (stirling(x + t) - stirling(x));
}

/** The same, factor by factor. */
function fewFactors(x: f64, t: f64): f64 {
  let product = 1.0;
  for (let i = 1.0; i <= t; i += 1.0) product *= 1.0 + i / x;
  for (let i = t + 1.0; i < 0; i += 1.0) product *= 1.0 + i / x;
  return t > 0 ? Math.log(product) : -Math.log(product);
}
