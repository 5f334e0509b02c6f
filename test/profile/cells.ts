/** Profiles' cells of few values, written to be obviously right. */
const bits = new DataView(new ArrayBuffer(8));
const biggest = 2n ** 63n - 1n;

/** The bits of a double as an integer in the order of the doubles, -0 as 0. */
export function orderedKey(x: number): bigint {
  bits.setFloat64(0, x + 0);
  const key = bits.getBigInt64(0);
  return key < 0n ? key ^ biggest : key;
}

function doubleOf(key: bigint): number {
  bits.setBigInt64(0, key < 0n ? key ^ biggest : key);
  const value = bits.getFloat64(0);
  return Number.isNaN(value) ? (key < 0n ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : value + 0;
}

/** An exact histogram with at most `most` cells, at least `shift` wide. */
export function keyCells(values: readonly number[], most: number, shift = 0) {
  for (; ; shift++) {
    const counts = new Map<bigint, number>();
    for (const x of values) {
      const cell = orderedKey(x) >> BigInt(shift);
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    if (counts.size > most) continue;
    const cells = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      shift,
      starts: Float64Array.from(cells, ([cell]) => doubleOf(cell << BigInt(shift))),
      counts: Float64Array.from(cells, ([, count]) => count),
    };
  }
}

/** What is known of a column without missing values when its cells are kept. */
export function columnCells(values: readonly number[], most: number, shift = 0) {
  const finite = values.filter(Number.isFinite);
  return {
    type: "Float64",
    cells: keyCells(values, most, shift),
    moments: {
      min: finite.length > 0 ? Math.min(...finite) : Number.NaN,
      max: finite.length > 0 ? Math.max(...finite) : Number.NaN,
      positiveInfinity: values.filter((x) => x === Number.POSITIVE_INFINITY).length,
      negativeInfinity: values.filter((x) => x === Number.NEGATIVE_INFINITY).length,
    },
  };
}
