/**
 * Values of a stored column put near their cells in a temporary file, for walks that will ask for many cells in rounds:
 * one pass over the column writes them, and each round reads a stretch of the file instead of the column.
 *
 * Neighbouring cells are one group. Each group has a bucket in memory, which goes to the group's place in the file
 * whenever it is nearly full; counts tell where that place begins.
 */
import { eachIndexed } from "./cells.js";
import type { FixedChunk, PlainReader, StoredChunks } from "./chunk.js";
import type { Dense } from "./dense.js";
import type { Grid } from "./grid.js";
import { type TemporaryFile, temporaryFile } from "./temporary-file.js";
import { withScratch } from "./workspace.js";

/** Where a call keeps the placed values of a column until it ends. */
export interface DiskRoom {
  /** Bytes that buckets may take. */
  readonly memory: number;
  kept: PlacedFile | null;
  /** Where answers lie until the next: of rounds that go on for long each would leave its own behind. */
  answer: Float64Array | null;
}

export interface PlacedFile {
  readonly grid: Grid;
  readonly file: TemporaryFile;
  readonly groups: readonly Group[];
  /** The group of each cell; the number of groups where a cell was not asked for. */
  readonly groupOf: Uint16Array;
}

/** Values of neighbouring cells, by their numbers in the file. */
interface Group {
  readonly start: number;
  readonly values: number;
}

/** Values that are handed out at once by `eachIndexed`. */
const stretch = 8192;
const bucketValues = 4 * stretch;
const mostGroups = 256;

/**
 * Reads the column once and writes the values of the cells in `wanted` (ascending).
 *
 * @param counts values of each cell of the grid
 */
export function placeInFile(
  column: Dense,
  grid: Grid,
  wanted: Uint32Array,
  counts: Uint32Array,
  memory: number,
): PlacedFile {
  const most = Math.min(mostGroups, Math.max(2, Math.floor(memory / (bucketValues * 8))));
  const { groups, groupOf } = grouped(grid, wanted, counts, most);
  const file = temporaryFile();
  try {
    write(column, grid, groups, groupOf, file);
  } catch (error) {
    file.close();
    throw error;
  }
  return { grid, file, groups, groupOf };
}

/** Whether all of these cells of a grid were placed. */
export function holds(placed: PlacedFile, grid: Grid, cells: Uint32Array): boolean {
  return placed.grid === grid && cells.every((cell) => placed.groupOf[cell]! < placed.groups.length);
}

/** At most about `most` groups of similar sizes. */
function grouped(
  { count }: Grid,
  wanted: Uint32Array,
  counts: Uint32Array,
  most: number,
): { groups: Group[]; groupOf: Uint16Array } {
  let total = 0;
  for (const cell of wanted) total += counts[cell]!;
  const size = total / most;
  const groups: Group[] = [];
  const groupOf = new Uint16Array(count);
  const of = new Map<number, number>();
  let [start, values] = [0, 0];
  for (const cell of wanted) {
    of.set(cell, groups.length);
    values += counts[cell]!;
    if (values < size && cell !== wanted[wanted.length - 1]) continue;
    groups.push({ start, values });
    start += values;
    values = 0;
  }
  groupOf.fill(groups.length);
  for (const [cell, group] of of) groupOf[cell] = group;
  return { groups, groupOf };
}

function write(column: Dense, grid: Grid, groups: readonly Group[], groupOf: Uint16Array, file: TemporaryFile): void {
  withScratch((engine, take) => {
    const { kernels, u8, u16, u32 } = engine;
    const buckets = take((groups.length + 1) * bucketValues * 8);
    const ends = take((groups.length + 1) * 4) / 4;
    for (let group = 0; group <= groups.length; group++) u32[ends + group] = group * bucketValues;
    const mapped = take(stretch * 2);
    const written = new Float64Array(groups.length);
    const place = column.representation === "f64" ? kernels.placeF64 : kernels.placeI64;
    const flush = (group: number): void => {
      const first = group * bucketValues;
      const values = u32[ends + group]! - first;
      const { start, values: all } = groups[group]!;
      if (written[group]! + values > all) throw new Error("smirnov: a column has changed while it was read");
      const from = buckets + first * 8;
      file.write(u8.subarray(from, from + values * 8), (start + written[group]!) * 8);
      written[group]! += values;
      u32[ends + group] = first;
    };
    eachIndexed(column, grid, engine, take, (values, index, length) => {
      const from = index / 2;
      const to = mapped / 2;
      for (let k = 0; k < length; k++) u16[to + k] = groupOf[u16[from + k]!]!;
      place(values, mapped, length, ends * 4, buckets);
      for (let group = 0; group < groups.length; group++) {
        if (u32[ends + group]! > (group + 1) * bucketValues - stretch) flush(group);
      }
      // What is in no group is forgotten.
      u32[ends + groups.length] = groups.length * bucketValues;
    });
    for (let group = 0; group < groups.length; group++) flush(group);
  });
}

/** The values of all groups that hold one of these cells (ascending), as a column; others of their groups are among them. */
export function readPlaced({ file, groups, groupOf }: PlacedFile, cells: Uint32Array, like: Dense): Dense {
  const used = [...new Set(Array.from(cells, (cell) => groupOf[cell]!))].map((group) => groups[group]!);
  const rows = used.reduce((sum, { values }) => sum + values, 0);
  const wide = like.representation !== "f64";
  const layout = wide ? "i64" : "f64";
  const chunks = {
    ...{
      stored: true,
      form: "fixed",
      layout,
      memory: 0,
      buffers: 0,
      description: null,
      plain: () => groupReader(file, used),
    },
    pick: refused,
    slice: refused,
    [Symbol.iterator]: refused,
  } as const satisfies StoredChunks<FixedChunk>;
  return { chunks, rows, representation: layout, selection: null };
}

function refused(): never {
  throw new TypeError("readPlaced: values of a temporary file are only read as they lie there");
}

function groupReader(file: TemporaryFile, groups: readonly Group[]): PlainReader {
  return {
    read(from, into) {
      const end = from + into.length / 8;
      let first = 0;
      for (const { start, values } of groups) {
        const [low, high] = [Math.max(from, first), Math.min(end, first + values)];
        if (low < high) file.read((start + low - first) * 8, into.subarray((low - from) * 8, (high - from) * 8));
        first += values;
      }
    },
    close() {},
  };
}
