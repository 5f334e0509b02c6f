/** The values of chosen cells in order: select them, put them into their cells, sort inside the cells. */
import { eachIndexed, mostCells } from "./cells.js";
import { type Dense, eachBlock, plainValues, type Seen, unsignedFlip } from "./dense.js";
import { orderFine } from "./fine-cells.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type DiskRoom, holds, placeInFile, readPlaced } from "./placed-file.js";
import { type Take, withScratch } from "./workspace.js";

/**
 * Sorted values of the cells in `open`, ascending.
 *
 * @param counts what `countCells` gave for this column and grid
 * @param later  the cells that this round and those after it will ask for: the values of a column with a `disk` are put
 *   near their cells there the first time
 * @param all every cell will be asked for: all values are put into their cells the first time, and neighbouring cells
 *   then only have to be sorted. The answer is good until the next question
 */
export function orderCells(
  column: Dense,
  grid: Grid,
  open: Uint32Array,
  counts: Uint32Array,
  all = false,
  later: Uint32Array | null = null,
): Values {
  let total = 0;
  for (const cell of open) total += counts[cell]!;
  if (total === 0) return valuesOf(column, new BigInt64Array(0));
  if (grid.count > mostCells && grid.by !== "edges") return orderFine(column, grid, open, total);
  const { disk } = column;
  const wanted = all ? Uint32Array.from(counts.keys()) : later;
  const isPlaced = (): boolean => !!disk?.kept && holds(disk.kept, grid, open);
  if (disk && wanted && !isPlaced()) {
    disk.kept?.file.close();
    disk.kept = null;
    disk.kept = placeInFile(column, grid, wanted, counts, disk.memory);
  }
  return withScratch((engine, take) => {
    const { kernels, u32 } = engine;
    const first = open[0]!;
    const cells = open[open.length - 1]! + 1 - first;
    const starts = take(grid.count * 4);
    const room = (all && cells === open.length && column.index?.placed) || null;
    const placed = room ? room.address + 8 * sumOf(counts, 0, first) : take(total * 8);
    if (room) {
      if (room.of !== grid) {
        placeStarts(Uint32Array.from(counts.keys()), counts, u32, starts / 4);
        placeAll(column, grid, engine, take, starts, room.address);
        room.of = grid;
      }
      for (let cell = first, end = 0; cell < first + cells; cell++) u32[starts / 4 + cell] = end += counts[cell]!;
    } else {
      placeStarts(open, counts, u32, starts / 4);
      const source = isPlaced() ? readPlaced(disk!.kept!, open, column) : column;
      const known = source.index?.of?.grid === grid ? source.index.of : null;
      if (known && known.seen.values - known.nan === total) placeAll(source, grid, engine, take, starts, placed);
      else placeOpen(source, grid, open, total, engine, take, starts, placed);
    }
    const scratch = take(total * 8);
    const counters = take(kernels.sortCounters() * 4);
    const sort = column.representation === "f64" ? kernels.sortCellsF64 : kernels.sortCellsI64;
    sort(placed, starts + first * 4, cells, scratch, counters);
    if (room && column.representation === "f64") return engine.f64.subarray(placed / 8, placed / 8 + total);
    if (disk && wanted && column.representation === "f64") return answered(disk, engine, placed, total);
    return copyOut(column, engine, placed, total, scratch);
  });
}

/** Sorted values in memory that the next answer uses again. */
function answered(disk: DiskRoom, engine: Engine, address: number, length: number): Float64Array {
  if (!disk.answer || disk.answer.length < length) disk.answer = new Float64Array(Math.ceil(length * 1.25));
  const answer = disk.answer.subarray(0, length);
  answer.set(engine.f64.subarray(address / 8, address / 8 + length));
  return answer;
}

function sumOf(counts: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let cell = from; cell < to; cell++) sum += counts[cell]!;
  return sum;
}

/** Where the values of each open cell begin, from the first open cell to the last; placing moves that to their ends. */
function placeStarts(open: Uint32Array, counts: Uint32Array, u32: Uint32Array, at: number): void {
  let start = 0;
  let cell = open[0]!;
  for (const next of open) {
    while (cell < next) u32[at + cell++] = start;
    u32[at + cell++] = start;
    start += counts[next]!;
  }
}

/** Puts all values into their cells. */
function placeAll(column: Dense, grid: Grid, engine: Engine, take: Take, starts: number, placed: number): void {
  const place = column.representation === "f64" ? engine.kernels.placeF64 : engine.kernels.placeI64;
  eachIndexed(column, grid, engine, take, (values, index, length) => place(values, index, length, starts, placed));
}

/** Rows looked through at once: their numbers are u16. */
const selectedRows = 65_536;

/** Up to this share of all values is fetched one by one instead of copying all. */
const fewValues = 1 / 32;

