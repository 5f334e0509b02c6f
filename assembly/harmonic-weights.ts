// The sum behind the Anderson-Darling statistic, Σ g² / D over N pooled values that are all different, from the places of
// m of them alone: the sum over the others is a difference of harmonic sums, which are in a table.
//
// In the middle of the pooled value at place t, p = t + 1/2, the gap is g = m·p - N·W with W the current values below it,
// a current one itself counted half, and D = p · (N - p) - N / 4 = (p - r) · (s - p), r + s = N, so that
//   δ / D = 1 / (p - r) + 1 / (s - p),   δ = s - r = sqrt(N² - N).
// With H(t) the sum of 1 / (p - r) up to the middle of place t, H the sum of all N, P_j the place of the current value with
// j current ones below it, A_j = H - H(P_j), B_j = H - H(N - 1 - P_j), and Z the sum of (2j + 1)·A_j + (2m - 2j - 1)·B_j,
//   Σ g² / D = N² / δ · Z - N·m² - N / δ · (m² · H / 2 + 2·m·r · Σ (A_j + B_j - H)) - N² / 4 · Σ 1 / D(P_j).
// Z is nearly m²: it is added up without any rounding error that matters, as is the table.
//
// r = 1/4 + ε depends on N, the table does not: it has 1/4 in place of r, and what ε adds, Σ ε / (x · (x - ε)), is added up
// for the first places and has its expansion in 1 / x for all others.
//
// Table: two f64 for each place, the sum up to its middle as a multiple of 2^-20, and the rest.

import { sumError } from "./two-sum";

/** Adding and subtracting this rounds to a multiple of 2^-20. */
const rounder: f64 = 6442450944; // 1.5 · 2^32

/** Writes the table for the first `size` places. */
export function harmonicTable(table: usize, size: i32): void {
  let high: f64 = 0;
  let low: f64 = 0;
  for (let t = 0; t < size; t++, table += 16) {
    const x = <f64>t + 0.25;
    const inverse = 1 / x;
    // The quotient's first 26 bits times x, which has 23, is exact; so is the rest's product.
    const split = 134217729 * inverse;
    const head = split - (split - inverse);
    const rest = (1 - head * x - (inverse - head) * x) / x;
    const middle = high + 0.5 * inverse;
    const whole = middle + rounder - rounder;
    store<f64>(table, whole);
    store<f64>(table, high - whole + 0.5 * inverse + (low + 0.5 * rest), 8);
    const next = high + inverse;
    const part = next - high;
    low += high - (next - part) + (inverse - part) + rest;
    high = next;
  }
}

/** Places up to which what ε adds is added up. */
const near: u32 = 64;
const sixth: f64 = 1.0 / 6;

/** Bytes of scratch that `weightedGaps` needs. */
export function weightedGapsScratch(): i32 {
  return (near + 1) << 3;
}

/**
 * Σ g² / D, both sums over the two ends of the pooled values at once.
 *
 * @param places  u32 number of the n reference values below each of the m current ones, all values being different
 * @param table  of at least n + m places
 */
