/** What profiles hold by definition: cells over keys as bigints, moments over integers without rounding. */
import fc from "fast-check";

const bits = new DataView(new ArrayBuffer(8));

/** Integers in the order of the doubles; -0 is 0. */
export function keyOf(x: number): bigint {
  bits.setFloat64(0, x + 0);
  const key = bits.getBigInt64(0);
  return key < 0n ? -(key & 0x7fff_ffff_ffff_ffffn) - 1n : key;
}

function doubleOf(key: bigint): number {
  bits.setBigInt64(0, key < 0n ? -(2n ** 63n) - key - 1n : key);
  return bits.getFloat64(0);
}

const cellsAt = (values: Iterable<number>, shift: number): Map<bigint, number> => {
  const counts = new Map<bigint, number>();
  for (const x of values) {
    if (Number.isNaN(x)) continue;
    const cell = keyOf(x) >> BigInt(shift);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
};

/** The smallest shift with few enough cells: the larger the shift, the fewer there are. */
export function naiveShift(values: Iterable<number>, most: number, least = 0): number {
  const all = [...values];
  let [below, enough] = [least - 1, 63];
  while (enough - below > 1) {
    const middle = (below + enough) >> 1;
    if (cellsAt(all, middle).size <= most) enough = middle;
    else below = middle;
  }
  return enough;
}

export function naiveCells(values: Iterable<number>, most: number, least = 0) {
  const all = [...values];
  const shift = naiveShift(all, most, least);
  const cells = [...cellsAt(all, shift)].sort(([x], [y]) => (x < y ? -1 : 1));
  const lowest = keyOf(Number.NEGATIVE_INFINITY);
  const starts = cells.map(([cell]) => {
    const key = cell << BigInt(shift);
    return doubleOf(key < lowest ? lowest : key);
  });
  return { shift, starts, counts: cells.map(([, count]) => count) };
}

/** Doubles of every scale and sign, many of them equal or near to each other; NaN is none of them. */
export const doubles = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer({ min: -20, max: 20 }),
  fc.integer({ min: 0, max: 1000 }).map((k) => 1 + k * 2 ** -52),
  fc.constantFrom(0, -0, 5e-324, -5e-324, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);

/** The exponent of a finite double's last bit, and how many of it there are. */
function exact(x: number): { readonly last: number; readonly size: bigint } {
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const exponent = Number((word >> 52n) & 2047n);
  const fraction = (word & 0xf_ffff_ffff_ffffn) | (exponent === 0 ? 0n : 1n << 52n);
  return { last: Math.max(exponent, 1) - 1075, size: word >> 63n ? -fraction : fraction };
}

/** Count, mean and central sums of finite values without any rounding but the last; in units of 2^exponent and its powers. */
export function exactMoments(values: readonly number[], exponent: number) {
  const n = BigInt(values.length);
  const parts = values.map(exact);
  const last = parts.reduce((least, part) => Math.min(least, part.last), 1024);
  const x = parts.map((part) => part.size << BigInt(part.last - last));
  const sum = (power: bigint) => x.reduce((all, value) => all + value ** power, 0n);
  const [s1, s2, s3, s4] = [sum(1n), sum(2n), sum(3n), sum(4n)];
  const over = (top: bigint, bottom: bigint, power: number) => ratio(top, bottom, (last - exponent) * power);
  return {
    count: values.length,
    mean: over(s1, n, 1),
    m2: over(n * s2 - s1 ** 2n, n, 2),
    m3: over(n ** 2n * s3 - 3n * n * s1 * s2 + 2n * s1 ** 3n, n ** 2n, 3),
    m4: over(n ** 3n * s4 - 4n * n ** 2n * s1 * s3 + 6n * n * s1 ** 2n * s2 - 3n * s1 ** 4n, n ** 3n, 4),
  };
}

/** top / bottom · 2^power, to 60 bits before the last rounding. */
function ratio(top: bigint, bottom: bigint, power: number): number {
  if (top === 0n) return 0;
  const size = top < 0n ? -top : top;
  const shift = 64 + bottom.toString(2).length - size.toString(2).length;
  const quotient = shift >= 0 ? (size << BigInt(shift)) / bottom : size / (bottom << BigInt(-shift));
  const scale = power - shift;
  const half = Math.trunc(scale / 2);
  return (top < 0n ? -1 : 1) * Number(quotient) * 2 ** half * 2 ** (scale - half);
}
