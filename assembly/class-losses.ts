// What probabilities of classes cost, row by row, given the class that a row is of; and rows by bins of their score.

/** The probability of the row's class to `out`, of two classes: the score where `labels` (u16) is `positive`, else 1 - score. */
export function chancesOfTwo(scores: usize, labels: usize, length: i32, positive: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, labels += 2, out += 8) {
    const score = load<f64>(scores);
    store<f64>(out, select<f64>(score, 1.0 - score, <u32>load<u16>(labels) == positive));
  }
}

/** The score to `out` (f64) where `labels` (u16) is `which`; what is there stays elsewhere. */
export function chancesOfOne(scores: usize, labels: usize, length: i32, which: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, labels += 2, out += 8) {
    store<f64>(out, select<f64>(load<f64>(scores), load<f64>(out), <u32>load<u16>(labels) == which));
  }
}

/** -log p of each of `length` f64 to `out`, p brought between `least`, which is no subnormal, and 1 - `least` first. */
export function logLosses(chances: usize, length: i32, least: f64, out: usize): void {
  const low = f64x2.splat(least);
  const high = f64x2.splat(1.0 - least);
  const end = chances + (<usize>length << 3);
  for (const stop = chances + (<usize>(length & ~1) << 3); chances < stop; chances += 16, out += 16) {
    v128.store(out, minusLog(f64x2.pmin(f64x2.pmax(v128.load(chances), low), high)));
  }
  if (chances < end) {
    const last = f64x2.pmin(f64x2.pmax(f64x2.splat(load<f64>(chances)), low), high);
    store<f64>(out, f64x2.extract_lane(minusLog(last), 0));
  }
}

/**
 * -log of two positive normal doubles, to an ulp or so, without branches: x = 2^k (1 + f) with 1 + f between the roots of 1/2
 * and 2, log(1 + f) = f - f²/2 + s (f²/2 + R(s²)) with s = f / (2 + f) and the polynomial R of FreeBSD's e_log.c (Sun
 * Microsystems 1993, freely distributable), as are the two parts of log 2.
 */
// @ts-ignore: decorator
@inline
function minusLog(x: v128): v128 {
  // Moved so that the exponent changes where the fraction passes the root of 1/2.
  const moved = i64x2.add(x, i64x2.splat(0x00095f6200000000));
  // The exponent as a double: the low bits of 2^52 + k + 1023.
  const k = f64x2.sub(
    v128.or(i64x2.shr_u(moved, 52), i64x2.splat(0x4330000000000000)),
    f64x2.splat(4503599627371519.0),
  );
  const fraction = i64x2.add(v128.and(moved, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000));
  const f = f64x2.sub(fraction, f64x2.splat(1.0));
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2.0)));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.mul(w, plus(0.3999999999940941908, w, plus(0.2222219843214978396, w, f64x2.splat(0.1531383769920937332))));
  const odd = f64x2.mul(
    z,
    plus(
      0.6666666666666735130,
      w,
      plus(0.2857142874366239149, w, plus(0.1818357216161805012, w, f64x2.splat(0.1479819860511658591))),
    ),
  );
  const half = f64x2.mul(f64x2.splat(0.5), f64x2.mul(f, f));
  const small = f64x2.add(
    f64x2.mul(s, f64x2.add(half, f64x2.add(even, odd))),
    f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)),
  );
  const large = f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1));
  return f64x2.neg(f64x2.add(f64x2.add(f64x2.sub(small, half), f), large));
}

/** a + w b. */
// @ts-ignore: decorator
@inline
function plus(a: f64, w: v128, b: v128): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(w, b));
}

/** Adds (score - 1)² to `out` (f64) where `labels` (u16) is `which`, else score². */
export function addSquaredGaps(scores: usize, labels: usize, length: i32, which: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, labels += 2, out += 8) {
    const gap = load<f64>(scores) - <f64>(<u32>load<u16>(labels) == which);
    store<f64>(out, load<f64>(out) + gap * gap);
  }
}

/**
 * Adds rows to bins: three f64 each, of how many there are, the sum of their scores, and how many are hits (bytes, 0 or 1).
 * A score belongs to the first bin whose upper end it does not exceed; `ends` are those of all bins but the last.
 */
export function addToBins(bins: usize, scores: usize, hits: usize, length: i32, ends: usize, endCount: u32): void {
  for (const stop = scores + (<usize>length << 3); scores < stop; scores += 8, hits += 1) {
    const score = load<f64>(scores);
    const at = bins + <usize>below(ends, endCount, score) * 24;
    store<f64>(at, load<f64>(at) + 1.0);
    store<f64>(at, load<f64>(at, 8) + score, 8);
    store<f64>(at, load<f64>(at, 16) + <f64>load<u8>(hits), 16);
  }
}

/** How many of ascending numbers are below a value. */
// @ts-ignore: decorator
@inline
function below(sorted: usize, count: u32, value: f64): u32 {
  let low: u32 = 0;
  while (count > 0) {
    const half = count >>> 1;
    const isBelow = load<f64>(sorted + (<usize>(low + half) << 3)) < value;
    low = select<u32>(low + half + 1, low, isBelow);
    count = select<u32>(count - half - 1, half, isBelow);
  }
  return low;
}
