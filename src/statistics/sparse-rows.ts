/** Rows of numbers most of which are 0, one after the other: row r's are the entries from starts[r] to starts[r + 1]. */
export interface SparseRows {
  readonly width: number;
  /** One more than rows. */
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
}

/** Rows of `width` numbers each, without leaving any out. */
export function everyEntry(values: Float64Array, width: number): SparseRows {
  const rows = values.length / width;
  return {
    width,
    starts: Uint32Array.from({ length: rows + 1 }, (_, row) => row * width),
    columns: Uint32Array.from({ length: values.length }, (_, entry) => entry % width),
    values,
  };
}

/** Puts rows one after the other; each is [column, value] entries. */
export function sparseRows(rows: readonly (readonly (readonly [number, number])[])[], width: number): SparseRows {
  const entries = rows.flat();
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, r) => {
    starts[r + 1] = starts[r]! + row.length;
  });
  return {
    width,
    starts,
    columns: Uint32Array.from(entries, ([column]) => column),
    values: Float64Array.from(entries, ([, value]) => value),
  };
}
