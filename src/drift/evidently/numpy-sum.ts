/** numpy.sum of doubles, in its order of additions: what is compared with what NumPy added has to be rounded as there. */

/** One after the other below eight values; else eight sums side by side, in halves beyond 128 values. */
export function numpySum(values: Float64Array): number {
  const { length } = values;
  if (length < 8) return values.reduce((sum, x) => sum + x, 0);
  if (length > 128) {
    const half = Math.floor(length / 2) - (Math.floor(length / 2) % 8);
    return numpySum(values.subarray(0, half)) + numpySum(values.subarray(half));
  }
  const sums = values.slice(0, 8);
  const whole = length - (length % 8);
  for (let k = 8; k < whole; k++) sums[k % 8]! += values[k]!;
  let sum = sums[0]! + sums[1]! + (sums[2]! + sums[3]!) + (sums[4]! + sums[5]! + (sums[6]! + sums[7]!));
  for (let k = whole; k < length; k++) sum += values[k]!;
  return sum;
}
