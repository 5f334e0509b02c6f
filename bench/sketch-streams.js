// Streams of numbers whose true ranks are known: permutations of 0 … size - 1, of which each kind makes its own values.

import { normal as law } from "../dist/distributions/normal.js";
import { sort } from "../dist/statistics/sort.js";

/** A permutation of 0 … size - 1 that a seed chooses; computed place by place. */
export function permutation(size, seed) {
  const bits = Math.max(2, Math.ceil(Math.log2(size)));
  const mask = 2 ** bits - 1;
  const half = bits >> 1;
  const factor = Math.imul(seed, 0x9e3779b1) | 1;
  const scramble = (x) => {
    let y = (Math.imul(x, factor) + seed) & mask;
    y ^= y >>> half;
    y = Math.imul(y, 0x2c1b3c6d) & mask;
    y ^= y >>> half;
    return Math.imul(y, 0x297a2d39 + 2 * seed) & mask;
  };
  const order = new Float64Array(size);
  for (let x = 0, k = 0; k < size; x++) {
    const y = scramble(x);
    if (y < size) order[k++] = y;
  }
  return order;
}

const repeats = 1000;
let table = new Float64Array(0);
const normal = (size) => {
  if (table.length !== size) table = Float64Array.from({ length: size }, (_, k) => law.quantile((k + 0.5) / size));
  return table;
};

/** Each kind: the value in row k, from its rank in a permutation where it has one; and the ranks of a value. */
export const kinds = {
  sorted: { value: (k, _, seed) => seed + k, below: (x, _, seed) => x - seed, tied: 1 },
  reversed: { value: (k, size, seed) => seed + size - 1 - k, below: (x, _, seed) => x - seed, tied: 1 },
  zoomed: {
    value: (k, size, seed) => seed + (k % 2 === 0 ? k / 2 : size - (k + 1) / 2),
    below: (x, _, seed) => x - seed,
    tied: 1,
  },
  duplicated: {
    permuted: true,
    value: (rank, _, seed) => seed + Math.floor(rank / repeats),
    below: (x, _, seed) => (x - seed) * repeats,
    tied: repeats,
  },
  normal: {
    permuted: true,
    value: (rank, size) => normal(size)[rank],
    below: (x, size) => lowerBound(normal(size), x),
    tied: 1,
  },
};

function lowerBound(values, x) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The values of a stream in the order in which they come. */
export function stream({ value, permuted }, size, seed) {
  if (!permuted) return Float64Array.from({ length: size }, (_, k) => value(k, size, seed));
  const order = permutation(size, seed);
  for (let k = 0; k < size; k++) order[k] = value(order[k], size, seed);
  return order;
}

/** Pieces of a stream, each in order. */
export function* pieces(values, rows) {
  for (let from = 0; from < values.length; from += rows) yield sort(values.subarray(from, from + rows)).values;
}

/** The largest error of a view's ranks over all points, in rows: it is just below or at a value that was kept. */
export function worstError({ values, ranks }, { below, tied }, size, seed) {
  let worst = 0;
  let before = 0;
  for (let k = 0; k < values.length; k++) {
    const first = below(values[k], size, seed);
    worst = Math.max(worst, Math.abs(first - before));
    while (values[k + 1] === values[k]) k++;
    before = ranks[k];
    worst = Math.max(worst, Math.abs(Math.min(first + tied, size) - before));
  }
  return worst;
}
