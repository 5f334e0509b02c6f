/** Sums with a sign per cell, and the extremes of each cell. */

import { placeEdges } from "./cells.js";
import { type Dense, eachBlock, unsignedFlip } from "./dense.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** What `sumSigned` finds; `unsigned`: the values of the cells with sign 0, where they were collected. */
export interface SumOfSigned {
  readonly sum: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  readonly unsigned: Float64Array | null;
}

/**
 * Sum of signs[cell(x)] · (x - centre) over the finite values; infinite ones are counted.
 *
 * @param counts what `countCells` gave for this column and grid, if the column has no NaN: the values in cells of sign
 *   0, which are asked for next, are then collected in the same pass where they are few
 */
export function sumSigned(
  column: Dense,
  grid: Grid,
  signs: Int8Array,
  centre: number | bigint,
  counts: Uint32Array | null = null,
): SumOfSigned {
  return withScratch((engine, take) => {
    const { f64 } = engine;
    const { count } = grid;
    let unsigned = 0;
    if (counts) for (let k = 0; k < count; k++) if (signs[k] === 0) unsigned += counts[k]!;
    const few = counts !== null && grid.by === "scale" && unsigned <= column.rows / 4;
    const table = take(count * 8);
    f64.set(signs, table / 8);
    const open = take(count);
    engine.u8.set(few ? signs.map((sign) => (sign === 0 ? 8 : 0)) : new Uint8Array(count), open);
    const state = take(32);
    f64.fill(0, state / 8, state / 8 + 4);
    const rest = few ? take(unsigned * 8 + 64) : null;
    eachBlock(column, engine, take, adder(column, grid, engine, take, { table, open, state, rest, centre }));
    const at = state / 8;
    return {
      sum: f64[at]! + f64[at + 1]!,
      positiveInfinity: f64[at + 2]!,
      negativeInfinity: f64[at + 3]!,
      unsigned: rest === null ? null : f64.slice(rest / 8, rest / 8 + unsigned),
    };
  });
}

interface Places {
  readonly table: number;
  readonly open: number;
  readonly state: number;
  readonly rest: number | null;
  readonly centre: number | bigint;
}

function adder(column: Dense, grid: Grid, engine: Engine, take: Take, places: Places) {
  const { kernels } = engine;
  const { table, open, state, centre } = places;
  if (column.representation !== "f64") {
    if (grid.by !== "key") throw new TypeError("sumSigned: 64-bit integers need a grid by key");
    const key = BigInt(centre) + (column.representation === "u64" ? unsignedFlip : 0n);
    return (address: number, length: number): void =>
      kernels.signedSumByWideKey(state, address, length, grid.low, grid.shift, grid.count, table, key);
  }
  const about = Number(centre);
  if (grid.by === "scale") {
    const { low, scale, count } = grid;
    let to = places.rest ?? take(64);
    return (address: number, length: number): void => {
      to += 8 * kernels.signedSumByScale(state, address, length, low, scale, count, table, about, open, to);
    };
  }
  if (grid.by === "key") {
    return (address: number, length: number): void =>
      kernels.signedSumByKey(state, address, length, grid.low, grid.shift, grid.count, table, about);
  }
  const edges = placeEdges(grid.edges, engine, take);
  const closed = Number(grid.closed);
  return (address: number, length: number): void =>
    kernels.signedSumByEdges(state, address, length, edges, grid.edges.length, closed, table, about);
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
      if (!wide) return Float64Array.from({ length: count }, (_, k) => f64[at + 2 * k + offset]! + 0); // -0 is 0
      const flip = column.representation === "u64" ? unsignedFlip : 0n;
      const values = Array.from({ length: count }, (_, k) => i64[at + 2 * k + offset]! - flip);
      return column.representation === "u64" ? BigUint64Array.from(values) : BigInt64Array.from(values);
    };
    return { min: pick(0), max: pick(1) };
  });
}
