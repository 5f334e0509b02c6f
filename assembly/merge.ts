// Merging two sorted runs of keys with their ends (`keysOf`) as long as all values differ: only the order is found here,
// so that what is added up over it can be added two values at a time.
//
// Scratch: 0 u32 address of the next reference value   4 u32 of the next current one
//          8 i64 Σ of the reference's values passed in this stretch, over its values
//         16 gaps i·m - j·n (f64, exact below 2^53)   16 + 8·1025 keys; each begins with the last before the stretch

/** Values merged at once. */
export const stretch: i32 = 1024;
export const gapsAt: usize = 16;
export const keysAt: usize = 16 + 8 * 1025;

export function mergeScratch(): i32 {
  return 16 + 16 * (stretch + 1);
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
