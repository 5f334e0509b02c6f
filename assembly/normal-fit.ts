// Anderson and Darling's A² against the normal law: -n - Σ ((2i - 1) ln Φ(zᵢ) + (2(n - i) + 1) ln Φ(-zᵢ)) / n of values in order.
//
// Of many values, most lie close together: both logarithms are expanded about the middle of cells of 1/256 standard
// deviation, which values in order pass one after the other. With h the hazard φ(z) / Φ(-z) and a = h - z, the derivatives of
// ln Φ(-z) are -h, -h a, -h (a² + h a - 1), … Terms up to the fourth leave 2e-16.

import { erfc, erfcxAbove } from "./special/erf";
import { addTo } from "./two-sum";

/** Fewer values than this are not worth expanding anything. */
const fewValues: u32 = 4096;

const cells: f64 = 256;
const sqrtHalf: f64 = 0.7071067811865476;
const sqrtTwoOverPi: f64 = 0.7978845608028654;
const density: f64 = 0.3989422804014327; // 1 / √(2π)

/**
 * A² of `length` f64 in ascending order against the normal law of this mean and standard deviation. `scratch` is room for 12
 * f64.
 */
export function normalFit(sorted: usize, length: u32, mean: f64, deviation: f64, scratch: usize): f64 {
  store<f64>(scratch, 0);
  store<f64>(scratch, 0, 8);
  const n = <f64>length;
  const upper = scratch + 16;
  const lower = scratch + 56;
  let cell: f64 = NaN;
  let middle: f64 = 0;
  for (let k: u32 = 0; k < length; k++) {
    const z = (load<f64>(sorted + (<usize>k << 3)) - mean) / deviation;
    const below = <f64>k * 2 + 1;
    const above = 2 * n - below;
    let logBelow: f64;
    let logAbove: f64;
    if (length < fewValues) {
      logBelow = logTail(-z);
      logAbove = logTail(z);
    } else {
      const own = Math.floor(z * cells);
      if (own != cell) {
        cell = own;
        middle = (own + 0.5) / cells;
        expand(middle, upper);
        expand(-middle, lower);
      }
      logBelow = expanded(lower, middle - z);
      logAbove = expanded(upper, z - middle);
    }
    // The mean of these terms is -1: what is added up stays near 0.
    addTo(scratch, 1 + (below * logBelow + above * logAbove) / n);
  }
  return -(load<f64>(scratch) + load<f64>(scratch, 8));
}

/** ln P(Z > z), also where that is no double any more. */
function logTail(z: f64): f64 {
  if (z >= 0.75) return Math.log(0.5 * erfcxAbove(z * sqrtHalf)) - 0.5 * z * z;
  return z > -0.75 ? Math.log(0.5 * erfc(z * sqrtHalf)) : Math.log1p(-tail(-z));
}

/** P(Z > z) of z ≥ 0.75. */
function tail(z: f64): f64 {
  return 0.5 * Math.exp(-0.5 * z * z) * erfcxAbove(z * sqrtHalf);
}

/** Five f64 at `out`: ln P(Z > z) at `z`, and its derivatives over their factorials. */
function expand(z: f64, out: usize): void {
  const hazard = z >= 0.75 ? sqrtTwoOverPi / erfcxAbove(z * sqrtHalf) : density * Math.exp(-0.5 * z * z) / Math.exp(logTail(z));
  const a = hazard - z;
  const slope = hazard * a - 1; // of a
  const second = a * a + slope;
  store<f64>(out, logTail(z));
  store<f64>(out, -hazard, 8);
  store<f64>(out, (-hazard * a) / 2, 16);
  store<f64>(out, (-hazard * second) / 6, 24);
  store<f64>(out, (-hazard * (a * second + (2 * a + hazard) * slope + hazard * a * a)) / 24, 32);
}

// @ts-ignore: decorator
@inline
function expanded(at: usize, d: f64): f64 {
  const rest = load<f64>(at, 16) + d * (load<f64>(at, 24) + d * load<f64>(at, 32));
  return load<f64>(at) + d * (load<f64>(at, 8) + d * rest);
}