/** Puts the values of open cells where they belong. */
function placeOpen(
  column: Dense,
  grid: Grid,
  open: Uint32Array,
  total: number,
  engine: Engine,
  take: Take,
  starts: number,
  placed: number,
): void {
  const { kernels } = engine;
  const rows = take(selectedRows * 2 + 32);
  const select = selector(grid, open, engine, take, rows);
  const place = column.representation === "f64" ? kernels.placeRowsF64 : kernels.placeRowsI64;
  const kept = column.index?.of?.grid === grid ? column.index : null;
  const plain = total > column.rows * fewValues ? null : plainValues(column);
  if (kept && column.resident) {
    // Dense values lie one after the other, as their cells do: only those that are placed are read.
    const { address, seen } = column.resident;
    for (let from = 0; from < seen.values; from += selectedRows) {
      const index = kept.address + from * 2;
      const selected = select(index, Math.min(selectedRows, seen.values - from));
      place(address + from * 8, index, rows, selected, starts, placed);
    }
  } else if (kept && plain) {
    // NaN in an open cell is picked too, and left out when it is placed.
    const picked = take(selectedRows * 8);
    for (let from = 0; from < plain.length; from += selectedRows) {
      const index = kept.address + from * 2;
      const selected = select(index, Math.min(selectedRows, plain.length - from));
      pick(plain, from, engine.u16.subarray(rows / 2, rows / 2 + selected), engine.f64.subarray(picked / 8));
      kernels.placePicked(picked, index, rows, selected, starts, placed);
    }
  } else {
    eachIndexed(column, grid, engine, take, (values, index, length) => {
      place(values, index, rows, select(index, length), starts, placed);
    });
  }
}

function pick(values: Float64Array, from: number, rows: Uint16Array, out: Float64Array): void {
  for (let k = 0; k < rows.length; k++) out[k] = values[from + rows[k]!]!;
}

/** A function that writes the numbers of the rows in open cells to `rows` and returns how many there are. */
function selector(
  grid: Grid,
  open: Uint32Array,
  engine: Engine,
  take: Take,
  rows: number,
): (index: number, length: number) => number {
  const { kernels, u8 } = engine;
  const shift = Math.max(0, 24 - Math.clz32(grid.count - 1));
  const table = take(grid.count);
  const groups = take(256);
  u8.fill(0, table, table + grid.count);
  u8.fill(0, groups, groups + 256);
  for (const cell of open) {
    u8[table + cell] = 1;
    u8[groups + (cell >>> shift)] = 1;
  }
  const tables = take(kernels.selectionSize());
  kernels.selectionInit(tables, groups);
  return (index, length) =>
    kernels.keepRows(rows, kernels.selectRows(index, length, tables, shift, rows), index, table);
}

/** Sorts a whole column; NaN is left out. */
export function orderAll(column: Dense): { values: Values; seen: Seen } {
  return withScratch((engine, take) => {
    const { address, length, seen, scratch } = placeInOrder(column, engine, take);
    return { values: copyOut(column, engine, address, length, scratch), seen };
  });
}

/** The same in engine memory. */
export interface InOrder {
  readonly address: number;
  readonly length: number;
  readonly seen: Seen;
  /** Room for as many values. */
  readonly scratch: number;
}

/** Puts a whole column in order into memory that is taken; NaN is left out. */
export function placeInOrder(column: Dense, engine: Engine, take: Take): InOrder {
  const { kernels } = engine;
  const wide = column.representation !== "f64";
  const address = take(column.rows * 8 + 64);
  let length = 0;
  const seen = eachBlock(column, engine, take, (block, blockLength) => {
    const to = address + length * 8;
    if (wide) engine.u8.copyWithin(to, block, block + blockLength * 8);
    length += wide ? blockLength : kernels.keepNumbers(block, blockLength, to);
  });
  const scratch = take(length * 8);
  const counters = take(kernels.sortCounters() * 4);
  (wide ? kernels.sortI64 : kernels.sortF64)(address, length, scratch, counters);
  return { address, length, seen, scratch };
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

/** A number in the middle of a grid's cells. */
export function middleOf(grid: Grid): number {
  if (grid.by === "edges") return Number(grid.edges[grid.edges.length >> 1] ?? 0);
  const middle = cellStarts(grid, [Math.max(1, grid.count >> 1)])[0]!;
  return Number.isFinite(middle) ? middle : 0;
}

/** Sorted values, which stay as they are: other rounds may need them again. `scratch` has room for as many. */
function copyOut(column: Dense, engine: Engine, address: number, length: number, scratch: number): Values {
  if (column.representation === "f64") {
    const out = new Float64Array(length);
    out.set(engine.f64.subarray(address / 8, address / 8 + length));
    return out;
  }
  const unsigned = column.representation === "u64";
  if (unsigned) engine.kernels.gatherKeys(address, 0, length, unsignedFlip, scratch);
  const from = (unsigned ? scratch : address) / 8;
  const out = new BigInt64Array(length);
  out.set(engine.i64.subarray(from, from + length));
  return valuesOf(column, out);
}

/** The same bytes as the array type of the column's representation. */
function valuesOf(column: Dense, values: BigInt64Array): Values {
  if (column.representation === "i64") return values;
  return column.representation === "u64" ? new BigUint64Array(values.buffer) : new Float64Array(values.buffer);
}
