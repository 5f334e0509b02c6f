// Rows of a classifier: the numbers of their classes, what scores predict, and how often each class goes with each.

/** A table of distinct doubles: their number (u32), slots of a value and its number + 1, and the values by number. */
const slots: usize = 4096;
const slotsFrom: usize = 8;
const valuesFrom: usize = slotsFrom + slots * 16;

/** Classes that a table has room for. It begins with zeros. */
export function mostClasses(): i32 {
  return 1024;
}

export function classTableSize(): i32 {
  return <i32>valuesFrom + mostClasses() * 8;
}

/** Where a table has its distinct values, in the order in which they were seen. */
export function classValues(table: usize): usize {
  return table + valuesFrom;
}

/**
 * The number (u16) of each of `length` f64 among the distinct ones to `out`, `nan` for NaN; -0 counts as 0. Returns false
 * as soon as there are more of them than a table has room for.
 */
export function numberClasses(table: usize, values: usize, length: i32, nan: u32, out: usize): bool {
  for (const end = values + (<usize>length << 3); values < end; values += 8, out += 2) {
    const value = load<f64>(values) + 0.0;
    if (value != value) {
      store<u16>(out, <u16>nan);
      continue;
    }
    const bits = reinterpret<u64>(value);
    // Fibonacci hashing: 2^64 over the golden ratio, of which the leading twelve bits choose the slot.
    let slot = <usize>((bits * 0x9e3779b97f4a7c15) >>> 52);
    let at = table + slotsFrom + (slot << 4);
    let found = load<u32>(at, 8);
    while (found != 0 && load<u64>(at) != bits) {
      slot = (slot + 1) & (slots - 1);
      at = table + slotsFrom + (slot << 4);
      found = load<u32>(at, 8);
    }
    if (found == 0) {
      const count = load<u32>(table);
      if (count == <u32>mostClasses()) return false;
      found = count + 1;
      store<u32>(table, found);
      store<u64>(at, bits);
      store<u32>(at, found, 8);
      store<f64>(table + valuesFrom + (<usize>count << 3), value);
    }
    store<u16>(out, <u16>(found - 1));
  }
  return true;
}

/**
 * Adds pairs of class numbers (u16, below `classes`) to u32 `counts`, a row of them for each first one. There are four
 * copies `stride` bytes apart (`joinQuarters` adds them up), so that equal neighbours do not wait for each other; one with
 * `stride` 0.
 */
export function countPairs(counts: usize, first: usize, second: usize, length: i32, classes: u32, stride: usize): void {
  const quarter = length >>> 2;
  for (let k = 0; k < quarter; k++, first += 8, second += 8) {
    addPair(counts, load<u16>(first), load<u16>(second), classes);
    addPair(counts + stride, load<u16>(first, 2), load<u16>(second, 2), classes);
    addPair(counts + (stride << 1), load<u16>(first, 4), load<u16>(second, 4), classes);
    addPair(counts + stride * 3, load<u16>(first, 6), load<u16>(second, 6), classes);
  }
  for (let k = length & 3; k > 0; k--, first += 2, second += 2) {
    addPair(counts, load<u16>(first), load<u16>(second), classes);
  }
}

// @ts-ignore: decorator
@inline
function addPair(counts: usize, first: u32, second: u32, classes: u32): void {
  const at = counts + (<usize>(first * classes + second) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** `above` (u16) to `out` where one of `length` f64 is at least `threshold`, else `below`. */
export function chooseAtLeast(scores: usize, length: i32, threshold: f64, below: u32, above: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, out += 2) {
    store<u16>(out, <u16>select<u32>(above, below, load<f64>(scores) >= threshold));
  }
}

/** Where a score is above the `largest` (f64) so far it becomes that, and `which` (u16) is noted at `out`. */
export function chooseLargest(largest: usize, scores: usize, length: i32, which: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, largest += 8, out += 2) {
    const score = load<f64>(scores);
    const most = load<f64>(largest);
    const isMore = score > most;
    store<f64>(largest, select<f64>(score, most, isMore));
    store<u16>(out, <u16>select<u32>(which, load<u16>(out), isMore));
  }
}
