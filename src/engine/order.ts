/** The values of chosen cells in order: select them, put them into their cells, sort inside the cells. */
import { placeEdges } from "./cells.js";
import { type Dense, eachBlock, type Seen, unsignedFlip } from "./dense.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Comparing a value with up to so many runs of cells is cheaper than looking its cell up. */
const mostRuns = 3;

/** As long as the runs cover no more than this share of values in closed cells. */
const mostCovered = 0.03;

/**
 * Sorted values of the cells in `open`, ascending.
 *
 * @param counts what `countCells` gave for this column and grid
 */
export function orderCells(column: Dense, grid: Grid, open: Uint32Array, counts: Uint32Array): Values {
  let total = 0;
  for (const cell of open) total += counts[cell]!;
  if (total === 0) return valuesOf(column, new BigInt64Array(0));
  return withScratch((engine, take) => {
    const { kernels } = engine;
    const wide = column.representation !== "f64";
    const counters = take(kernels.sortCounters() * 4);
    const everything = column.resident?.seen.values === total ? column.resident.address : null;
    const selection = everything === null ? selector(column, grid, open, counts, engine, take) : null;
    const spare = take((total + (selection?.spare ?? 0)) * 8 + 64);
    const selected = everything ?? spare;
    if (selection) {
      let length = 0;
      eachBlock(column, engine, take, (address, blockLength) => {
        length += selection.select(address, blockLength, spare + length * 8);
      });
    }
    if (open.length === 1 && everything === null) {
      const scratch = take(total * 8);
      (wide ? kernels.sortI64 : kernels.sortF64)(selected, total, scratch, counters);
      return copyOut(column, engine, selected, total);
    }
    const placed = take(total * 8);
    const first = open[0]!;
    const cells = open[open.length - 1]! + 1 - first;
    const starts = take(grid.count * 4);
    const at = starts / 4;
    let start = 0;
    let next = 0;
    for (let cell = first; cell < first + cells; cell++) {
      engine.u32[at + cell] = start;
      if (open[next] === cell) {
        start += counts[cell]!;
        next++;
      }
    }
    placer(column, grid, engine, take)(selected, total, starts, placed);
    const sortCells = wide ? kernels.sortCellsI64 : kernels.sortCellsF64;
    sortCells(placed, starts + first * 4, cells, spare, counters);
    return copyOut(column, engine, placed, total);
  });
}

/** Sorts a whole column; NaN is left out. */
export function orderAll(column: Dense): { values: Values; seen: Seen } {
  return withScratch((engine, take) => {
    const { kernels } = engine;
    const wide = column.representation !== "f64";
    const values = take(column.rows * 8 + 64);
    const open = take(1);
    engine.u8[open] = 1;
    const select = wide ? kernels.selectByWideKey : kernels.selectByKey;
    let length = 0;
    const seen = eachBlock(column, engine, take, (address, blockLength) => {
      length += select(address, blockLength, 0n, 0, 1, open, values + length * 8);
    });
    const scratch = take(length * 8);
    const counters = take(kernels.sortCounters() * 4);
    (wide ? kernels.sortI64 : kernels.sortF64)(values, length, scratch, counters);
    return { values: copyOut(column, engine, values, length), seen };
  });
}

type Select = (address: number, length: number, out: number) => number;

/** A function that appends a block's values of open cells, and how much room it needs beyond theirs. */
function selector(
  column: Dense,
  grid: Grid,
  open: Uint32Array,
  counts: Uint32Array,
  engine: Engine,
  take: Take,
): { select: Select; spare: number } {
  const byTable = (): Select => tableSelector(column, grid, open, engine, take);
  if (grid.by === "edges" || column.representation !== "f64") return { select: byTable(), spare: 0 };
  const cover = coverOf(open, counts);
  if (cover.covered > column.rows * mostCovered) return { select: byTable(), spare: 0 };
  const { kernels } = engine;
  const runs = placeRuns(grid, cover, engine, take);
  const within: Select = (address, length, out) => kernels.selectByRuns(address, length, runs, cover.runs.length, out);
  if (cover.covered === 0) return { select: within, spare: 0 };
  const filter = byTable();
  // The values of closed cells between the runs go again, in place: what stays never lies further back than it was.
  return { select: (address, length, out) => filter(out, within(address, length, out), out), spare: cover.covered };
}

