// Distances of two vectors, over blocks of dense f64 pairs without NaN.

import { addTo } from "./two-sum";

/** Adds to `state` (three f64: sum, its low part, largest) the `length` magnitudes |values| · factor, to the power 1 or 2. */
export function addMagnitudes(state: usize, values: usize, length: i32, factor: f64, squared: bool): void {
  const by = f64x2.splat(factor);
  let a = f64x2.splat(0);
  let largest = f64x2.splat(0);
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~1) << 3); values < stop; values += 16) {
    const magnitude = f64x2.abs(v128.load(values));
    const scaled = f64x2.mul(magnitude, by);
    largest = f64x2.pmax(largest, magnitude);
    a = f64x2.add(a, squared ? f64x2.mul(scaled, scaled) : scaled);
  }
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  let most = max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
  for (; values < end; values += 8) {
    const magnitude = abs(load<f64>(values));
    const scaled = magnitude * factor;
    most = max(most, magnitude);
    sum += squared ? scaled * scaled : scaled;
  }
  addTo(state, sum);
  store<f64>(state, max(load<f64>(state, 16), most), 16);
}

/**
 * Adds to `state` (eight f64: Σx² and its low part, Σy² and its low part, Σxy and its low part, largest |x|, largest |y|)
 * the `length` pairs (x · factorX, y · factorY); the largest are of values as they are.
 */
export function addProducts(state: usize, x: usize, y: usize, length: i32, factorX: f64, factorY: f64): void {
  let xx: f64 = 0;
  let yy: f64 = 0;
  let xy: f64 = 0;
  let mostX = load<f64>(state, 48);
  let mostY = load<f64>(state, 56);
  for (const end = x + (<usize>length << 3); x < end; x += 8, y += 8) {
    const u = load<f64>(x);
    const v = load<f64>(y);
    mostX = max(mostX, abs(u));
    mostY = max(mostY, abs(v));
    const a = u * factorX;
    const b = v * factorY;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  addTo(state, xx);
  addTo(state + 16, yy);
  addTo(state + 32, xy);
  store<f64>(state, mostX, 48);
  store<f64>(state, mostY, 56);
}
