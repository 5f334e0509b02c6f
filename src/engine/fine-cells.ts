/** Grids with more cells than an index of 16 bits holds: counting them, and the values of some of them in order. */
import type { Counted } from "./cells.js";
import { type Dense, eachBlock, unsignedFlip } from "./dense.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { withScratch } from "./workspace.js";

/** The most cells of a fine grid: their counters stay in the third-level cache. */
export const mostFineCells = 1 << 22;

/** Values handled at once where they lie one after the other. */
const stretch = 8192;

/** A grid that needs no edges. */
export type FineGrid = Exclude<Grid, { readonly by: "edges" }>;

/** Number of values in each cell; missing ones are in none. */
export function countFine(column: Dense, grid: FineGrid): Counted {
  return withScratch((engine, take) => {
    const counts = take(grid.count * 4);
    engine.u32.fill(0, counts / 4, counts / 4 + grid.count);
    const count = counter(column, grid, engine);
    let nan = 0;
    const seen = eachBlock(
      column,
      engine,
      take,
      (values, length) => {
        nan += count(counts, values, length);
      },
      stretch,
    );
    const result = new Uint32Array(grid.count);
    result.set(engine.u32.subarray(counts / 4, counts / 4 + grid.count));
    result[0]! -= nan;
    return { counts: result, nan, seen };
  });
}

function counter(
  { representation }: Dense,
  grid: FineGrid,
  { kernels }: Engine,
): (counts: number, values: number, length: number) => number {
  if (grid.by === "scale") {
    const { low, scale, count } = grid;
    return (counts, values, length) => kernels.countFineByScale(counts, values, length, low, scale, count);
  }
  const { low, shift, count } = grid;
  const kernel = representation === "f64" ? kernels.countFineByKey : kernels.countFineByWideKey;
  return (counts, values, length) => kernel(counts, values, length, low, shift, count);
}

/** Sorted values of the cells in `open` (ascending), of which there are `total`. */
export function orderFine(column: Dense, grid: FineGrid, open: Uint32Array, total: number): Values {
  return withScratch((engine, take) => {
    const { kernels, u8, f64, i64 } = engine;
    const bits = take(Math.ceil(grid.count / 8));
    u8.fill(0, bits, bits + Math.ceil(grid.count / 8));
    for (const cell of open) u8[bits + (cell >>> 3)]! |= 1 << (cell & 7);
    // A kernel writes before it knows whether a value stays.
    const address = take((total + 1) * 8);
    const keep = keeper(column, grid, engine);
    let length = 0;
    eachBlock(
      column,
      engine,
      take,
      (values, count) => {
        length += keep(values, count, bits, address + length * 8);
      },
      stretch,
    );
    const scratch = take(length * 8);
    const counters = take(kernels.sortCounters() * 4);
    if (column.representation === "f64") {
      kernels.sortF64(address, length, scratch, counters);
      const out = new Float64Array(length);
      out.set(f64.subarray(address / 8, address / 8 + length));
      return out;
    }
    kernels.sortI64(address, length, scratch, counters);
    const unsigned = column.representation === "u64";
    if (unsigned) kernels.gatherKeys(address, 0, length, unsignedFlip, address);
    const out = new BigInt64Array(length);
    out.set(i64.subarray(address / 8, address / 8 + length));
    return unsigned ? new BigUint64Array(out.buffer) : out;
  });
}

function keeper(
  { representation }: Dense,
  grid: FineGrid,
  { kernels }: Engine,
): (values: number, length: number, open: number, out: number) => number {
  if (grid.by === "scale") {
    const { low, scale, count } = grid;
    return (values, length, open, out) => kernels.keepFineByScale(values, length, low, scale, count, open, out);
  }
  const { low, shift, count } = grid;
  const kernel = representation === "f64" ? kernels.keepFineByKey : kernels.keepFineByWideKey;
  return (values, length, open, out) => kernel(values, length, low, shift, count, open, out);
}
