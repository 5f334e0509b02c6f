// Brings values into the cache before the kernels that read them need them. Kernels read 16 bytes at a time between
// their computations, and wait for the memory where a loop that reads one word of every line does not; four places at
// once keep four of the processor's own prefetchers busy. What lies in the second-level cache costs next to nothing.

/** Reads `length` f64. The result has no meaning, and keeps the reading from being left out. */
export function touch(values: usize, length: i32): i32 {
  const quarter = (<usize>length >>> 2) << 3;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (const stop = values + quarter; values < stop; values += 64) {
    a ^= load<i32>(values);
    b ^= load<i32>(values + quarter);
    c ^= load<i32>(values + (quarter << 1));
    d ^= load<i32>(values + quarter * 3);
  }
  return a ^ b ^ c ^ d;
}
