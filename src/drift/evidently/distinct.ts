/** Values of both sides together. */

/** Both sides' values, one after the other. */
export function pooled(x: Float64Array, y: Float64Array): Float64Array {
  const all = new Float64Array(x.length + y.length);
  all.set(x);
  all.set(y, x.length);
  return all;
}

/** Numbers of both sides, each value once, ascending. */
export function distinctNumbers(x: Float64Array, y: Float64Array): Float64Array {
  const all = pooled(x, y).sort();
  return all.filter((value, k) => k === 0 || value !== all[k - 1]);
}
