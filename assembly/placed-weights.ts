// What values add to the Anderson-Darling statistic: one distinct value, or a stretch of one side's values at once, which are
// all different and between which there is none of the other side's.
//
// A² is the sum of l · g² / D over the distinct pooled values (full-walk.ts), with the gap g in the middle of the step
// there and D = p · (N - p) - N · l / 4 at the mid-rank p. In a stretch of the reference's values l = 1, mid-ranks are one
// apart and the gap grows by m from one to the next: g is linear in p. The roots of D are r = N / 4 / s and
// s = N / 2 + sqrt(N (N - 1)) / 2, and
//   1 / D = (1 / (p - r) + 1 / (s - p)) / (s - r).
// About the middle c of a stretch of L values, with a = c - r, b = s - c, h = L / 2 and u = p - c,
//   Σ g² / D = L / (s - r) · (g(c)² (1 / a + 1 / b) + E(h² / a²) g(r)² / a + E(h² / b²) g(s)² / b)
// where 1 + E(w) is the mean of 1 / (1 - w u² / h²) over the stretch. No term is negative, so that nothing cancels. E is the
// sum over k of w^k times the mean of (u / h)^(2k), a polynomial in 1 / L²; stretches are cut so that h is at most a / 16 and
// b / 16, and six powers give all digits.
//
// The sum of the squared weights of A² given the ties goes from value to value, as in full-walk.ts; `out` as in
// placed-walk.ts.

/** One distinct value of `size` pooled ones. */
// @ts-ignore: decorator
@inline
export function step(gap: f64, middle: f64, size: f64, total: f64, tied: bool, out: usize): f64 {
  const variance = middle * (total - middle) - 0.25 * total * size;
  if (!(variance > 0)) return 0;
  const weight = size / variance;
  if (tied) addWeight(size, weight, middle, total, out);
  return weight * gap * gap;
}

// @ts-ignore: decorator
@inline
function addWeight(size: f64, weight: f64, middle: f64, total: f64, out: usize): void {
  const correlated = load<f64>(out, 24);
  const above = total - middle;
  store<f64>(out, load<f64>(out, 16) + size * size + 2 * weight * above * above * correlated, 16);
  store<f64>(out, correlated + weight * middle * middle, 24);
}

/** What the reference's values from i to `to` add, all different and none equal to a current value; j of those are below. */
export function singles(i: u32, to: u32, j: f64, n: f64, m: f64, lower: f64, upper: f64, tied: bool, out: usize): f64 {
  let from = <f64>i;
  const end = <f64>to;
  let alone: f64 = 0;
  let sum: f64 = 0;
  while (from < end) {
    const first = from + j;
    const most = min(0.125 * (first - lower), 0.111 * (upper - first));
    const rest = end - from;
    if (rest <= most) {
      sum += stretch(from, rest, j, n, m, lower, upper);
      break;
    }
    const length = most < 2 ? min(rest, 8) : Math.floor(most);
    if (most < 2) alone += few(from, length, j, n, m);
    else sum += stretch(from, length, j, n, m, lower, upper);
    from += length;
  }
  if (tied) {
    const total = n + m;
    for (let k = <f64>i; k < end; k += 1) {
      const middle = k + j + 0.5;
      const variance = middle * (total - middle) - 0.25 * total;
      if (variance > 0) addWeight(1, 1 / variance, middle, total, out);
    }
  }
  return alone + sum / (upper - lower);
}

/** Value by value. */
function few(from: f64, length: f64, j: f64, n: f64, m: f64): f64 {
  const total = n + m;
  let sum: f64 = 0;
  for (let place = from + 0.5, end = from + length; place < end; place += 1) {
    const middle = place + j;
    const variance = middle * (total - middle) - 0.25 * total;
    const gap = place * m - j * n;
    if (variance > 0) sum += (gap * gap) / variance;
  }
  return sum;
}

/** `length` values at once, times the distance of the roots. */
// @ts-ignore: decorator
@inline
function stretch(from: f64, length: f64, j: f64, n: f64, m: f64, lower: f64, upper: f64): f64 {
  const half = 0.5 * length;
  const place = from + half;
  const centre = place + j;
  const away = f64x2.replace_lane(f64x2.splat(centre - lower), 1, upper - centre);
  const inverse = f64x2.div(f64x2.splat(1), away);
  const scaled = f64x2.mul(f64x2.splat(half), inverse);
  const w = f64x2.mul(scaled, scaled);
  const q = 0.25 / (half * half);
  const widest = max(f64x2.extract_lane(w, 0), f64x2.extract_lane(w, 1));
  let means = f64x2.splat(0);
  if (widest > 0.0000152587890625 /* 2^-16 */) {
    means = next(means, w, mean6(q));
    means = next(means, w, mean5(q));
    means = next(means, w, mean4(q));
  }
  means = next(means, w, 1.0 / 7 - q * (6.0 / 7 - (q * 31.0) / 21));
  means = next(means, w, 0.2 - (q * 7.0) / 15);
  means = next(means, w, 1.0 / 3);
  means = f64x2.mul(means, f64x2.mul(w, f64x2.splat(1 - q)));
  const gap = place * m - j * n;
  const slopes = f64x2.replace_lane(f64x2.splat(-m), 1, m);
  const ends = f64x2.add(f64x2.splat(gap), f64x2.mul(slopes, away));
  const both = f64x2.mul(
    inverse,
    f64x2.add(f64x2.splat(gap * gap), f64x2.mul(means, f64x2.mul(ends, ends))),
  );
  return length * (f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
}

// @ts-ignore: decorator
@inline
function next(sum: v128, w: v128, mean: f64): v128 {
  return f64x2.add(f64x2.mul(sum, w), f64x2.splat(mean));
}

// Means of (u / h)^8, (u / h)^10 and (u / h)^12 over 1 - q, where u runs over L values one apart about 0 and q = 1 / L².

// @ts-ignore: decorator
@inline
function mean4(q: f64): f64 {
  return 1.0 / 9 - q * (11.0 / 9 - q * (239.0 / 45 - (q * 127.0) / 15));
}

// @ts-ignore: decorator
@inline
function mean5(q: f64): f64 {
  return 1.0 / 11 - q * (52.0 / 33 - q * (410.0 / 33 - q * (1636.0 / 33 - (q * 2555.0) / 33)));
}

// @ts-ignore: decorator
@inline
function mean6(q: f64): f64 {
  const rest = 46714.0 / 273 - q * (910573.0 / 1365 - (q * 1414477.0) / 1365);
  return 1.0 / 13 - q * (25.0 / 13 - q * (926.0 / 39 - q * rest));
}