export function weightedGaps(places: usize, m: u32, n: u32, table: usize, scratch: usize): f64 {
  const total = <f64>n + <f64>m;
  const count = <f64>m;
  const root = Math.sqrt(1 - 1 / total);
  const r = 0.5 / (1 + root);
  // r - 1/4 = (1 - root) / (4 (1 + root)), and 1 - root = 1 / (N (1 + root))
  const epsilon = 0.25 / total / ((1 + root) * (1 + root));
  const all = shifts(epsilon, scratch);
  const half = 0.5 * epsilon;
  const last = n + m - 1;
  const lastInverse = 1 / (<f64>last + 0.5 - r);
  const ofLast =
    last < near
      ? load<f64>(scratch + (<usize>last << 3))
      : all - epsilon * lastInverse * (1 + lastInverse * (lastInverse * sixth - half));
  const whole = load<f64>(table + (<usize>last << 4));
  const rest = load<f64>(table + (<usize>last << 4), 8) + ofLast + 0.5 * lastInverse;
  const one = f64x2.splat(1);
  const vHalf = f64x2.splat(0.5);
  const vR = f64x2.splat(r);
  const vAll = f64x2.splat(all);
  const vEpsilon = f64x2.splat(epsilon);
  const vShift = f64x2.splat(half);
  const vWhole = f64x2.splat(whole);
  const vRest = f64x2.splat(rest);
  const vLast = f64x2.splat(<f64>last);
  const vTwice = f64x2.splat(2 * count);
  const four = f64x2.splat(4);
  const farthest = last - near;
  let z: f64 = 0;
  let zLow: f64 = 0;
  let both: f64 = 0;
  let inverses: f64 = 0;
  let own = f64x2.replace_lane(one, 1, 3);
  // Two current values at a time; where one is left it is taken twice, and added once.
  for (let j: u32 = 0; j < m; j += 2, places += 8) {
    const isPair = j + 1 < m;
    const p0 = load<u32>(places) + j;
    const p1 = isPair ? load<u32>(places, 4) + j + 1 : p0;
    const place = f64x2.convert_low_i32x4_s(i32x4.replace_lane(i32x4.splat(p0), 1, p1));
    const above = f64x2.div(one, f64x2.sub(f64x2.add(place, vHalf), vR));
    const below = f64x2.div(one, f64x2.sub(f64x2.add(f64x2.sub(vLast, place), vHalf), vR));
    let shiftAbove = f64x2.sub(vAll, shiftFrom(above, vEpsilon, vShift));
    let shiftBelow = f64x2.sub(vAll, shiftFrom(below, vEpsilon, vShift));
    if (p0 < near || p1 > farthest) {
      shiftAbove = nearShift(shiftAbove, scratch, p0, p1);
      shiftBelow = nearShift(shiftBelow, scratch, last - p0, last - p1);
    }
    const a0 = v128.load(table + (<usize>p0 << 4));
    const a1 = v128.load(table + (<usize>p1 << 4));
    const b0 = v128.load(table + (<usize>(last - p0) << 4));
    const b1 = v128.load(table + (<usize>(last - p1) << 4));
    const away = f64x2.sub(vWhole, v128.shuffle<f64>(a0, a1, 0, 2));
    const awayRest = f64x2.sub(vRest, f64x2.add(v128.shuffle<f64>(a0, a1, 1, 3), shiftAbove));
    const back = f64x2.sub(vWhole, v128.shuffle<f64>(b0, b1, 0, 2));
    const backRest = f64x2.sub(vRest, f64x2.add(v128.shuffle<f64>(b0, b1, 1, 3), shiftBelow));
    const other = f64x2.sub(vTwice, own);
    const terms = f64x2.add(f64x2.mul(own, away), f64x2.mul(other, back));
    const restTerms = f64x2.add(f64x2.mul(own, awayRest), f64x2.mul(other, backRest));
    const bothTerms = f64x2.add(
      f64x2.sub(f64x2.add(away, back), vWhole),
      f64x2.sub(f64x2.add(awayRest, backRest), vRest),
    );
    const inverseTerms = f64x2.add(above, below);
    own = f64x2.add(own, four);
    const term = f64x2.extract_lane(terms, 0);
    const next = z + term;
    zLow += sumError(z, term, next) + f64x2.extract_lane(restTerms, 0);
    z = next;
    both += f64x2.extract_lane(bothTerms, 0);
    inverses += f64x2.extract_lane(inverseTerms, 0);
    if (!isPair) break;
    const term1 = f64x2.extract_lane(terms, 1);
    const next1 = z + term1;
    zLow += sumError(z, term1, next1) + f64x2.extract_lane(restTerms, 1);
    z = next1;
    both += f64x2.extract_lane(bothTerms, 1);
    inverses += f64x2.extract_lane(inverseTerms, 1);
  }
  // N / δ is 1 / root, and 1 / root - 1 the rest of it.
  const more = 1 / (total * root * (1 + root));
  const outer = (count * count * (whole + rest)) / 2 + 2 * count * r * both + 0.25 * total * inverses;
  return total * (z - count * count + zLow + more * (z + zLow)) - outer / root;
}

/** What ε adds from two places on, of whose distances from the root these are the inverses. */
// @ts-ignore: decorator
@inline
function shiftFrom(inverse: v128, epsilon: v128, half: v128): v128 {
  const inner = f64x2.sub(f64x2.mul(inverse, f64x2.splat(sixth)), half);
  return f64x2.mul(f64x2.mul(epsilon, inverse), f64x2.add(f64x2.splat(1), f64x2.mul(inverse, inner)));
}

/** What ε adds up to two places, those among the first as it was added up. */
function nearShift(shift: v128, first: usize, p0: u32, p1: u32): v128 {
  if (p0 < near) shift = f64x2.replace_lane(shift, 0, load<f64>(first + (<usize>p0 << 3)));
  return p1 < near ? f64x2.replace_lane(shift, 1, load<f64>(first + (<usize>p1 << 3))) : shift;
}

/** Writes what ε adds up to the middle of each of the first places (f64), and returns what it adds to all. */
function shifts(epsilon: f64, first: usize): f64 {
  let sum: f64 = 0;
  for (let t: u32 = 0; t < near; t++, first += 8) {
    const x = <f64>t + 0.25;
    const more = epsilon / (x * (x - epsilon));
    store<f64>(first, sum + 0.5 * more);
    sum += more;
  }
  // From the edge of a place: ∫ f over what follows its middle, f = ε / (x (x - ε)), less half of f at it.
  const x = <f64>near + 0.25;
  const inverse = 1 / (x - epsilon);
  return (
    sum +
    0.5 * (epsilon / (x * (x - epsilon))) +
    epsilon * inverse * (1 + inverse * (inverse * sixth - 0.5 * epsilon))
  );
}
