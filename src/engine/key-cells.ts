/** Cells of an exact histogram on a grid that does not depend on the data; see assembly/key-cells.ts and write-cells.ts. */
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Occupied cells: the smallest double of each, ascending, and its count. */
export interface Cells {
  readonly shift: number;
  readonly starts: Float64Array;
  readonly counts: Float64Array;
}

/** Values in order without NaN, -0 as 0, and their cells at the smallest shift from `least` on with at most `most` cells. */
export function sortedBlock(
  values: Float64Array,
  least: number,
  most: number,
): { readonly sorted: Float64Array; readonly cells: Cells } {
  return withScratch((engine, take) => {
    const { kernels } = engine;
    const address = take(values.byteLength);
    const scratch = take(values.byteLength);
    engine.copyIn(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), scratch);
    const length = kernels.keepNumbers(scratch, values.length, address);
    kernels.sortF64(address, length, scratch, take(kernels.sortCounters() * 4));
    const sorted = copyOf(engine, address, length);
    return { sorted, cells: cellsAt(address, 0, length, least, most, scratch, engine, take) };
  });
}

/** The same cells at the smallest shift from `least` on with at most `most` cells. */
export function coarserCells({ starts, counts }: Omit<Cells, "shift">, least: number, most: number): Cells {
  return withScratch((engine, take) => {
    const address = take(starts.byteLength);
    const sums = take(counts.byteLength);
    engine.f64.set(starts, address / 8);
    engine.f64.set(counts, sums / 8);
    return cellsAt(address, sums, starts.length, least, most, address, engine, take);
  });
}

function cellsAt(
  values: number,
  counts: number,
  length: number,
  least: number,
  most: number,
  starts: number,
  engine: Engine,
  take: Take,
): Cells {
  const { kernels } = engine;
  const shift = kernels.cellShift(values, length, least, most, take(64 * 4));
  const sums = counts || take(most * 8);
  const cells = kernels.cellRuns(values, counts, length, shift, starts, sums);
  return { shift, starts: copyOf(engine, starts, cells), counts: copyOf(engine, sums, cells) };
}

function copyOf({ f64 }: Engine, address: number, length: number): Float64Array {
  const copy = new Float64Array(length);
  copy.set(f64.subarray(address / 8, address / 8 + length));
  return copy;
}

/** What `storedCells` returns: bytes, and the number of the first cell, which they do not tell. */
export interface StoredCells {
  readonly first: bigint;
  readonly bytes: Uint8Array;
}

/** Cells as bytes, two or three for each that is common. */
export function storedCells({ shift, starts, counts }: Cells): StoredCells {
  return withScratch(({ kernels, f64, u8 }, take) => {
    const { length } = starts;
    const address = take(starts.byteLength);
    const sums = take(counts.byteLength);
    const out = take(kernels.storedCellBytes(length));
    f64.set(starts, address / 8);
    f64.set(counts, sums / 8);
    const end = out + kernels.writeCells(address, sums, length, shift, take(length * 8), out);
    return { first: length > 0 ? kernels.cellNumber(starts[0]!, shift) : 0n, bytes: u8.slice(out, end) };
  });
}

/**
 * Where cells of a shift lie in a list, so that others can be added to them without a search: `indexedCells` makes it, and
 * only kernels look into it.
 */
export interface CellsIndex {
  readonly shift: number;
  readonly length: number;
  readonly words: BigInt64Array;
}

/** The index of cells that begin at `starts`. */
export function indexedCells({ shift, starts }: Omit<Cells, "counts">): CellsIndex {
  return withScratch(({ kernels, f64, i64 }, take) => {
    const { length } = starts;
    const address = take(starts.byteLength);
    const out = take(kernels.cellIndexBytes(length));
    f64.set(starts, address / 8);
    const end = out + kernels.indexCells(address, length, shift, out);
    return { shift, length, words: i64.slice(out / 8, end / 8) };
  });
}

/**
 * Cells of which some may lie in a list that has an index: what each of that list's counts grows by, in an array that may
 * be longer, and the cells beside it.
 */
export interface CellsBeside extends Cells {
  readonly known?: Float64Array | null;
}

const none = new Float64Array(0);

/** Bytes in engine memory, to be looked at by kernels. */
export interface StoredBytes {
  /** xxHash (64 bits) of the bytes up to `end`. */
  hash(end: number): bigint;
  /**
   * Reads cells that `storedCells` wrote, at the smallest shift from that of `beside` on, as views that are good until the
   * next ones are read, and the sum of their counts; `null` where the bytes are no such cells. Where the shift is that of
   * `beside`, those that lie in there are told apart.
   */
  cells(at: number, byteLength: number, shape: CellsShape, beside: CellsIndex | null): (CellsBeside & Total) | null;
  /** `length` doubles, a view that is good while the bytes are; `at` is a multiple of 8. */
  doubles(at: number, length: number): Float64Array;
  /** Such a view of bytes. */
  bytes(at: number, length: number): Uint8Array;
}

/** How many cells there are, and where. */
export interface CellsShape extends Omit<StoredCells, "bytes"> {
  readonly shift: number;
  readonly length: number;
}

interface Total {
  readonly total: number;
}

/** Runs `work` on bytes. @param mostCells that are read at a time */
export function withBytes<R>(bytes: Uint8Array, mostCells: number, work: (stored: StoredBytes) => R): R {
  return withScratch(({ kernels, buffer, f64, i64, copyIn }, take) => {
    const base = take(bytes.length);
    const starts = take(mostCells * 8);
    const counts = take(mostCells * 8);
    const known = take(mostCells * 8);
    const index = take(kernels.cellIndexBytes(mostCells));
    const sum = take(8);
    const grown = f64.subarray(known / 8, known / 8 + mostCells);
    copyIn(bytes, base);
    return work({
      hash: (end) => BigInt.asUintN(64, kernels.xxh64(base, end)),
      cells(at, byteLength, { first, shift, length }, beside) {
        const to = Math.max(shift, beside?.shift ?? 0);
        const among = beside?.shift === to ? beside : null;
        if (among) {
          i64.set(among.words, index / 8);
        }
        const joined = kernels.readCells(
          base + at,
          byteLength,
          first,
          shift,
          to,
          length,
          starts,
          counts,
          sum,
          among ? index : 0,
          known,
          among?.length ?? 0,
        );
        if (joined < 0) return null;
        return {
          known: among ? grown : null,
          shift: to,
          starts: joined === 0 ? none : f64.subarray(starts / 8, starts / 8 + joined),
          counts: joined === 0 ? none : f64.subarray(counts / 8, counts / 8 + joined),
          total: f64[sum / 8]!,
        };
      },
      doubles: (at, length) => new Float64Array(buffer, base + at, length),
      bytes: (at, length) => new Uint8Array(buffer, base + at, length),
    });
  });
}

/** xxHash (64 bits) of bytes. */
export function hashOf(bytes: Uint8Array): bigint {
  return withBytes(bytes, 0, ({ hash }) => hash(bytes.length));
}