function tableSelector(column: Dense, grid: Grid, open: Uint32Array, engine: Engine, take: Take): Select {
  const { kernels } = engine;
  const wide = column.representation !== "f64";
  const table = take(grid.count);
  engine.u8.fill(0, table, table + grid.count);
  for (const cell of open) engine.u8[table + cell] = 1;
  if (grid.by === "scale") {
    const { low, scale, count } = grid;
    return (address, length, out) => kernels.selectByScale(address, length, low, scale, count, table, out);
  }
  if (grid.by === "key") {
    const { low, shift, count } = grid;
    const select = wide ? kernels.selectByWideKey : kernels.selectByKey;
    return (address, length, out) => select(address, length, low, shift, count, table, out);
  }
  const edges = placeEdges(grid.edges, engine, take);
  const select = wide ? kernels.selectByWideEdges : kernels.selectByEdges;
  return (address, length, out) => select(address, length, edges, grid.edges.length, Number(grid.closed), table, out);
}

/** Runs of neighbouring cells, and how many values of closed cells they cover too. */
interface Cover {
  readonly runs: readonly (readonly [first: number, last: number])[];
  readonly covered: number;
}

/** The open cells in at most `mostRuns` runs: of the gaps between them, those with the most values stay open. */
function coverOf(open: Uint32Array, counts: Uint32Array): Cover {
  const gaps: { after: number; values: number }[] = [];
  for (let k = 1; k < open.length; k++) {
    if (open[k] === open[k - 1]! + 1) continue;
    let values = 0;
    for (let cell = open[k - 1]! + 1; cell < open[k]!; cell++) values += counts[cell]!;
    gaps.push({ after: k, values });
  }
  const kept = gaps.sort((one, other) => other.values - one.values).slice(0, mostRuns - 1);
  const covered = gaps.slice(mostRuns - 1).reduce((sum, { values }) => sum + values, 0);
  const starts = [0, ...kept.map(({ after }) => after).sort((a, b) => a - b)];
  const runs = starts.map((start, k) => [open[start]!, open[(starts[k + 1] ?? open.length) - 1]!] as const);
  return { runs, covered };
}

/** The runs as closed intervals of doubles. */
function placeRuns(grid: Exclude<Grid, { by: "edges" }>, { runs }: Cover, engine: Engine, take: Take): number {
  const address = take(runs.length * 16);
  runs.forEach(([first, last], k) => {
    engine.f64[address / 8 + 2 * k] = firstOf(grid, first, engine);
    engine.f64[address / 8 + 2 * k + 1] =
      last + 1 === grid.count
        ? Number.POSITIVE_INFINITY
        : engine.kernels.previousDouble(firstOf(grid, last + 1, engine));
  });
  return address;
}

function firstOf(grid: Exclude<Grid, { by: "edges" }>, cell: number, { kernels }: Engine): number {
  return grid.by === "scale"
    ? kernels.firstByScale(grid.low, grid.scale, grid.count, cell)
    : kernels.firstByKey(grid.low, grid.shift, cell);
}

/** A number that separates cell - 1 from `cell`: nothing in a lower cell is above it, nothing from `cell` on below. */
export function cellStarts(grid: Exclude<Grid, { by: "edges" }>, cells: readonly number[]): Float64Array {
  return withScratch((engine) => Float64Array.from(cells, (cell) => firstOf(grid, cell, engine)));
}

function placer(
  column: Dense,
  grid: Grid,
  engine: Engine,
  take: Take,
): (values: number, length: number, starts: number, out: number) => void {
  const { kernels } = engine;
  const wide = column.representation !== "f64";
  if (grid.by === "scale") {
    const { low, scale, count } = grid;
    return (values, length, starts, out) => kernels.placeByScale(values, length, low, scale, count, starts, out);
  }
  if (grid.by === "key") {
    const { low, shift, count } = grid;
    const place = wide ? kernels.placeByWideKey : kernels.placeByKey;
    return (values, length, starts, out) => place(values, length, low, shift, count, starts, out);
  }
  const edges = placeEdges(grid.edges, engine, take);
  const place = wide ? kernels.placeByWideEdges : kernels.placeByEdges;
  return (values, length, starts, out) =>
    place(values, length, edges, grid.edges.length, Number(grid.closed), starts, out);
}

function copyOut(column: Dense, engine: Engine, address: number, length: number): Values {
  if (column.representation === "f64") {
    const out = new Float64Array(length);
    out.set(engine.f64.subarray(address / 8, address / 8 + length));
    return out;
  }
  if (column.representation === "u64") engine.kernels.gatherKeys(address, 0, length, unsignedFlip, address);
  const out = new BigInt64Array(length);
  out.set(engine.i64.subarray(address / 8, address / 8 + length));
  return valuesOf(column, out);
}

/** The same bytes as the array type of the column's representation. */
function valuesOf(column: Dense, values: BigInt64Array): Values {
  if (column.representation === "i64") return values;
  return column.representation === "u64" ? new BigUint64Array(values.buffer) : new Float64Array(values.buffer);
}
