/**
 * The sum behind the Anderson-Darling statistic, Σ g² / D over N pooled values that are all different, from the places of
 * m of them alone: the sum over the others is a difference of harmonic sums, which are in a table.
 *
 * In the middle of the pooled value at place t, p = t + 1/2, the gap is g = m·p - N·W with W the current values below it,
 * a current one itself counted half, and D = p · (N - p) - N / 4 = (p - r) · (s - p), r + s = N, so that
 *   δ / D = 1 / (p - r) + 1 / (s - p),   δ = s - r = sqrt(N² - N).
 * With H(t) the sum of 1 / (p - r) up to the middle of place t, H the sum of all N, P_j the place of the current value with
 * j current ones below it, A_j = H - H(P_j), B_j = H - H(N - 1 - P_j), and Z the sum of (2j + 1)·A_j + (2m - 2j - 1)·B_j,
 *   Σ g² / D = N² / δ · Z - N·m² - N / δ · (m² · H / 2 + 2·m·r · Σ (A_j + B_j - H)) - N² / 4 · Σ 1 / D(P_j).
 * Z is nearly m²: it is added up without any rounding error that matters, as is the table.
 *
 * r = 1/4 + ε depends on N, the table does not: it has 1/4 in place of r, and what ε adds, Σ ε / (x · (x - ε)), is added up
 * for the first places and has its expansion in 1 / x for all others.
 */

/** Harmonic sums for r = 1/4 up to the middle of each place: a multiple of 2^-20, and the rest. */
let table = new Float64Array(0);

/** Fewer values have few between two current ones, and a large ε; a table for more would not stay in the cache: 2 MiB. */
const fewest = 2048;
const most = 2 ** 17;

/** Whether the sum over so many pooled values can be found here. */
export function hasTable(total: number): boolean {
  return total >= fewest && total <= most;
}

/** Adding and subtracting this rounds to a multiple of 2^-20. */
const rounder = 1.5 * 2 ** 32;

function tableFor(total: number): Float64Array {
  if (table.length >= 2 * total) return table;
  const size = Math.min(most, Math.max(total, table.length));
  const grown = new Float64Array(2 * size);
  let high = 0;
  let low = 0;
  for (let t = 0; t < size; t++) {
    const x = t + 0.25;
    const inverse = 1 / x;
    // The quotient's first 26 bits times x, which has 23, is exact; so is the rest's product.
    const split = 134217729 * inverse;
    const head = split - (split - inverse);
    const rest = (1 - head * x - (inverse - head) * x) / x;
    const middle = high + 0.5 * inverse;
    const whole = middle + rounder - rounder;
    grown[2 * t] = whole;
    grown[2 * t + 1] = high - whole + 0.5 * inverse + (low + 0.5 * rest);
    const next = high + inverse;
    const part = next - high;
    low += high - (next - part) + (inverse - part) + rest;
    high = next;
  }
  table = grown;
  return table;
}

/** Places up to which what ε adds is added up. */
const near = 64;

/**
 * Σ g² / D.
 *
 * @param places  number of the n reference values below each of the m current ones, all values being different
 */
export function weightedGaps(places: Uint32Array, n: number): number {
  const m = places.length;
  const total = n + m;
  const sums = tableFor(total);
  const root = Math.sqrt(1 - 1 / total);
  const r = 0.5 / (1 + root);
  // r - 1/4 = (1 - root) / (4 (1 + root)), and 1 - root = 1 / (N (1 + root))
  const epsilon = 0.25 / total / (1 + root) ** 2;
  const { first, all } = shifts(epsilon);
  const half = 0.5 * epsilon;
  const shift = (t: number, inverse: number): number =>
    t < near ? first[t]! : all - epsilon * inverse * (1 + inverse * (inverse * sixth - half));
  const last = total - 1;
  const lastInverse = 1 / (last + 0.5 - r);
  const whole = sums[2 * last]!;
  const rest = sums[2 * last + 1]! + shift(last, lastInverse) + 0.5 * lastInverse;
  let z = 0;
  let zLow = 0;
  let both = 0;
  let inverses = 0;
  for (let j = 0; j < m; j++) {
    const place = places[j]! + j;
    const mirrored = last - place;
    const a = 1 / (place + 0.5 - r);
    const b = 1 / (mirrored + 0.5 - r);
    const above = whole - sums[2 * place]!;
    const below = whole - sums[2 * mirrored]!;
    const aboveRest = rest - (sums[2 * place + 1]! + shift(place, a));
    const belowRest = rest - (sums[2 * mirrored + 1]! + shift(mirrored, b));
    const one = 2 * j + 1;
    const other = 2 * m - one;
    const term = one * above + other * below;
    const next = z + term;
    const part = next - z;
    zLow += z - (next - part) + (term - part) + (one * aboveRest + other * belowRest);
    z = next;
    both += above + below - whole + (aboveRest + belowRest - rest);
    inverses += a + b;
  }
  // N / δ is 1 / root, and 1 / root - 1 the rest of it.
  const more = 1 / (total * root * (1 + root));
  const outer = (m * m * (whole + rest)) / 2 + 2 * m * r * both + 0.25 * total * inverses;
  return total * (z - m * m + zLow + more * (z + zLow)) - outer / root;
}

const sixth = 1 / 6;

/** What ε adds up to the middle of each of the first places, and to all. */
function shifts(epsilon: number): { first: Float64Array; all: number } {
  const first = new Float64Array(near);
  let sum = 0;
  for (let t = 0; t < near; t++) {
    const x = t + 0.25;
    const more = epsilon / (x * (x - epsilon));
    first[t] = sum + 0.5 * more;
    sum += more;
  }
  // From the edge of a place: ∫ f over what follows its middle, f = ε / (x (x - ε)), less half of f at it.
  const x = near + 0.25;
  const inverse = 1 / (x - epsilon);
  return {
    first,
    all:
      sum +
      0.5 * (epsilon / (x * (x - epsilon))) +
      epsilon * inverse * (1 + inverse * (inverse * sixth - 0.5 * epsilon)),
  };
}
