/**
 * The exact law of Mann and Whitney's U for samples of n and m values without ties, at any size.
 *
 * U counts the pairs in which the first sample's value is the larger one. With a ≤ b the two sizes, its generating
 * function is a Gaussian binomial coefficient, E q^U = Π (1 - q^(b + i)) / (1 - q^i) · i / (b + i) over i = 1 … a.
 *
 * - Where a·u is at most some millions, the product is multiplied out factor by factor, up to q^u.
 * - Else P(U ≤ u) is its Cauchy integral, divided by 1 - q, on the circle |q| = e^-t through the saddle point. There the
 *   trapezoidal rule converges faster than any power: some dozen points give all digits, whatever the tail.
 *
 * In the centred form, with K(z) = Σ g((b + i) z) - g(i z), g(z) = log(sinh(z/2) / (z/2)) and v = ab/2 - u,
 *   P(U ≤ u) = 1 / 2π ∫ exp(K(z) - v z) / (1 - e^-z) dφ,  z = t + iφ, -π ≤ φ ≤ π.
 * The sum over many i is Gauss' quadrature with the first terms of Euler and Maclaurin's correction.
 *
 * [1] Mann, Whitney: On a test of whether one of two random variables is stochastically larger than the other. Annals of
 *     Mathematical Statistics 18 (1947).
 * [2] Trefethen, Weideman: The exponentially convergent trapezoidal rule. SIAM Review 56 (2014).
 */
import { count } from "./domain.js";

/** Products a·u up to which multiplying out takes some milliseconds. */
const mostCounted = 4e6;

/** Terms of the sums over i that are added one by one; beyond, the first few and Gauss' points are. */
const mostSummed = 1000;
const firstSummed = 8;
const gaussPoints = 20;

/**
 * P(U ≥ u) when both samples come from one continuous distribution: exact at any size.
 *
 * @param n, m  sizes of the samples
 * @param u     an integer
 * @returns p, to a relative error of 1e-11 where it is at most 1/2, down to 1e-300
 * @throws RangeError when a size is not a positive integer, or u is no integer
 * @see Mann and Whitney (1947); oracle: counts of orders with integers
 */
export function mannWhitneyExact(n: number, m: number, u: number): number {
  count("mannWhitneyExact", "n", n);
  count("mannWhitneyExact", "m", m);
  if (Number.isNaN(u)) return u;
  if (!Number.isInteger(u)) throw new RangeError(`mannWhitneyExact: u must be an integer, got ${u}`);
  // U and n·m - U have one law: the shorter tail is summed, so that none is the rest of a subtraction unless it is large.
  const below = n * m - u;
  return 2 * below < n * m ? lowerTail(n, m, below) : 1 - lowerTail(n, m, u - 1);
}

/** P(U ≤ u) for u up to the mean. */
function lowerTail(n: number, m: number, u: number): number {
  if (u < 0) return 0;
  const few = Math.min(n, m);
  const many = Math.max(n, m);
  return few * (u + 1) <= mostCounted ? counted(few, many, u) : integral(few, many, u);
}

function counted(few: number, many: number, u: number): number {
  const shares = new Float64Array(u + 1);
  shares[0] = 1;
  for (let i = 1; i <= few; i++) {
    const most = Math.min(u, i * many);
    const step = many + i;
    for (let k = most; k >= step; k--) shares[k]! -= shares[k - step]!;
    const scale = i / step;
    for (let k = 0; k < Math.min(i, most + 1); k++) shares[k]! *= scale;
    for (let k = i; k <= most; k++) shares[k] = shares[k]! * scale + shares[k - i]!;
  }
  return Math.min(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  );
}

