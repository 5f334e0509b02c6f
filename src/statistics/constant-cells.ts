/**
 * Cells in which everything is one value. Data with few distinct values crowds into few cells; asking for the cells'
 * extremes then shows that nothing in them needs ordering.
 */
import type { Spans } from "../source/source.js";

/**
 * Whether most open values lie in overfull cells, of `total` values in all: then it pays to ask for the cells' extremes.
 * A cell of a long column holds many values without being overfull.
 */
export function isCrowded(open: Uint32Array, a: Uint32Array, b: Uint32Array, total: number): boolean {
  const many = Math.max(512, total / Math.max(64, a.length / 8));
  let values = 0;
  let crowded = 0;
  for (const cell of open) {
    const count = a[cell]! + b[cell]!;
    values += count;
    if (count > many) crowded += count;
  }
  return values > 50_000 && crowded * 2 > values;
}

/** Whether all values of both sides in this cell are equal. */
export function isConstant(cell: number, a: Uint32Array, b: Uint32Array, x: Spans, y: Spans): boolean {
  const reference = a[cell] === 0 || x.min[cell] === x.max[cell];
  const current = b[cell] === 0 || y.min[cell] === y.max[cell];
  return reference && current && (a[cell] === 0 || b[cell] === 0 || x.min[cell] === y.min[cell]);
}
