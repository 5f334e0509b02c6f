/** Counting a column into the cells of a grid. */
import { type Dense, eachBlock, type Seen, unsignedFlip } from "./dense.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

export interface Counted {
  readonly counts: Uint32Array;
  readonly nan: number;
  readonly seen: Seen;
}

/** Number of values in each cell; missing ones are in none. */
export function countCells(column: Dense, grid: Grid): Counted {
  return withScratch((engine, take) => {
    const { kernels } = engine;
    const counts = take(grid.count * 8);
    engine.u32.fill(0, counts / 4, counts / 4 + grid.count * 2);
    const count = counter(column, grid, engine, take, counts);
    let nan = 0;
    const seen = eachBlock(column, engine, take, (address, length) => {
      nan += count(address, length);
    });
    kernels.joinHalves(counts, grid.count);
    const result = engine.u32.slice(counts / 4, counts / 4 + grid.count);
    result[0]! -= nan;
    return { counts: result, nan, seen };
  });
}

function counter(
  column: Dense,
  grid: Grid,
  engine: Engine,
  take: Take,
  counts: number,
): (address: number, length: number) => number {
  const { kernels } = engine;
  const wide = column.representation !== "f64";
  if (grid.by === "scale") {
    const { low, scale, count } = grid;
    return (address, length) => kernels.cellsByScale(counts, address, length, low, scale, count);
  }
  if (grid.by === "key") {
    const { low, shift, count } = grid;
    const kernel = wide ? kernels.cellsByWideKey : kernels.cellsByKey;
    return (address, length) => kernel(counts, address, length, low, shift, count);
  }
  const edges = placeEdges(grid.edges, engine, take);
  const closed = Number(grid.closed);
  const kernel = wide ? kernels.cellsByWideEdges : kernels.cellsByEdges;
  return (address, length) => kernel(counts, address, length, edges, grid.edges.length, closed);
}

/** Copies edges to memory, as the keys that 64-bit values are compared by. */
export function placeEdges(edges: Values, engine: Engine, take: Take): number {
  const address = take(edges.length * 8);
  if (edges instanceof Float64Array) engine.f64.set(edges, address / 8);
  else for (let k = 0; k < edges.length; k++) engine.i64[address / 8 + k] = keyOf(edges, k);
  return address;
}

function keyOf(values: BigInt64Array | BigUint64Array, index: number): bigint {
  return values instanceof BigUint64Array ? values[index]! + unsignedFlip : values[index]!;
}
