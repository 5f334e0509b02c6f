// Where a cell of a grid begins, exactly: the nominal edge low + k / scale can be dozens of units in the last place off.

import { Key, Scale } from "./grid";
import { valueOf } from "./steps";

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
  if (cell <= 0) return -Infinity;
  // Beyond the largest key the sum would begin anew at the smallest.
  if (<u64>(i64.MAX_VALUE - low) >> <u64>shift < <u64>cell) return NaN;
  return valueOf(low + (<i64>cell << shift));
}
