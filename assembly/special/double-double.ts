// Arithmetic with twice the digits of f64, for the few places where a difference of large numbers decides.
//
// A double-double is the unevaluated sum of two f64, |low| <= ulp(high)/2. It travels as one v128 value: lane 0 is the
// high part, lane 1 the low part. WebAssembly has no fused multiply-add, so products are split by Veltkamp's method and
// operands must stay below 2^996. Relative errors are a few 2^-104; of the logarithm, 2^-85.
//
// [1] Dekker: A floating-point technique for extending the available precision. Numerische Mathematik 18 (1971).
// [2] Hida, Li, Bailey: Library for double-double and quad-double arithmetic. LBNL-46996 (2000).

// @ts-ignore: decorator
@inline
export function pair(high: f64, low: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(high), 1, low);
}

// @ts-ignore: decorator
@inline
export function high(x: v128): f64 {
  return f64x2.extract_lane(x, 0);
}

// @ts-ignore: decorator
@inline
export function low(x: v128): f64 {
  return f64x2.extract_lane(x, 1);
}

/** The nearest f64. */
// @ts-ignore: decorator
@inline
export function rounded(x: v128): f64 {
  return high(x) + low(x);
}

/** a + b, exactly. */
// @ts-ignore: decorator
@inline
export function sumOf(a: f64, b: f64): v128 {
  const s = a + b;
  const t = s - a;
  return pair(s, a - (s - t) + (b - t));
}

/** a + b, exactly, for |a| >= |b|. */
// @ts-ignore: decorator
@inline
function orderedSum(a: f64, b: f64): v128 {
  const s = a + b;
  return pair(s, b - (s - a));
}

