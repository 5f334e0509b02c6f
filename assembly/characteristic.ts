// The empirical characteristic function at a few points: sums of cosines and sines of the values, and of their products.
//
// Both functions of two values at a time: the angle minus its nearest multiple of pi/2, in three parts of which the
// first multiplication is exact [1], then the polynomials of fdlibm for |y| <= pi/4 [2], exchanged and negated by
// quadrant. Errors are below 2e-16. Angles beyond 2^20 pi/2 go through the standard functions, which reduce any double.
//
// A block's cosines and sines are kept in scratch, so that each product is a loop over two arrays in the cache. Blocks
// are added with what rounding takes.
//
// [1] Cody, Waite: Software Manual for the Elementary Functions (1980).
// [2] Sun Microsystems: fdlibm, k_sin.c and k_cos.c (1993), freely granted.

import { addTo } from "./two-sum";

// state, consecutive f64: count, +inf, -inf, then pairs (sum, its low part): of each of the 2 * points functions (cosine
// and sine at the first point, at the second, …), and of the products of function j with each i <= j, j ascending.
const sumsAt: usize = 24;

const most: f64 = 1647099.0; // 2^20 pi/2: up to here the multiple times piOver2High is exact
const twoOverPi: f64 = 6.36619772367581382433e-1;
const piOver2High: f64 = 1.57079632673412561417; // the first 33 bits of pi/2
const piOver2Low: f64 = 6.07710050650619224932e-11;
const magic: f64 = 6755399441055744.0; // 1.5 * 2^52 rounds to whole numbers, which the low bits then hold

const s1: f64 = -1.66666666666666324348e-1;
const s2: f64 = 8.33333333332248946124e-3;
const s3: f64 = -1.98412698298579493134e-4;
const s4: f64 = 2.75573137070700676789e-6;
const s5: f64 = -2.50507602534068634195e-8;
const s6: f64 = 1.58969099521155010221e-10;
const c1: f64 = 4.16666666666666019037e-2;
const c2: f64 = -1.38888888888741095749e-3;
const c3: f64 = 2.48015872894767294178e-5;
const c4: f64 = -2.75573143513906633035e-7;
const c5: f64 = 2.08757232129817482790e-9;
const c6: f64 = -1.13596475577881948265e-11;

/** Bytes of the state for a number of points. */
export function characteristicSize(points: i32): i32 {
  return 24 + 16 * (2 * points + points * (2 * points + 1));
}

/**
 * Adds `length` dense f64 to the state; NaN is left out, infinite values are counted. Angles are (x factor - centre) times
 * each of the `points` frequencies. `scratch` has room for (2 * points + 1) * (length + 1) f64.
 */
export function characteristicUpdate(
  state: usize,
  values: usize,
  length: i32,
  factor: f64,
  centre: f64,
  frequencies: usize,
  points: i32,
  scratch: usize,
): void {
  const kept = distances(state, values, length, factor, centre, scratch);
  if (kept == 0) return;
  store<f64>(state, load<f64>(state) + <f64>kept);
  // what follows goes by pairs; an odd one gets a partner that adds nothing
  const pairs = (kept + 1) >> 1;
  const stride = <usize>pairs << 4;
  const functions = scratch + stride;
  for (let point = 0; point < points; point++) {
    const frequency = load<f64>(frequencies + (<usize>point << 3));
    const cosines = functions + <usize>(2 * point) * stride;
    turn(scratch, pairs, frequency, cosines, cosines + stride);
    if (kept & 1) {
      store<f64>(cosines + (<usize>kept << 3), 0);
      store<f64>(cosines + stride + (<usize>kept << 3), 0);
    }
  }
  let sums = state + sumsAt;
  for (let j = 0; j < 2 * points; j++, sums += 16) addTo(sums, sum(functions + <usize>j * stride, pairs));
  for (let j = 0; j < 2 * points; j++) {
    for (let i = 0; i <= j; i++, sums += 16) {
      addTo(sums, sumOfProducts(functions + <usize>i * stride, functions + <usize>j * stride, pairs));
    }
  }
}

/** Puts x factor - centre of the finite values at `out`, and a zero behind them; counts the infinite ones. */
function distances(state: usize, values: usize, length: i32, factor: f64, centre: f64, out: usize): i32 {
  let to = out;
  let positive = 0;
  let negative = 0;
  for (let end = values + (<usize>length << 3); values < end; values += 8) {
    const x = load<f64>(values);
    store<f64>(to, x * factor - centre);
    to += <usize>(x - x == 0) << 3;
    positive += i32(x == Infinity);
    negative += i32(x == -Infinity);
  }
  store<f64>(to, 0);
  store<f64>(state, load<f64>(state, 8) + <f64>positive, 8);
  store<f64>(state, load<f64>(state, 16) + <f64>negative, 16);
  return <i32>((to - out) >>> 3);
}

