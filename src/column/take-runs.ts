/** Which chunk each of some chosen rows lies in, and which of them are null. */
import type { Rows } from "../engine/chunk.js";
import { allSet, bitAt, setBit } from "./bits.js";

/** Taken rows that lie in one chunk: output rows from `from` up to `to`, whose chunk begins at row `start` of the column. */
export interface Run<C> {
  readonly chunk: C;
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts the rows into runs that lie in one chunk. Rows in order make one run a chunk. */
export function runsOf<C extends Rows>(chunks: readonly C[], rows: Uint32Array): Run<C>[] {
  if (chunks.length === 1) return [{ chunk: chunks[0]!, start: 0, from: 0, to: rows.length }];
  const starts = new Float64Array(chunks.length + 1);
  for (const [k, { length }] of chunks.entries()) starts[k + 1] = starts[k]! + length;
  const runs: Run<C>[] = [];
  for (let from = 0; from < rows.length; ) {
    const at = chunkOf(starts, rows[from]!);
    let to = from + 1;
    while (to < rows.length && rows[to]! >= starts[at]! && rows[to]! < starts[at + 1]!) to++;
    runs.push({ chunk: chunks[at]!, start: starts[at]!, from, to });
    from = to;
  }
  return runs;
}

/** The last chunk that begins at or before a row. */
function chunkOf(starts: Float64Array, row: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= row) low = middle;
    else high = middle;
  }
  return low;
}

/** The validity bitmap of the taken rows; `null` when none of them is null. */
export function takeValidity(runs: readonly Run<Rows>[], rows: Uint32Array): Rows {
  const { length } = rows;
  if (runs.every(({ chunk }) => !chunk.validity)) return { length, validity: null, validityOffset: 0 };
  const validity = new Uint8Array(Math.ceil(length / 8));
  for (const { chunk, start, from, to } of runs) {
    const offset = chunk.validityOffset - start;
    for (let k = from; k < to; k++) {
      if (!chunk.validity || bitAt(chunk.validity, offset + rows[k]!)) setBit(validity, k);
    }
  }
  return { length, validity: allSet(validity, 0, length) ? null : validity, validityOffset: 0 };
}
