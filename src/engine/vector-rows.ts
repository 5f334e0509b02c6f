/** Which rows of a column of vectors are complete, and some of them as numbers. */
import { bitsOf } from "./chunk.js";
import { markRows, place, stretches, stretchRows, type Vectors, type VectorsSeen } from "./vectors.js";
import { withScratch } from "./workspace.js";

/** A byte a row: 1 for a vector that is not null, has no null component and no NaN. */
export function completeRows(column: Vectors): { readonly complete: Uint8Array; readonly seen: VectorsSeen } {
  const complete = new Uint8Array(column.rows);
  let [row, nulls, nan] = [0, 0, 0];
  withScratch((engine, take) => {
    const { dimension } = column;
    const most = stretchRows(dimension);
    const [address, raw, keep] = [take(most * dimension * 8), take(most * dimension * 8), take(most)];
    for (const { chunk, from, rows } of stretches(column)) {
      const { width } = place(chunk, from, rows, engine, address, raw);
      nulls += markRows(chunk, from, rows, engine, keep);
      const drop = width === 4 ? engine.kernels.dropNaNF32 : engine.kernels.dropNaNF64;
      nan += drop(address, rows, dimension, keep);
      complete.set(engine.u8.subarray(keep, keep + rows), row);
      row += rows;
    }
  });
  return { complete, seen: { rows: column.rows, nulls, nan } };
}

/** The vectors of some rows (ascending) as doubles, one after the other. */
export function pickRows({ chunks, dimension }: Vectors, rows: readonly number[]): Float64Array {
  const picked = new Float64Array(rows.length * dimension);
  withScratch((engine, take) => {
    const [address, raw] = [take(dimension * 8), take(dimension * 8)];
    let [start, next] = [0, 0];
    for (const chunk of chunks) {
      if (next === rows.length) break;
      for (; next < rows.length && rows[next]! < start + chunk.length; next++) {
        place(chunk, rows[next]! - start, 1, engine, address, raw, bitsOf[chunk.components.layout] < 64);
        picked.set(engine.f64.subarray(address / 8, address / 8 + dimension), next * dimension);
      }
      start += chunk.length;
    }
  });
  return picked;
}
