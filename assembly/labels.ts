// Distances between two sides of pooled values in order, of which a label says whose each one is: 1 the reference's, 0 the
// current side's. A permutation only changes the labels, so one pass over them is all that it costs.
//
// With i and j values of the n and m passed, F - G = (i·m - j·n) / (n·m). `ends` has 1 at the last of equal values (bytes),
// `steps` how far the next value lies above (f64, 0 between equal ones). Gaps are integers and exact.

/** Largest |i·m - j·n| where equal values end. */
export function labelledGap(labels: usize, ends: usize, length: i32, n: i64, m: i64): f64 {
  let gap: i64 = 0;
  let most: i64 = 0;
  for (let k = 0; k < length; k++) {
    gap += step(labels + k, n, m);
    // Between equal values a gap does not count.
    const size = (gap < 0 ? -gap : gap) & -(<i64>load<u8>(ends + k));
    most = size > most ? size : most;
  }
  return <f64>most;
}

/** Sum of |i·m - j·n| · step. */
export function labelledArea(labels: usize, steps: usize, length: i32, n: i64, m: i64): f64 {
  let gap: i64 = 0;
  let even: f64 = 0;
  let odd: f64 = 0;
  let k = 0;
  for (const pairs = length & ~1; k < pairs; k += 2) {
    gap += step(labels + k, n, m);
    even += abs(<f64>gap) * load<f64>(steps + (<usize>k << 3));
    gap += step(labels + k + 1, n, m);
    odd += abs(<f64>gap) * load<f64>(steps + (<usize>k << 3), 8);
  }
  if (k < length) even += abs(<f64>(gap + step(labels + k, n, m))) * load<f64>(steps + (<usize>k << 3));
  return even + odd;
}

/** Sum of (i·m - j·n)² · step. */
export function labelledSquares(labels: usize, steps: usize, length: i32, n: i64, m: i64): f64 {
  let gap: i64 = 0;
  let even: f64 = 0;
  let odd: f64 = 0;
  let k = 0;
  for (const pairs = length & ~1; k < pairs; k += 2) {
    gap += step(labels + k, n, m);
    even += <f64>gap * <f64>gap * load<f64>(steps + (<usize>k << 3));
    gap += step(labels + k + 1, n, m);
    odd += <f64>gap * <f64>gap * load<f64>(steps + (<usize>k << 3), 8);
  }
  if (k < length) {
    gap += step(labels + k, n, m);
    even += <f64>gap * <f64>gap * load<f64>(steps + (<usize>k << 3));
  }
  return even + odd;
}

/** Sum of the reference's values. */
export function labelledSum(labels: usize, values: usize, length: i32): f64 {
  let even: f64 = 0;
  let odd: f64 = 0;
  let k = 0;
  for (const pairs = length & ~1; k < pairs; k += 2) {
    even += <f64>load<u8>(labels + k) * load<f64>(values + (<usize>k << 3));
    odd += <f64>load<u8>(labels + k, 1) * load<f64>(values + (<usize>k << 3), 8);
  }
  if (k < length) even += <f64>load<u8>(labels + k) * load<f64>(values + (<usize>k << 3));
  return even + odd;
}

/** What a value adds to the gap: m when it is the reference's, else -n. */
// @ts-ignore: decorator
@inline
function step(label: usize, n: i64, m: i64): i64 {
  return (-(<i64>load<u8>(label)) & (n + m)) - n;
}