/** Σ weights · f(places) is Σ f(b + i) - f(i) over i = 1 … a, less f(1) for the division by 1 - q. */
interface Sum {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

function integral(few: number, many: number, u: number): number {
  const terms = termsOf(few);
  const places = terms.flatMap(({ at }) => [many + at, at]);
  const weights = terms.flatMap(({ weight }) => [weight, -weight]);
  const sum = { places, weights };
  const beyond = (few * many) / 2 - u;
  const t = saddle(sum, beyond, Math.sqrt((few * many * (few + many + 1)) / 12));
  const curvature = (slopeAt(sum, beyond, t * 1.01) - slopeAt(sum, beyond, t)) / (0.01 * t);
  // The rule's error is what lies a period away, less by e^(-t · period); and by the normal law's decay far out.
  const deviations = t * Math.sqrt(curvature);
  const period = Math.max(14 * deviations, 36 + Math.min(deviations, 12) ** 2 / 2) / t;
  const steps = Math.ceil(period / 2);
  let height = -beyond * t - Math.log(-Math.expm1(-t));
  for (let k = 0; k < places.length; k++) height += weights[k]! * logSinh(places[k]! * t);
  const size = meanOnCircle({ places: [...places, 1], weights: [...weights, -1] }, beyond - 0.5, t, steps);
  return Math.min(1, Math.exp(height) * size);
}

/** The mean of the integrand around the circle, relative to its value on the real axis. */
function meanOnCircle({ places, weights }: Sum, beyond: number, t: number, steps: number): number {
  const tangents = places.map((place) => Math.tanh((place * t) / 2));
  const inverseSquares = places.map((place) => Math.sinh((place * t) / 2) ** -2);
  let total = 0.5;
  for (let k = 1, vanished = 0; k <= steps && vanished < 3; k++) {
    const half = (Math.PI * k) / steps / 2;
    let logarithm = 0;
    let phase = -2 * beyond * half;
    for (let j = 0; j < places.length; j++) {
      const sine = Math.sin(places[j]! * half);
      logarithm += (weights[j]! * Math.log1p(inverseSquares[j]! * sine * sine)) / 2;
      phase += weights[j]! * Math.atan2(sine, tangents[j]! * Math.cos(places[j]! * half));
    }
    const size = Math.exp(logarithm);
    total += (k === steps ? 0.5 : 1) * size * Math.cos(phase);
    vanished = size < 1e-18 * Math.abs(total) ? vanished + 1 : 0;
  }
  return total / steps;
}

/** Where the integrand is smallest on the real axis, to some per cent: anywhere near will do. */
function saddle(sum: Sum, beyond: number, deviation: number): number {
  let low = 1e-3 / deviation;
  let high = 64;
  while (high > 1.05 * low) {
    const middle = Math.sqrt(low * high);
    if (slopeAt(sum, beyond, middle) < 0) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

function slopeAt({ places, weights }: Sum, beyond: number, t: number): number {
  let slope = -beyond - 1 / Math.expm1(t);
  for (let k = 0; k < places.length; k++) slope += weights[k]! * places[k]! * logSinhSlope(places[k]! * t);
  return slope;
}

/** log(sinh(z/2) / (z/2)). */
function logSinh(z: number): number {
  if (z > 0.25) return z / 2 + Math.log(-Math.expm1(-z) / z);
  const q = z * z;
  return q * (1 / 24 - q * (1 / 2880 - q * (1 / 181440 - q * (1 / 9676800 - q / 479001600))));
}

function logSinhSlope(z: number): number {
  return z < 1e-3 ? z / 12 : 0.5 / Math.tanh(z / 2) - 1 / z;
}

/** Places and weights by which a sum of a smooth function over 1 … `last` is taken. */
function termsOf(last: number): { at: number; weight: number }[] {
  const first = last <= mostSummed ? last : firstSummed;
  const terms = Array.from({ length: first }, (_, k) => ({ at: k + 1, weight: 1 }));
  if (first === last) return terms;
  const half = (last - first) / 2;
  for (const { at, weight } of gauss(gaussPoints)) {
    terms.push({ at: first + 0.5 + half * (1 + at), weight: half * weight });
  }
  // An integral from half before the first to half behind the last is too large by 1/24 of the slopes' difference.
  for (const [at, weight] of [
    [first + 1, 1],
    [first, -1],
    [last + 1, -1],
    [last, 1],
  ] as const) {
    terms.push({ at, weight: weight / 24 });
  }
  return terms;
}

/** Gauss and Legendre's points in (-1, 1), by Newton's method on the Legendre polynomial. */
function gauss(points: number): { at: number; weight: number }[] {
  return Array.from({ length: points }, (_, k) => {
    let x = Math.cos((Math.PI * (k + 0.75)) / (points + 0.5));
    let slope = 0;
    for (let round = 0; round < 6; round++) {
      let [before, value] = [1, x];
      for (let j = 2; j <= points; j++) [before, value] = [value, ((2 * j - 1) * x * value - (j - 1) * before) / j];
      slope = (points * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    return { at: x, weight: 2 / (1 - x * x) / slope / slope };
  });
}
