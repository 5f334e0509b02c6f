/** The rank of each row of a column; see assembly/row-ranks.ts. */
import { rowReader } from "./aligned.js";
import type { Dense } from "./dense.js";
import { chunksInMemory } from "./in-memory.js";
import { orderAll } from "./order.js";
import { withScratch } from "./workspace.js";

/** Rows that are looked up at once. */
const stretchRows = 4096;

/**
 * Twice the rank of each row, from 2 on, equal values sharing the mean of theirs; 0 where a row has no value.
 *
 * @param column of representation f64 without a selection
 */
export function doubledRanks(column: Dense): Uint32Array {
  const { values } = orderAll(column);
  const ranks = new Uint32Array(column.rows);
  withScratch((engine, take) => {
    const { kernels, f64, u32 } = engine;
    const sorted = take(values.length * 8);
    f64.set(values as Float64Array, sorted / 8);
    const known = take(values.length * 4);
    const count = kernels.distinctRanks(sorted, values.length, known) >>> 0;
    const guide = take(Math.ceil(count / 64) * 8);
    kernels.guidePosts(sorted, count, guide);
    const [stage, out] = [take(stretchRows * 8), take(stretchRows * 4)];
    const read = rowReader(chunksInMemory(column.chunks));
    for (let from = 0; from < column.rows; from += stretchRows) {
      const length = Math.min(stretchRows, column.rows - from);
      read(length, engine, stage);
      kernels.lookUpRanks(stage, length, sorted, known, count, guide, out);
      ranks.set(u32.subarray(out / 4, out / 4 + length), from);
    }
  });
  return ranks;
}