/** Cosine and sine of frequency times each of the distances. */
function turn(values: usize, pairs: i32, frequency: f64, cosines: usize, sines: usize): void {
  const by = f64x2.splat(frequency);
  const limit = f64x2.splat(most);
  const round = f64x2.splat(magic);
  const one = f64x2.splat(1.0);
  const half = f64x2.splat(0.5);
  for (const end = values + (<usize>pairs << 4); values < end; values += 16, cosines += 16, sines += 16) {
    const angle = f64x2.mul(v128.load(values), by);
    if (!i64x2.all_true(f64x2.lt(f64x2.abs(angle), limit))) {
      far(f64x2.extract_lane(angle, 0), cosines, sines);
      far(f64x2.extract_lane(angle, 1), cosines + 8, sines + 8);
      continue;
    }
    const shifted = f64x2.add(f64x2.mul(angle, f64x2.splat(twoOverPi)), round);
    const multiple = f64x2.sub(shifted, round);
    const rest = f64x2.sub(angle, f64x2.mul(multiple, f64x2.splat(piOver2High)));
    const low = f64x2.mul(multiple, f64x2.splat(piOver2Low));
    const y = f64x2.sub(rest, low);
    const tail = f64x2.sub(f64x2.sub(rest, y), low);
    const z = f64x2.mul(y, y);
    const w = f64x2.mul(z, z);

    const v = f64x2.mul(z, y);
    const odd = f64x2.add(
      f64x2.add(f64x2.splat(s2), f64x2.mul(z, f64x2.add(f64x2.splat(s3), f64x2.mul(z, f64x2.splat(s4))))),
      f64x2.mul(f64x2.mul(z, w), f64x2.add(f64x2.splat(s5), f64x2.mul(z, f64x2.splat(s6)))),
    );
    // y - ((z (tail/2 - v odd) - tail) - v s1)
    const inner = f64x2.sub(f64x2.mul(z, f64x2.sub(f64x2.mul(half, tail), f64x2.mul(v, odd))), tail);
    const sine = f64x2.sub(y, f64x2.sub(inner, f64x2.mul(v, f64x2.splat(s1))));

    const even = f64x2.add(
      f64x2.mul(z, f64x2.add(f64x2.splat(c1), f64x2.mul(z, f64x2.add(f64x2.splat(c2), f64x2.mul(z, f64x2.splat(c3)))))),
      f64x2.mul(f64x2.mul(w, w), f64x2.add(f64x2.splat(c4), f64x2.mul(z, f64x2.add(f64x2.splat(c5), f64x2.mul(z, f64x2.splat(c6)))))),
    );
    const halfSquare = f64x2.mul(half, z);
    const near = f64x2.sub(one, halfSquare);
    // near + (((1 - near) - z/2) + (z even - y tail))
    const cosine = f64x2.add(
      near,
      f64x2.add(f64x2.sub(f64x2.sub(one, near), halfSquare), f64x2.sub(f64x2.mul(z, even), f64x2.mul(y, tail))),
    );

    // quadrant: exchanged when odd; the sine negated in the upper two, the cosine in the middle two
    const exchanged = i64x2.neg(v128.and(shifted, i64x2.splat(1)));
    const negated = i64x2.shl(i64x2.shr_u(shifted, 1), 63);
    const turned = i64x2.shl(v128.xor(shifted, i64x2.shr_u(shifted, 1)), 63);
    v128.store(sines, v128.xor(v128.bitselect(cosine, sine, exchanged), negated));
    v128.store(cosines, v128.xor(v128.bitselect(sine, cosine, exchanged), turned));
  }
}

/** An angle that may be huge; one beyond the largest double stands nowhere, and is taken for none. */
function far(angle: f64, cosine: usize, sine: usize): void {
  const known = angle - angle == 0 ? angle : 0;
  store<f64>(cosine, Math.cos(known));
  store<f64>(sine, Math.sin(known));
}

function sum(values: usize, pairs: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  const end = values + (<usize>pairs << 4);
  for (const stop = values + (<usize>(pairs & ~1) << 4); values < stop; values += 32) {
    a = f64x2.add(a, v128.load(values));
    b = f64x2.add(b, v128.load(values, 16));
  }
  if (values < end) a = f64x2.add(a, v128.load(values));
  a = f64x2.add(a, b);
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}

function sumOfProducts(x: usize, y: usize, pairs: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  const end = x + (<usize>pairs << 4);
  for (const stop = x + (<usize>(pairs & ~1) << 4); x < stop; x += 32, y += 32) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
  }
  if (x < end) a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
  a = f64x2.add(a, b);
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}
