// A block of s tied values of the lattice walk in kolmogorov-exact.ts, taken at once.
//
// Of the k' = k + s steps to cell i' the first k have i of the i' to the right with the hypergeometric chance
// C(k, i) C(s, i' - i)/C(k', i'), so that
//
//   u'(i') = sum over i of C(k, i) C(s, i' - i) u(i) / C(k', i'),
//
// a convolution with weights that do not depend on i'. All binomial coefficients are taken times (n/m)^i and relative to
// one near their mode, so that they stay numbers where cells matter. Terms beyond Bernstein's bound for a chance of
// e^-reach are left out.

/** Largest exponent of a cell at a block's end, and of what is left out, at which no chance that matters underflows. */
const deepest: f64 = 200.0;

/** Nanoseconds of a term of the convolution, of a chain of coefficients per cell, and of a cell of a walk by steps. */
const perTerm: f64 = 0.35;
const perChain: f64 = 12.0;
const perStep: f64 = 0.6;

/** How far a count of s drawn values may be from its mean, given that all k' have a share of i'/k'. */
// @ts-ignore: decorator
@inline
function radius(k: f64, s: f64, share: f64, reach: f64): f64 {
  const variance = ((s * k) / (k + s)) * share * (1.0 - share);
  const third = reach / 3.0;
  return third + Math.sqrt(third * third + 2.0 * reach * variance) + 1.0;
}

/** Whether `jump` can take a block from k to next, and costs less than its steps. */
export function isCheaper(n: i32, m: i32, k: i32, next: i32, low: i32, high: i32, reach: f64): boolean {
  const share = <f64>n / (<f64>n + <f64>m);
  const far = Math.max(<f64>high - share * <f64>next, share * <f64>next - <f64>low);
  if (far * far > 2.0 * deepest * <f64>next * share * (1.0 - share) || reach > 2.0 * deepest) return false;
  const s = <f64>(next - k);
  const width = <f64>(high - low + 1);
  const terms = Math.min(2.0 * radius(<f64>k, s, share, reach), Math.min(s, <f64>min(n, k)) + 1.0);
  const steps = s * (width + 0.5 * Math.min(s * share, <f64>n) + 8.0);
  return perTerm * width * terms + perChain * (width + 2.0 * terms) < perStep * steps;
}

/**
 * The cells low … high of antidiagonal `next` from those of k.
 *
 * @param insideLow, insideHigh  cells of antidiagonal k that hold u; `below` and `one` are its values outside
 * @param work                   room for 3 (max(n, m) + 8) f64
 */
export function jump(
  n: i32,
  m: i32,
  k: i32,
  next: i32,
  insideLow: i32,
  insideHigh: i32,
  low: i32,
  high: i32,
  reach: f64,
  one: f64,
  below: f64,
  cells: usize,
  work: usize,
): void {
  const s = next - k;
  const odds = <f64>n / <f64>m;
  const share = <f64>n / (<f64>n + <f64>m);
  const least = max(0, k - m);
  const most = min(n, k);
  // which cells of k, and which counts of the block, any of the cells needs
  const widest = radiusOf(max(low, min(high, next >> 1)), k, s, next, reach);
  const first = max(least, <i32>Math.floor(<f64>low - meanOf(low, s, next) - widest));
  const last = min(most, <i32>Math.ceil(<f64>high - meanOf(high, s, next) + widest));
  const firstCount = max(0, low - last);
  const lastCount = min(s, high - first);

  const room = <usize>(max(n, m) + 8) << 3;
  // the cells of k times their coefficients; counts from the last to the first
  const weighed = work;
  const counts = work + room;
  const atEnd = counts + room;
  chain(weighed, first, last, k, odds, share, 8);
  chain(counts + (<usize>(lastCount - firstCount) << 3), firstCount, lastCount, s, odds, share, -8);
  chain(atEnd, low, high, next, odds, share, 8);

  // the coefficients' common factor, from all chances of one cell adding up to 1
  const middle = max(low, min(high, <i32>(share * <f64>next)));
  const whole = convolve(weighed, counts, first, last, firstCount, lastCount, middle, s, next, k, reach);
  const factor = load<f64>(atEnd + (<usize>(middle - low) << 3)) / whole;
  for (let i = first; i <= last; i++) {
    const at = weighed + (<usize>(i - first) << 3);
    const u = i < insideLow ? below : i > insideHigh ? one : load<f64>(cells + (<usize>i << 3));
    store<f64>(at, load<f64>(at) * u);
  }
  for (let i = low; i <= high; i++) {
    const sum = convolve(weighed, counts, first, last, firstCount, lastCount, i, s, next, k, reach);
    store<f64>(cells + (<usize>i << 3), Math.min(one, sum * (factor / load<f64>(atEnd + (<usize>(i - low) << 3)))));
  }
}

// @ts-ignore: decorator
@inline
function meanOf(i: i32, s: i32, next: i32): f64 {
  return (<f64>s * <f64>i) / <f64>next;
}

// @ts-ignore: decorator
@inline
function radiusOf(i: i32, k: i32, s: i32, next: i32, reach: f64): f64 {
  return radius(<f64>k, <f64>s, <f64>i / <f64>next, reach);
}

/** Coefficients C(total, i) odds^i, relative to the one nearest to the mode, for i = first … last. */
function chain(at: usize, first: i32, last: i32, total: i32, odds: f64, share: f64, stride: isize): void {
  const mode = max(first, min(last, <i32>(share * <f64>total)));
  const centre = at + <usize>(<isize>(mode - first) * stride);
  store<f64>(centre, 1.0);
  let value = 1.0;
  let cell = centre;
  for (let i = mode; i < last; i++) {
    value *= (<f64>(total - i) / <f64>(i + 1)) * odds;
    cell += stride;
    store<f64>(cell, value);
  }
  value = 1.0;
  cell = centre;
  for (let i = mode; i > first; i--) {
    value *= <f64>i / (<f64>(total - i + 1) * odds);
    cell -= stride;
    store<f64>(cell, value);
  }
}

/** Sum over the cells of k that cell i of `next` can come from. */
function convolve(
  weighed: usize,
  counts: usize,
  first: i32,
  last: i32,
  firstCount: i32,
  lastCount: i32,
  i: i32,
  s: i32,
  next: i32,
  k: i32,
  reach: f64,
): f64 {
  const mean = <f64>i - meanOf(i, s, next);
  const apart = radiusOf(i, k, s, next, reach);
  const from = max(max(first, i - lastCount), <i32>Math.floor(mean - apart));
  const to = min(min(last, i - firstCount), <i32>Math.ceil(mean + apart));
  let x = weighed + (<usize>(from - first) << 3);
  let c = counts + (<usize>(lastCount - (i - from)) << 3);
  let terms = to - from + 1;
  let sum = f64x2.splat(0);
  let other = f64x2.splat(0);
  for (; terms >= 4; terms -= 4) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(x), v128.load(c)));
    other = f64x2.add(other, f64x2.mul(v128.load(x, 16), v128.load(c, 16)));
    x += 32;
    c += 32;
  }
  sum = f64x2.add(sum, other);
  let result = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  for (; terms > 0; terms--) {
    result += load<f64>(x) * load<f64>(c);
    x += 8;
    c += 8;
  }
  return result;
}
