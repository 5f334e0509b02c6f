/** In which cell of a grid each value of a column lies, and how many lie in each. */
import { type Dense, eachBlock, type Seen, unsignedFlip } from "./dense.js";
import { countFine } from "./fine-cells.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

export interface Counted {
  readonly counts: Uint32Array;
  readonly nan: number;
  readonly seen: Seen;
}

/** Values, and how many of them are NaN. */
export interface Indexed {
  readonly nan: number;
  readonly seen: Seen;
}

/** An index holds cells below this. */
export const mostCells = 65_536;

/** Values handled at once where they lie one after the other. */
const stretch = 8192;

/** Number of values in each cell; missing ones are in none. */
export function countCells(column: Dense, grid: Grid): Counted {
  return countWith(column, grid, () => {});
}

/** The same; `also` sees each block while it is in the cache. */
export function countWith(
  column: Dense,
  grid: Grid,
  also: (values: number, index: number, length: number) => void,
): Counted {
  if (grid.count > mostCells) return grid.by === "edges" ? countMany(column, grid) : countFine(column, grid);
  return withScratch((engine, take) => {
    const counter = column.index && grid.count >= manyCells ? smallCounter : plainCounter;
    const { count, finish, counts } = counter(grid.count, engine, take);
    const { nan, seen } = eachIndexed(column, grid, engine, take, (values, index, length) => {
      count(index, length);
      also(values, index, length);
    });
    finish();
    const result = new Uint32Array(grid.count);
    result.set(engine.u32.subarray(counts / 4, counts / 4 + grid.count));
    result[0]! -= nan;
    return { counts: result, nan, seen };
  });
}

/** Counts an index block by block; `counts` is right after `finish`. */
interface Counter {
  readonly counts: number;
  count(index: number, length: number): void;
  finish(): void;
}

function plainCounter(cells: number, engine: Engine, take: Take): Counter {
  const { kernels, u32 } = engine;
  const counts = take(cells * 8);
  u32.fill(0, counts / 4, counts / 4 + cells * 2);
  return {
    counts,
    count: (index, length) => kernels.tally(counts, cells, index, length),
    finish: () => kernels.joinHalves(counts, cells),
  };
}

/** From so many cells on, counters of 32 bits do not fit into the first-level cache. */
const manyCells = 4096;

/**
 * Counts in 16 bits as long as no count wraps: that shows when they are added up, and what was counted since is counted
 * again from the index, which is kept.
 */
function smallCounter(cells: number, engine: Engine, take: Take): Counter {
  const { kernels, u8 } = engine;
  const { count, finish, counts } = plainCounter(cells, engine, take);
  const small = take(cells * 2 + 16);
  u8.fill(0, small, small + cells * 2 + 16);
  let first = 0;
  let pending = 0;
  let crowded = false;
  const move = (): void => {
    if (pending > 0 && !kernels.takeSmall(counts, small, cells, pending)) {
      crowded = true;
      count(first, pending);
    }
    pending = 0;
  };
  return {
    counts,
    count(index, length) {
      if (crowded) {
        count(index, length);
        return;
      }
      if (pending === 0) first = index;
      kernels.tallySmall(small, index, length);
      pending += length;
      if (pending > cells * 16) move();
    },
    finish() {
      move();
      finish();
    },
  };
}

/** More cells than an index holds: between many edges. */
function countMany(column: Dense, grid: Grid & { readonly by: "edges" }): Counted {
  return withScratch((engine, take) => {
    const counts = take(grid.count * 4);
    engine.u32.fill(0, counts / 4, counts / 4 + grid.count);
    const edges = placeEdges(grid.edges, engine, take);
    const closed = Number(grid.closed);
    const kernel = column.representation === "f64" ? engine.kernels.countByEdges : engine.kernels.countByWideEdges;
    let nan = 0;
    const seen = eachBlock(column, engine, take, (values, length) => {
      nan += kernel(counts, values, length, edges, grid.edges.length, closed);
    });
    const result = engine.u32.slice(counts / 4, counts / 4 + grid.count);
    result[0]! -= nan;
    return { counts: result, nan, seen };
  });
}

/** Hands blocks of values, and the cells they lie in, to `visit`. The cells of a column that keeps them are found once. */
export function eachIndexed(
  column: Dense,
  grid: Grid,
  engine: Engine,
  take: Take,
  visit: (values: number, index: number, length: number) => void,
): Indexed {
  const kept = column.index;
  if (kept?.of?.grid === grid) {
    let at = kept.address;
    const next = (values: number, length: number): void => {
      visit(values, at, length);
      at += length * 2;
    };
    eachBlock(column, engine, take, next, stretch);
    return kept.of;
  }
  const index = indexer(column, grid, engine, take);
  let at = kept?.address ?? take(stretch * 2);
  let nan = 0;
  const first = (values: number, length: number): void => {
    nan += index(values, length, at);
    visit(values, at, length);
    if (kept) at += length * 2;
  };
  const seen = eachBlock(column, engine, take, first, stretch);
  if (kept) kept.of = { grid, nan, seen };
  return { nan, seen };
}

/** A function that writes the cells of values to an index and returns how many are NaN. */
export function indexer(
  column: Pick<Dense, "representation">,
  grid: Grid,
  engine: Engine,
  take: Take,
): (values: number, length: number, index: number) => number {
  const { kernels } = engine;
  const wide = column.representation !== "f64";
  if (grid.by === "scale") {
    const { low, scale, count } = grid;
    return (values, length, index) => kernels.indexByScale(values, length, low, scale, count, index);
  }
  if (grid.by === "key") {
    const { low, shift, count } = grid;
    const kernel = wide ? kernels.indexByWideKey : kernels.indexByKey;
    return (values, length, index) => kernel(values, length, low, shift, count, index);
  }
  const edges = placeEdges(grid.edges, engine, take);
  const closed = Number(grid.closed);
  const kernel = wide ? kernels.indexByWideEdges : kernels.indexByEdges;
  return (values, length, index) => kernel(values, length, edges, grid.edges.length, closed, index);
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
