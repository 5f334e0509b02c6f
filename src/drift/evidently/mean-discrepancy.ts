/**
 * Evidently's empirical_mmd: maximum mean discrepancy of a Gaussian kernel, with the p-value of 100 permutations.
 *
 * Squared distances are y² - 2xy + x², which far from zero rounding makes useless or negative; the kernel's width is
 * half their median within the reference, itself with itself among the pairs. Evidently seeds nothing: here the draws
 * are those after numpy.random.seed(0). Time grows with the square of all rows, memory does not.
 */
import { pooled } from "./distinct.js";
import { numpyRandom } from "./numpy-random.js";
import { refused, type Score } from "./score.js";
import type { NumberSide } from "./side.js";

const permutations = 100;
/** Kernels are at most 1: discrepancies that differ by less are equal, where Evidently has rounding decide. */
const rounding = 1e-12;

export function meanDiscrepancy({ values: x }: NumberSide, { values: y }: NumberSide): Score {
  const [n, m] = [x.length, y.length];
  if (n < 2 || m < 2) return refused("Evidently's empirical_mmd needs at least two values a side");
  const all = pooled(x, y);
  const half = 0.5 * medianDistance(x);
  // NaN where rounding made the median negative, as Evidently's: no permutation reaches it, and p is 0.
  const gamma = 1 / (2 * (half === 0 ? Math.sqrt(0.5) : Math.sqrt(half)) ** 2);
  const random = numpyRandom(0);
  const groups = [all.map((_, row) => (row < n ? 1 : 0))];
  for (let k = 0; k < permutations; k++) {
    const group = new Float64Array(n + m);
    for (const row of random.permutation(n + m).subarray(0, n)) group[row] = 1;
    groups.push(group);
  }
  const [observed, ...permuted] = discrepancies(all, groups, gamma, n, m);
  return permuted.filter((discrepancy) => observed! - discrepancy <= rounding).length / permutations;
}

const squaredDistance = (x: number, y: number): number => y * y - 2 * (x * y) + x * x;

/** numpy.percentile(…, 50, method="nearest") of the distances of all pairs, by their bit patterns, 16 bits at a time. */
function medianDistance(x: Float64Array): number {
  const pairs = x.length ** 2;
  // (pairs - 1) / 2, a half to the even neighbour.
  let rank = (pairs - 1) / 2;
  if (!Number.isInteger(rank)) rank = Math.floor(rank) + (Math.floor(rank) % 2);
  const double = new Float64Array(1);
  const words = new Uint16Array(double.buffer);
  const found: number[] = [];
  while (found.length < 4) {
    const counts = new Float64Array(65_536);
    for (const a of x) {
      for (const b of x) {
        double[0] = squaredDistance(a, b) + 0;
        if (inOrder(words)) for (let k = 0; k < 4; k++) words[k]! ^= 0xffff;
        else words[3]! ^= 0x8000;
        if (found.every((word, k) => words[3 - k] === word)) counts[words[3 - found.length]!]!++;
      }
    }
    let word = 0;
    while (rank >= counts[word]!) rank -= counts[word++]!;
    found.push(word);
  }
  for (let k = 0; k < 4; k++) words[3 - k] = found[k]!;
  if (words[3]! & 0x8000) words[3]! ^= 0x8000;
  else for (let k = 0; k < 4; k++) words[k]! ^= 0xffff;
  return double[0]!;
}

/** Whether the double in these words is negative, so that more bits mean less. */
function inOrder(words: Uint16Array): boolean {
  return (words[3]! & 0x8000) !== 0;
}

/** MMD² of each way to divide all rows: 1 marks the n of the one group. */
function discrepancies(all: Float64Array, groups: readonly Float64Array[], gamma: number, n: number, m: number) {
  const inside = new Float64Array(groups.length);
  const across = new Float64Array(groups.length);
  const outside = new Float64Array(groups.length);
  const kernel = new Float64Array(all.length);
  for (let i = 1; i < all.length; i++) {
    let total = 0;
    for (let j = 0; j < i; j++) {
      kernel[j] = Math.exp(-gamma * squaredDistance(all[j]!, all[i]!));
      total += kernel[j]!;
    }
    for (const [k, group] of groups.entries()) {
      let marked = 0;
      for (let j = 0; j < i; j++) marked += kernel[j]! * group[j]!;
      if (group[i] === 1) {
        inside[k]! += marked;
        across[k]! += total - marked;
      } else {
        across[k]! += marked;
        outside[k]! += total - marked;
      }
    }
  }
  return groups.map(
    (_, k) => (2 / (n * (n - 1))) * inside[k]! + (2 / (m * (m - 1))) * outside[k]! - (2 / (n * m)) * across[k]!,
  );
}
