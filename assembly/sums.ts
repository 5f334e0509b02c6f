// Sums and extremes of the values in each cell, by the index of cells that `cells.ts` writes.

/**
 * Adds every x - about of `length` dense f64 to the sum (f64) of its group of sixteen cells. An infinite value, or a
 * NaN, leaves no finite sum.
 */
export function addToGroups(sums: usize, values: usize, index: usize, length: i32, about: f64): void {
  const end = values + (<usize>length << 3);
  for (const stop = values + (<usize>(length & ~3) << 3); values < stop; values += 32, index += 8) {
    add(sums, load<u16>(index), load<f64>(values) - about);
    add(sums, load<u16>(index, 2), load<f64>(values, 8) - about);
    add(sums, load<u16>(index, 4), load<f64>(values, 16) - about);
    add(sums, load<u16>(index, 6), load<f64>(values, 24) - about);
  }
  for (; values < end; values += 8, index += 2) add(sums, load<u16>(index), load<f64>(values) - about);
}

// @ts-ignore: decorator
@inline
function add(sums: usize, cell: usize, x: f64): void {
  const at = sums + ((cell >>> 1) & ~7);
  store<f64>(at, load<f64>(at) + x);
}

/** Widens the smallest and largest value of each cell (two f64 a cell at `spans`) by dense f64; NaN is left out. */
export function spansF64(spans: usize, values: usize, index: usize, length: i32): void {
  for (const end = values + (<usize>length << 3); values < end; values += 8, index += 2) {
    widen<f64>(spans + (<usize>load<u16>(index) << 4), load<f64>(values));
  }
}

/** The same of 64-bit integer keys. */
export function spansI64(spans: usize, keys: usize, index: usize, length: i32): void {
  for (const end = keys + (<usize>length << 3); keys < end; keys += 8, index += 2) {
    widen<i64>(spans + (<usize>load<u16>(index) << 4), load<i64>(keys));
  }
}

// @ts-ignore: decorator
@inline
function widen<T extends number>(span: usize, x: T): void {
  if (x < load<T>(span)) store<T>(span, x);
  if (x > load<T>(span, 8)) store<T>(span, x, 8);
}
