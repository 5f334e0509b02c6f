// The rank of each value of a column, in the order of the rows: equal values share the mean of their ranks, and all ranks are
// doubled, so that they are whole numbers.

/**
 * Leaves of `count` sorted f64 only different ones, and notes the doubled rank of each at `ranks` (u32); returns how many
 * there are.
 */
export function distinctRanks(sorted: usize, count: u32, ranks: usize): u32 {
  let distinct: u32 = 0;
  for (let from: u32 = 0; from < count; ) {
    const value = load<f64>(sorted + (<usize>from << 3));
    let to = from + 1;
    while (to < count && load<f64>(sorted + (<usize>to << 3)) == value) to++;
    store<f64>(sorted + (<usize>distinct << 3), value);
    store<u32>(ranks + (<usize>distinct << 2), from + to + 1);
    distinct++;
    from = to;
  }
  return distinct;
}

/**
 * The doubled rank of each of `length` values to `out` (u32), 0 for NaN. All others are among the `count` different values at
 * `distinct`, every 64th of which is at `guide` too: a search goes through what stays in the cache first.
 */
export function lookUpRanks(
  values: usize,
  length: u32,
  distinct: usize,
  ranks: usize,
  count: u32,
  guide: usize,
  out: usize,
): void {
  const guides = (count + 63) >>> 6;
  for (const end = values + (<usize>length << 3); values < end; values += 8, out += 4) {
    const value = load<f64>(values);
    if (value != value) {
      store<u32>(out, 0);
      continue;
    }
    const first = lastUpTo(guide, guides, value) << 6;
    const place = first + lastUpTo(distinct + (<usize>first << 3), min<u32>(64, count - first), value);
    store<u32>(out, load<u32>(ranks + (<usize>place << 2)));
  }
}

/** Position of the last of `length` ascending values that is not above; 0 where all are. */
// @ts-ignore: decorator
@inline
function lastUpTo(sorted: usize, length: u32, value: f64): u32 {
  let low: u32 = 0;
  while (length > 1) {
    const half = length >>> 1;
    low = select<u32>(low + half, low, load<f64>(sorted + (<usize>(low + half) << 3)) <= value);
    length -= half;
  }
  return low;
}

/** Every 64th of `count` values to `guide`. */
export function guidePosts(values: usize, count: u32, guide: usize): void {
  for (let k: u32 = 0; k < count; k += 64, guide += 8) store<f64>(guide, load<f64>(values + (<usize>k << 3)));
}
