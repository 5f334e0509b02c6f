/** Cells by their definition, over keys as bigints. */
import fc from "fast-check";

const bits = new DataView(new ArrayBuffer(8));

/** Integers in the order of the doubles; -0 is 0. */
export function keyOf(x: number): bigint {
  bits.setFloat64(0, x + 0);
  const key = bits.getBigInt64(0);
  return key < 0n ? -(key & 0x7fff_ffff_ffff_ffffn) - 1n : key;
}

function valueOf(key: bigint): number {
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

export function naiveShift(values: Iterable<number>, most: number, least = 0): number {
  const all = [...values];
  let shift = least;
  while (cellsAt(all, shift).size > most) shift++;
  return shift;
}

export function naiveCells(values: Iterable<number>, most: number, least = 0) {
  const all = [...values];
  const shift = naiveShift(all, most, least);
  const cells = [...cellsAt(all, shift)].sort(([x], [y]) => (x < y ? -1 : 1));
  const lowest = keyOf(Number.NEGATIVE_INFINITY);
  const starts = cells.map(([cell]) => {
    const key = cell << BigInt(shift);
    return valueOf(key < lowest ? lowest : key);
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
