// Of values in order: how many distinct ones there are, and the ten most frequent of those that occur more than once.
//
// Equal values lie side by side and have equal bits (doubles without -0 and NaN, 64-bit integers), so that distinct ones
// are counted by comparing neighbours, two at a time. A value occurs more than k times where some place holds what the
// place k before it holds: with k the count of the least frequent of ten, only what displaces one of them is looked at.
//
// State, zeros at first: 0 i64 distinct values   8 i64 kept, at most ten   16 ten times a value's bits (i64)
// and its count (i64), most frequent first, of equally frequent ones the first met

const most: i64 = 10;
const keptAt: usize = 16;

export function frequentSize(): i32 {
  return 16 + 16 * 10;
}

/** Goes on with values in order, none of which was met before: equal ones must not be cut apart. */
export function frequentUpdate(state: usize, values: usize, length: i32): void {
  if (length == 0) return;
  const ties = tiesIn(values, length);
  store<i64>(state, load<i64>(state) + length - ties);
  if (ties == 0) return;
  const end = values + (<usize>length << 3);
  let least = leastOf(state);
  for (let at = values; ; ) {
    if (least >= length) return;
    at = firstTied(at, end, <usize>least << 3);
    if (at == 0) return;
    const bits = load<i64>(at);
    let next = at + (<usize>(least + 1) << 3);
    const stop = v128.splat<i64>(bits);
    while (next + 16 <= end && !v128.any_true(i64x2.ne(v128.load(next), stop))) next += 16;
    while (next < end && load<i64>(next) == bits) next += 8;
    keep(state, bits, (next - at) >>> 3);
    least = leastOf(state);
    at = next;
  }
}

/** Whether all of some values (f64) are whole numbers, or infinite. */
export function areWhole(values: usize, length: i32): i32 {
  const end = values + (<usize>length << 3);
  for (; values + 64 <= end; values += 64) {
    let whole = isWhole(values);
    for (let k: usize = 16; k < 64; k += 16) whole = v128.and(whole, isWhole(values + k));
    if (!i64x2.all_true(whole)) return 0;
  }
  for (; values < end; values += 8) if (nearest(load<f64>(values)) != load<f64>(values)) return 0;
  return 1;
}

// @ts-ignore: decorator
@inline
function isWhole(values: usize): v128 {
  const pair = v128.load(values);
  return f64x2.eq(f64x2.nearest(pair), pair);
}

/** How many values equal the one before. */
function tiesIn(values: usize, length: i32): i64 {
  const last = values + (<usize>(length - 1) << 3);
  let some = i64x2.splat(0);
  let others = some;
  for (; values + 32 <= last; values += 32) {
    some = i64x2.sub(some, i64x2.eq(v128.load(values), v128.load(values, 8)));
    others = i64x2.sub(others, i64x2.eq(v128.load(values, 16), v128.load(values, 24)));
  }
  const sums = i64x2.add(some, others);
  let ties = i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1);
  for (; values < last; values += 8) ties += i64(load<i64>(values) == load<i64>(values, 8));
  return ties;
}

/** The first place that holds what lies `away` bytes behind it; 0 where there is none. */
function firstTied(values: usize, end: usize, away: usize): usize {
  const last = end - away;
  for (; values + 32 <= last; values += 32) {
    const later = values + away;
    const some = i64x2.eq(v128.load(values), v128.load(later));
    const others = i64x2.eq(v128.load(values, 16), v128.load(later, 16));
    if (v128.any_true(v128.or(some, others))) break;
  }
  for (; values < last; values += 8) if (load<i64>(values) == load<i64>(values + away)) return values;
  return 0;
}

/** A value that occurs more often displaces one. */
// @ts-ignore: decorator
@inline
function leastOf(state: usize): i64 {
  return load<i64>(state, 8) < most ? 1 : load<i64>(state + keptAt + 16 * 9, 8);
}

function keep(state: usize, bits: i64, count: i64): void {
  const kept = load<i64>(state, 8);
  let at = state + keptAt + (<usize>min(kept, most - 1) << 4);
  const first = state + keptAt;
  for (; at > first && load<i64>(at - 16, 8) < count; at -= 16) {
    store<i64>(at, load<i64>(at - 16));
    store<i64>(at, load<i64>(at - 16, 8), 8);
  }
  store<i64>(at, bits);
  store<i64>(at, count, 8);
  store<i64>(state, min(kept + 1, most), 8);
}