/** a * b, exactly unless it underflows. */
// @ts-ignore: decorator
@inline
export function productOf(a: f64, b: f64): v128 {
  const p = a * b;
  const c = 134217729.0 * a;
  const d = 134217729.0 * b;
  const aHigh = c - (c - a);
  const bHigh = d - (d - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return pair(p, aHigh * bHigh - p + aHigh * bLow + aLow * bHigh + aLow * bLow);
}

export function add(a: v128, b: v128): v128 {
  const s = sumOf(high(a), high(b));
  const t = sumOf(low(a), low(b));
  const u = orderedSum(high(s), low(s) + high(t));
  return orderedSum(high(u), low(u) + low(t));
}

// @ts-ignore: decorator
@inline
export function negative(a: v128): v128 {
  return f64x2.neg(a);
}

// @ts-ignore: decorator
@inline
export function subtract(a: v128, b: v128): v128 {
  return add(a, f64x2.neg(b));
}

export function multiply(a: v128, b: v128): v128 {
  const p = productOf(high(a), high(b));
  return orderedSum(high(p), low(p) + (high(a) * low(b) + low(a) * high(b)));
}

/** a * b for one f64. */
export function scale(a: v128, b: f64): v128 {
  const p = productOf(high(a), b);
  return orderedSum(high(p), low(p) + low(a) * b);
}

export function divide(a: v128, b: v128): v128 {
  const first = high(a) / high(b);
  let rest = subtract(a, scale(b, first));
  const second = high(rest) / high(b);
  rest = subtract(rest, scale(b, second));
  const quotient = orderedSum(first, second);
  return orderedSum(high(quotient), low(quotient) + high(rest) / high(b));
}

/** exp(x), with the error of one f64 exponential: the low part of x acts as a factor. */
export function exponential(x: v128): f64 {
  const e = Math.exp(high(x));
  return e + e * low(x);
}

/** exp(x) in twice the digits, for results that are normal: what the f64 exponential missed is told by its logarithm. */
export function exponentialPair(x: v128): v128 {
  const e = Math.exp(high(x));
  if (e < 2.2250738585072014e-308 || e == Infinity) return pair(e, 0);
  const missed = subtract(x, logarithm(pair(e, 0)));
  return orderedSum(e, e * (high(missed) + low(missed)));
}

/** sqrt(x) in twice the digits, for positive x. */
export function squareRoot(x: v128): v128 {
  const root = Math.sqrt(high(x));
  const missed = subtract(x, productOf(root, root));
  return orderedSum(root, high(missed) / (2.0 * root));
}

/** log(i / 64) for i = 45 to 91, high and low parts (mpmath, 60 digits). */
const logarithms: StaticArray<f64> = [
  -0.3522205935893521, -5.7233316949182485e-18, -0.33024168687057687, 1.0828321637483858e-17,
  -0.3087354816496133, 1.6199186085148102e-17, -0.2876820724517809, -2.607160616442564e-17,
  -0.26706278524904525, 7.32891532732017e-18, -0.24686007793152578, -1.361743371748368e-17,
  -0.22705745063534608, -9.551415762738488e-18, -0.2076393647782445, -1.2053243216686129e-17,
  -0.18859116980755003, 7.432164219196925e-18, -0.16989903679539747, 4.868008764439071e-19,
  -0.15154989812720093, -5.1669593684615594e-18, -0.13353139262452263, 3.664457663660085e-18,
  -0.1158318155251217, -4.338484369808096e-18, -0.09844007281325252, 4.439009633675136e-18,
  -0.0813456394539524, -5.07707635593117e-18, -0.06453852113757118, 6.470486661692933e-18,
  -0.048009219186360606, -1.4390903347292205e-18, -0.0317486983145803, -3.0382263084680858e-18,
  -0.015748356968139168, -1.0021578630528974e-18, 0.0, 0.0, 0.015504186535965254, -3.278321022892429e-19,
  0.030771658666753687, 1.0431732029005968e-18, 0.0458095360312942, 1.902959866474257e-18,
  0.06062462181643484, 2.6424025938726934e-18, 0.07522342123758753, -5.930604196293241e-18,
  0.08961215868968714, -5.4268129336647135e-18, 0.10379679368164356, 5.47772415726659e-18,
  0.11778303565638346, -1.1971685747593677e-18, 0.13157635778871926, 1.1123000879729588e-17,
  0.1451820098444979, 8.242418783022475e-18, 0.15860503017663857, 1.1257003872182592e-17,
  0.17185025692665923, -6.0224538210113705e-18, 0.184922338494012, 3.0236614153574064e-18,
  0.19782574332991987, 1.2821194372980142e-17, 0.21056476910734964, -4.249405314729895e-18,
  0.22314355131420976, -9.091270597324799e-18, 0.2355660713127669, -2.3943371495187355e-18,
  0.24783616390458127, -1.2432209578702523e-17, 0.25995752443692605, 2.069806938978935e-17,
  0.27193371548364176, 7.83319637697442e-19, 0.2837681731306446, -2.032665581126656e-17, 0.2954642128938359,
  -2.16461086040599e-17, 0.3070250352949119, -1.2319916200101964e-17, 0.3184537311185346,
  2.7114779367326236e-17, 0.329753286372468, 2.122020616196946e-18, 0.3409265869705932,
  1.7467136443544747e-17, 0.3519764231571782, -1.2953893030191963e-17,
];

/**
 * log(x) for a positive x: x = 2^k * m, m in [0.7, 1.42), and log(m) = log(c) + 2 atanh((m - c)/(m + c)) about
 * the nearest multiple c of 1/64. Near x = 1, where c = 1 and k = 0, the relative error stays 2^-85.
 */
export function logarithm(x: v128): v128 {
  let k = -1023;
  if (high(x) < 2.2250738585072014e-308) {
    x = f64x2.mul(x, f64x2.splat(18014398509481984.0)); // 2^54: what is subnormal has no exponent of its own
    k -= 54;
  }
  const bits = reinterpret<i64>(high(x));
  k += <i32>(bits >> 52);
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m >= 1.4140625) {
    m *= 0.5;
    k += 1;
  }
  // 2^-k in two factors, either of which may leave the range of exponents alone
  const half = k >> 1;
  const mLow =
    low(x) *
    reinterpret<f64>(<i64>(1023 - half) << 52) *
    reinterpret<f64>(<i64>(1023 - (k - half)) << 52);
  const index = <i32>(m * 64.0 + 0.5);
  const c = <f64>index * 0.015625;
  const ratio = divide(sumOf(m - c, mLow), add(sumOf(m, c), pair(mLow, 0)));
  const square = multiply(ratio, ratio);
  const s = high(square);
  const tail = s * s * (0.4 + s * (2.0 / 7.0 + s * (2.0 / 9.0 + s * (2.0 / 11.0 + s * (2.0 / 13.0)))));
  const factor = add(multiply(square, pair(0.6666666666666666, 3.700743415417188e-17)), sumOf(2.0, tail));
  let sum = multiply(ratio, factor);
  const at = (index - 45) << 1;
  if (index != 64) sum = add(pair(unchecked(logarithms[at]), unchecked(logarithms[at + 1])), sum);
  if (k != 0) sum = add(scale(pair(0.6931471805599453, 2.3190468138462996e-17), <f64>k), sum);
  return sum;
}
