// Where a cell of a grid begins, exactly: the nominal edge low + k / scale can be dozens of units in the last place off.

import { Key, Scale } from "./grid";

/** The smallest double (not NaN) whose cell by scale is `cell` or more. */
export function firstByScale(low: f64, scale: f64, count: i32, cell: i32): f64 {
  if (cell <= 0) return -Infinity;
  const offset = Scale.offset(low, scale);
  // The nominal edge is off by rounding only: look around it before looking everywhere.
  const nominal = low + (<f64>cell - 0.5) / scale;
  const reach = 1e-13 * (abs(nominal) + abs(low) + <f64>count / scale) + 0.51 / scale;
  let below = Key.from(nominal - reach);
  let above = Key.from(nominal + reach);
  if (!(Scale.cell(valueOf(below), offset, scale, count) < cell)) below = Key.from(-Infinity);
  if (!(Scale.cell(valueOf(above), offset, scale, count) >= cell)) above = Key.from(Infinity);
  // The cell of `below` is less than `cell`, that of `above` is not.
  while (below + 1 < above) {
    const middle = (below & above) + ((below ^ above) >> 1);
    if (Scale.cell(valueOf(middle), offset, scale, count) >= cell) above = middle;
    else below = middle;
  }
  return valueOf(above);
}

/** The smallest double whose cell by key is `cell` or more; NaN where there is none. */
export function firstByKey(low: i64, shift: i32, cell: i32): f64 {
  return cell <= 0 ? -Infinity : valueOf(low + (<i64>cell << shift));
}

/** The largest double below x, -Infinity for itself; Infinity for NaN, which stands for "after all others" here. */
export function previousDouble(x: f64): f64 {
  if (x != x) return Infinity;
  const key = Key.from(x) - 1;
  return x == -Infinity ? x : valueOf(key == -1 ? -2 : key); // -1 would be -0, which equals 0
}

/** The key of a double, for TypeScript, which has no quick way to the bits. */
export function keyOf(x: f64): i64 {
  return Key.from(x);
}

// @ts-ignore: decorator
@inline
function valueOf(key: i64): f64 {
  return reinterpret<f64>(key ^ ((key >> 63) & i64.MAX_VALUE));
}
