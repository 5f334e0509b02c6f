// Deals all rows to two sides at random when only the counts of their cells matter: cell by cell, the count on the first
// side is hypergeometric given the rows and places still left. It costs the same whatever the number of rows.
//
// One count, of `draws` rows from `size` of which `marked` lie in the cell; both are brought to half of size or less:
// - mean below 10: by inversion, from 0 up;
// - else Stadlober's HRUA, a ratio of uniforms under a table-mountain hat [1]. The logarithm of a probability over that
//   of the mode is a sum of four differences of log factorials, each without its cancellation: counts of 1e15 are exact.
//
// [1] Stadlober: The ratio of uniforms approach for generating discrete random variates. Journal of Computational and
//     Applied Mathematics 31 (1990).
import { nextBits } from "./sfc32";
import { lgamma, stirling } from "./special/log-gamma";
import { log1pMinus } from "./special/log1p-minus";

const inversionBelow: f64 = 10.0;

/** 2 sqrt(2/e) and 3 - 2 sqrt(3/e), of the hat. */
const hatSlope: f64 = 1.7155277699214135;
const hatWidth: f64 = 0.8989161620588988;

/** Of cells with `totals` rows (f64), `size` in all, how many of each are among `draws` rows: to `out` (f64). */
export function dealCells(state: usize, totals: usize, cells: i32, size: f64, draws: f64, out: usize): void {
  for (let k = 0; k < cells; k++) {
    const marked = load<f64>(totals + (<usize>k << 3));
    const count = hypergeometricDraw(state, size, marked, draws);
    store<f64>(out + (<usize>k << 3), count);
    size -= marked;
    draws -= count;
  }
}

/** How many of `draws` rows of `size` are among the `marked` ones. */
function hypergeometricDraw(state: usize, size: f64, marked: f64, draws: f64): f64 {
  if (draws == 0 || marked == 0) return 0;
  if (draws == size) return marked;
  if (marked == size) return draws;
  const taken = Math.min(draws, size - draws);
  const fewer = Math.min(marked, size - marked);
  const mean = taken * (fewer / size);
  const drawn = mean < inversionBelow ? inverted(state, size, fewer, taken) : underHat(state, size, fewer, taken, mean);
  const ofMarked = marked == fewer ? drawn : taken - drawn;
  return draws == taken ? ofMarked : marked - ofMarked;
}

function inverted(state: usize, size: f64, marked: f64, draws: f64): f64 {
  const last = Math.min(marked, draws);
  const rest = size - marked - draws;
  const first = noneOf(size, last, Math.max(marked, draws));
  let k = last + 1.0;
  // What rounding leaves over belongs to no count: then once more.
  while (k > last) {
    let left = uniform(state);
    let chance = first;
    for (k = 0; k <= last && left >= chance; k += 1.0) {
      left -= chance;
      chance *= ((marked - k) / (k + 1.0)) * ((draws - k) / (rest + k + 1.0));
    }
  }
  return k;
}

/** P(X = 0): none of `few` rows drawn is among `many`. */
function noneOf(size: f64, few: f64, many: f64): f64 {
  const others = size - many;
  if (few > 16) {
    // others! / (others - few)! · (size - few)! / size!
    return Math.exp(few * Math.log1p(-many / size) - change(others, -few) + change(size, -few));
  }
  let chance = 1.0;
  for (let k = 0.0; k < few; k += 1.0) chance *= (others - k) / (size - k);
  return chance;
}

function underHat(state: usize, size: f64, marked: f64, draws: f64, mean: f64): f64 {
  const centre = mean + 0.5;
  const variance = mean * ((size - marked) / size) * ((size - draws) / (size - 1.0));
  const spread = Math.sqrt(variance + 0.5);
  const width = hatSlope * spread + hatWidth;
  const mode = Math.floor((draws + 1.0) * ((marked + 1.0) / (size + 2.0)));
  const end = Math.min(Math.min(marked, draws) + 1.0, Math.floor(centre + 16.0 * spread));
  const b = marked - mode;
  const c = draws - mode;
  const d = size - marked - draws + mode;
  const slope = Math.log((b / mode) * (c / d));
  let k = -1.0;
  let refused = true;
  while (refused) {
    const u = uniform(state);
    const x = centre + (width * (uniform(state) - 0.5)) / u;
    if (!(x >= 0 && x < end)) continue;
    k = Math.floor(x);
    const t = k - mode;
    const log = t * slope - (change(mode, t) + change(d, t) + change(b, -t) + change(c, -t));
    // two bounds on 2 log u, of which one nearly always decides
    refused = u * (4.0 - u) - 3.0 > log && (u * (u - log) >= 1.0 || 2.0 * Math.log(u) > log);
  }
  return k;
}

/** log((x + t)!/x!) - t log x. */
function change(x: f64, t: f64): f64 {
  if (x < 64.0) return fewFactors(x, t);
  if (x + t < 1.0) return lgamma(x + t + 1.0) - lgamma(x + 1.0) - t * Math.log(x);
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

/** In [0, 1), all 53 bits. */
// @ts-ignore: decorator
@inline
function uniform(state: usize): f64 {
  const high = <f64>(nextBits(state) >>> 5);
  const low = <f64>(nextBits(state) >>> 6);
  return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
}
