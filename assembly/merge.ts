// Merging two sorted runs of keys with their ends (`keysOf`) as long as all values differ: only the order is found here,
// so that what is added up over it can be added two values at a time.
//
// A merge waits for each value that it has decided to take. Two stretches side by side wait together: where the second one
// begins is found by bisection [1]. Stretches are the same either way, and so is every sum over them.
//
// [1] Odeh, Green, Mwassi, Shmueli, Birk: Merge path, parallel merging made simple. IPDPS Workshops 2012.
//
// Scratch: 0 u32 address of the next reference value   4 u32 of the next current one
//          8 i64 Σ of the reference's values passed in this stretch, over its values
//         16 gaps i·m - j·n (f64, exact below 2^53)   16 + 8·1025 keys; each begins with the last before the stretch

/** Values merged at once. */
export const stretch: i32 = 1024;
export const gapsAt: usize = 16;
export const keysAt: usize = 16 + 8 * 1025;
/** Of two stretches that are merged side by side the second lies behind the first. */
export const stretchBytes: i32 = 16 + 16 * 1025;

export function mergeScratch(): i32 {
  return 2 * stretchBytes;
}

/**
 * Passes at most `stretch` values, up to one that equals another or the end. Writes the gap and the key of each to
 * scratch and returns how many were passed.
 */
export function mergeDistinct(scratch: usize, gap: f64, n: f64, m: f64): i32 {
  let reference = <usize>load<u32>(scratch);
  let current = <usize>load<u32>(scratch, 4);
  let a = load<i64>(reference);
  let b = load<i64>(current);
  let to = scratch + gapsAt;
  store<f64>(to, gap);
  to += 8;
  const start = to;
  const end = start + (<usize>stretch << 3);
  const away = keysAt - gapsAt;
  let passed: i64 = 0;
  let sum: i64 = 0;
  while (to < end) {
    // Which side comes next cannot be predicted, so both are moved on by a comparison's result.
    const fromReference = i32(a < b);
    const value = a < b ? a : b;
    const nextReference = reference + (<usize>fromReference << 3);
    const nextCurrent = current + (<usize>(1 - fromReference) << 3);
    if (a == b) break;
    a = load<i64>(nextReference);
    b = load<i64>(nextCurrent);
    if (i32(a == value) | i32(b == value)) break;
    reference = nextReference;
    current = nextCurrent;
    passed += <i64>fromReference;
    sum += passed;
    gap += <f64>fromReference * (m + n) - n;
    store<f64>(to, gap);
    store<i64>(to + away, value);
    to += 8;
  }
  store<u32>(scratch, <u32>reference);
  store<u32>(scratch, <u32>current, 4);
  store<i64>(scratch, sum, 8);
  return <i32>((to - start) >>> 3);
}

/**
 * Passes twice `stretch` values, all different, as two stretches that are merged side by side: each waits for its own
 * values. The first is written to `scratch`, the second to `second`, both as by `mergeDistinct` but without the sum.
 * Where two values are equal, or fewer are left, nothing is passed and `false` returned.
 */
export function mergeTwice(
  scratch: usize,
  second: usize,
  lastReference: usize,
  lastCurrent: usize,
  gap: f64,
  n: f64,
  m: f64,
): bool {
  let reference = <usize>load<u32>(scratch);
  let current = <usize>load<u32>(scratch, 4);
  const leftReference = <i32>((lastReference - reference) >>> 3);
  const leftCurrent = <i32>((lastCurrent - current) >>> 3);
  if (leftReference + leftCurrent < 2 * stretch) return false;
  const before = splitAt(reference, current, max(0, stretch - leftCurrent), min(stretch, leftReference));
  let laterReference = reference + (<usize>before << 3);
  let laterCurrent = current + (<usize>(stretch - before) << 3);
  let a = load<i64>(reference);
  let b = load<i64>(current);
  let c = load<i64>(laterReference);
  let d = load<i64>(laterCurrent);
  const both = n + m;
  let laterGap = gap + <f64>before * both - <f64>stretch * n;
  let keys = scratch + keysAt;
  let laterKeys = second + keysAt;
  store<f64>(scratch, gap, gapsAt);
  store<f64>(second, laterGap, gapsAt);
  for (const end = keys + (<usize>stretch << 3); keys < end; ) {
    keys += 8;
    laterKeys += 8;
    const first = usize(a < b);
    const later = usize(c < d);
    store<i64>(keys, a < b ? a : b);
    store<i64>(laterKeys, c < d ? c : d);
    reference += first << 3;
    current += (first ^ 1) << 3;
    laterReference += later << 3;
    laterCurrent += (later ^ 1) << 3;
    a = load<i64>(reference);
    b = load<i64>(current);
    c = load<i64>(laterReference);
    d = load<i64>(laterCurrent);
    gap += <f64>(<i32>first) * both - n;
    laterGap += <f64>(<i32>later) * both - n;
    store<f64>(keys - (keysAt - gapsAt), gap);
    store<f64>(laterKeys - (keysAt - gapsAt), laterGap);
  }
  // The last of the first stretch and the next of all close the gaps between what is compared.
  const last = load<i64>(keys);
  if (last == load<i64>(second, keysAt + 8) || load<i64>(laterKeys) == (c < d ? c : d)) return false;
  store<i64>(second, last, keysAt);
  if (!areDistinct(scratch + keysAt + 8) || !areDistinct(second + keysAt + 8)) return false;
  store<u32>(second, <u32>reference);
  store<u32>(second, <u32>current, 4);
  store<u32>(scratch, <u32>laterReference);
  store<u32>(scratch, <u32>laterCurrent, 4);
  return true;
}

/** How many of the first `stretch` of two runs are of the first run: at least `low`, at most `high`. */
// @ts-ignore: decorator
@inline
function splitAt(reference: usize, current: usize, low: i32, high: i32): i32 {
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isBefore =
      load<i64>(reference + (<usize>middle << 3)) < load<i64>(current + (<usize>(stretch - 1 - middle) << 3));
    low = isBefore ? middle + 1 : low;
    high = isBefore ? high : middle;
  }
  return low;
}

/** Whether each of `stretch` keys in order differs from the next. */
// @ts-ignore: decorator
@inline
function areDistinct(keys: usize): bool {
  let equal = i64x2.splat(0);
  for (const end = keys + (<usize>(stretch - 2) << 3); keys < end; keys += 16) {
    equal = v128.or(equal, i64x2.eq(v128.load(keys), v128.load(keys, 8)));
  }
  return !v128.any_true(equal) && load<i64>(keys) != load<i64>(keys, 8);
}
