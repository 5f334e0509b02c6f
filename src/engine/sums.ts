/** Sums with a sign per cell, and the extremes of each cell. */

import { placeEdges } from "./cells.js";
import { type Dense, eachBlock, unsignedFlip } from "./dense.js";
import type { Grid, Values } from "./grid.js";
import { withScratch } from "./workspace.js";

/** Sum of signs[cell(x)] · (x - centre) over the finite values; infinite ones are counted. */
export function sumSigned(
  column: Dense,
  grid: Grid,
  signs: Int8Array,
  centre: number | bigint,
): { sum: number; positiveInfinity: number; negativeInfinity: number } {
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const table = take(grid.count * 8);
    for (let k = 0; k < grid.count; k++) f64[table / 8 + k] = signs[k]!;
    const state = take(32);
    f64.fill(0, state / 8, state / 8 + 4);
    const visit = ((): ((address: number, length: number) => void) => {
      if (column.representation !== "f64") {
        if (grid.by !== "key") throw new TypeError("sumSigned: 64-bit integers need a grid by key");
        const key = BigInt(centre) + (column.representation === "u64" ? unsignedFlip : 0n);
        return (address, length) =>
          kernels.signedSumByWideKey(state, address, length, grid.low, grid.shift, grid.count, table, key);
      }
      const about = Number(centre);
      if (grid.by === "scale") {
        return (address, length) =>
          kernels.signedSumByScale(state, address, length, grid.low, grid.scale, grid.count, table, about);
      }
      if (grid.by === "key") {
        return (address, length) =>
          kernels.signedSumByKey(state, address, length, grid.low, grid.shift, grid.count, table, about);
      }
      const edges = placeEdges(grid.edges, engine, take);
      const closed = Number(grid.closed);
      return (address, length) =>
        kernels.signedSumByEdges(state, address, length, edges, grid.edges.length, closed, table, about);
    })();
    eachBlock(column, engine, take, visit);
    const at = state / 8;
    return { sum: f64[at]! + f64[at + 1]!, positiveInfinity: f64[at + 2]!, negativeInfinity: f64[at + 3]! };
  });
}

/** Smallest and largest value of each cell of a grid by scale or key. */
export function cellSpans(column: Dense, grid: Exclude<Grid, { by: "edges" }>): { min: Values; max: Values } {
  return withScratch((engine, take) => {
    const { kernels, f64, i64 } = engine;
    const { count } = grid;
    const wide = column.representation !== "f64";
    const at = take(count * 16) / 8;
    for (let k = 0; k < count; k++) {
      if (wide) {
        i64[at + 2 * k] = 2n ** 63n - 1n;
        i64[at + 2 * k + 1] = -(2n ** 63n);
      } else {
        f64[at + 2 * k] = Number.POSITIVE_INFINITY;
        f64[at + 2 * k + 1] = Number.NEGATIVE_INFINITY;
      }
    }
    eachBlock(column, engine, take, (address, length) => {
      if (grid.by === "scale") kernels.spansByScale(at * 8, address, length, grid.low, grid.scale, count);
      else if (wide) kernels.spansByWideKey(at * 8, address, length, grid.low, grid.shift, count);
      else kernels.spansByKey(at * 8, address, length, grid.low, grid.shift, count);
    });
    const pick = (offset: number): Values => {
      if (!wide) return Float64Array.from({ length: count }, (_, k) => f64[at + 2 * k + offset]!);
      const flip = column.representation === "u64" ? unsignedFlip : 0n;
      const values = Array.from({ length: count }, (_, k) => i64[at + 2 * k + offset]! - flip);
      return column.representation === "u64" ? BigUint64Array.from(values) : BigInt64Array.from(values);
    };
    return { min: pick(0), max: pick(1) };
  });
}
