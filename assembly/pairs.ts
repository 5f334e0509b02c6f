// Two columns row by row: pairs of dense values in which neither side is missing.

/**
 * Moves the pairs in which neither value is NaN to the front of both blocks of `length` f64; returns how many there are.
 */
export function keepComparable(x: usize, y: usize, length: i32): i32 {
  const end = x + (<usize>length << 3);
  let ordered = i64x2.splat(-1);
  let a = x;
  let b = y;
  for (const stop = x + (<usize>(length & ~1) << 3); a < stop; a += 16, b += 16) {
    const u = v128.load(a);
    const v = v128.load(b);
    ordered = v128.and(ordered, v128.and(f64x2.eq(u, u), f64x2.eq(v, v)));
  }
  let all = i64x2.all_true(ordered);
  for (; a < end; a += 8, b += 8) all = all && load<f64>(a) == load<f64>(a) && load<f64>(b) == load<f64>(b);
  if (all) return length;
  let to: usize = 0;
  for (let at: usize = 0, bytes = <usize>length << 3; at < bytes; at += 8) {
    const u = load<f64>(x + at);
    const v = load<f64>(y + at);
    store<f64>(x + to, u);
    store<f64>(y + to, v);
    to += <usize>(u == u && v == v) << 3;
  }
  return <i32>(to >>> 3);
}

/** x · factor - y · factor of `length` pairs of f64, to `out`; a factor of 1/2 keeps differences from overflowing. */
export function subtract(x: usize, y: usize, length: i32, factor: f64, out: usize): void {
  const by = f64x2.splat(factor);
  const end = x + (<usize>length << 3);
  for (const stop = x + (<usize>(length & ~1) << 3); x < stop; x += 16, y += 16, out += 16) {
    v128.store(out, f64x2.sub(f64x2.mul(v128.load(x), by), f64x2.mul(v128.load(y), by)));
  }
  for (; x < end; x += 8, y += 8, out += 8) store<f64>(out, load<f64>(x) * factor - load<f64>(y) * factor);
}

/** The same of keys (see `gatherKeys`): the difference is exact before it is rounded. */
export function subtractKeys(x: usize, y: usize, length: i32, out: usize): void {
  for (const end = x + (<usize>length << 3); x < end; x += 8, y += 8, out += 8) {
    const a = load<i64>(x);
    const b = load<i64>(y);
    store<f64>(out, a >= b ? <f64>(<u64>(a - b)) : -<f64>(<u64>(b - a)));
  }
}

/** Whether all of `length` f64 are finite. */
export function allFinite(values: usize, length: i32): bool {
  let sum = f64x2.splat(0);
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~1) << 3); values < stop; values += 16) {
    const x = v128.load(values);
    sum = f64x2.add(sum, f64x2.sub(x, x));
  }
  let last: f64 = 0;
  for (; values < end; values += 8) last = load<f64>(values) - load<f64>(values);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + last == 0;
}
