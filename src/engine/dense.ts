/**
 * Columns as the kernels want them: blocks of dense f64 values (or 64-bit integer keys) in engine memory, without the
 * missing rows, whatever the column's type, chunks, nulls and selection. Blocks are 1 024 rows counted from row 0, so a
 * result never depends on how a column was cut into chunks.
 */
import { type Chunks, type FixedChunk, isStored, type PlainReader } from "./chunk.js";
import { blockRows, gatherer, stretchRows } from "./gather.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import type { DiskRoom } from "./placed-file.js";
import { type Take, withScratch } from "./workspace.js";

export { blockRows, unsignedFlip } from "./gather.js";

/** How values are represented: 64-bit integers as such only where some lie beyond 2^53. */
export type Representation = "f64" | "i64" | "u64";

/** A bitmap of the rows to use, least bit first; `offset` is the bit of row 0. */
export interface Selection {
  readonly bits: Uint8Array;
  readonly offset: number;
}

/** A column's chunks, and how to read them. */
export interface Dense {
  readonly chunks: Chunks<FixedChunk>;
  readonly rows: number;
  readonly representation: Representation;
  readonly selection: Selection | null;
  /** Where the dense values lie while a call keeps them in engine memory; see `withResident`. */
  readonly resident?: Resident;
  /** Room for the cell of each dense value, kept from pass to pass. */
  readonly index?: CellIndex;
  /** Of a stored column that is too large for memory: where its values are put for walks in rounds. */
  readonly disk?: DiskRoom;
}

/** The cells of a column's dense values (u16) in engine memory, and of which grid they are. */
export interface CellIndex {
  readonly address: number;
  of: { readonly grid: Grid; readonly nan: number; readonly seen: Seen } | null;
  /** Room for all values, once they were put into their cells, and of which grid these are. */
  readonly placed: { readonly address: number; of: Grid | null } | null;
}

/** Dense values in engine memory. */
interface Resident {
  readonly address: number;
  readonly seen: Seen;
  /** Values of each block; `null` when every block but the last is full. */
  readonly lengths: Uint16Array | null;
}

/** Values without missing ones as a dense column. */
export function denseOf(values: Values): Dense {
  const representation = values instanceof Float64Array ? "f64" : values instanceof BigUint64Array ? "u64" : "i64";
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const chunk = {
    layout: representation,
    length: values.length,
    bytes,
    bitOffset: 0,
    scale: 0,
    validity: null,
  } as const;
  return {
    chunks: [{ ...chunk, validityOffset: 0 }],
    rows: values.length,
    representation,
    selection: null,
  };
}

/** Rows looked at, and values found in them (NaN among them). */
export interface Seen {
  readonly rows: number;
  readonly values: number;
}

/**
 * Puts block after block into memory and hands its address and number of values (may be 0) to `visit`.
 *
 * @param most a whole number of blocks: up to so many rows are visited at once where they lie together and all have
 *   values. A first visit then begins at a multiple of `most`.
 */
export function eachBlock(column: Dense, engine: Engine, take: Take, visit: Visit, most = blockRows): Seen {
  if (column.resident) return eachResident(column.resident, engine, visit, most);
  const reader = plainReader(column);
  if (reader) return eachRead(reader, column.rows, engine, take, visit, most);
  const only = plainChunk(column);
  if (!only) return eachGathered(column, engine, take, take(blockRows * 8), false, visit);
  const seen = { rows: column.rows, values: column.rows };
  if (isInEngine(only.bytes, engine)) {
    return eachResident({ address: only.bytes.byteOffset, seen, lengths: null }, engine, visit, most);
  }
  const address = take(Math.min(copiedRows, column.rows) * 8);
  for (let from = 0; from < column.rows; from += copiedRows) {
    const length = Math.min(copiedRows, column.rows - from);
    engine.copyIn(only.bytes.subarray(from * 8, (from + length) * 8), address);
    eachOf(address, length, visit, most);
  }
  return seen;
}

/** Whether doubles already lie in engine memory, where the main thread has put them for this one. */
function isInEngine({ buffer, byteOffset }: Uint8Array, engine: Engine): boolean {
  return buffer === (engine.buffer as ArrayBufferLike) && byteOffset % 8 === 0;
}

/** Blocks of doubles read straight to where they are visited. */
function eachRead(reader: PlainReader, rows: number, engine: Engine, take: Take, visit: Visit, most: number): Seen {
  try {
    const address = take(Math.min(copiedRows, rows) * 8);
    for (let from = 0; from < rows; from += copiedRows) {
      const length = Math.min(copiedRows, rows - from);
      reader.read(from, engine.u8.subarray(address, address + length * 8));
      eachOf(address, length, visit, most);
    }
  } finally {
    reader.close();
  }
  return { rows, values: rows };
}

/** What is done with the values at an address. */
type Visit = (address: number, length: number) => void;

/** Rows that are copied at a time. Large copies are fast ones, and these stay in the second-level cache: 256 KiB. */
const copiedRows = 32 * blockRows;

/** Values that are brought into the cache at a time: 128 KiB. */
const touchedValues = 16 * blockRows;

function eachOf(address: number, length: number, visit: Visit, most: number): void {
  for (let at = 0; at < length; at += most) visit(address + at * 8, Math.min(most, length - at));
}

function eachResident({ address, seen, lengths }: Resident, engine: Engine, visit: Visit, most: number): Seen {
  const end = address + seen.values * 8;
  let touched = address;
  const touch = (): void => {
    const size = Math.min(touchedValues * 8, end - touched);
    engine.kernels.touch(touched, size / 8);
    touched += size;
  };
  if (lengths) {
    let at = address;
    for (const length of lengths) {
      while (touched < at + length * 8) touch();
      visit(at, length);
      at += length * 8;
    }
  } else {
    while (touched < end) {
      const at = touched;
      touch();
      eachOf(at, (touched - at) / 8, visit, most);
    }
  }
  return seen;
}

/**
 * Blocks of any column, made dense one by one at `out`, or one after the other from there on.
 *
 * @param keep whether blocks stay: then `out` has room for all rows
 */
function eachGathered(column: Dense, engine: Engine, take: Take, out: number, keep: boolean, visit: Visit): Seen {
  const { stage, gather } = gatherer(column, engine, take);
  let rows = 0;
  let values = 0;
  let inBlock = 0;
  let dense = 0;
  let start = 0;
  let block = out;
  const finish = (): void => {
    visit(block, dense);
    values += dense;
    if (keep) block += dense * 8;
    inBlock = dense = 0;
  };
  for (const chunk of column.chunks) {
    for (let staged = 0; staged < chunk.length; staged += stretchRows) {
      const ready = Math.min(stretchRows, chunk.length - staged);
      rows += stage(chunk, staged, ready, start + staged);
      for (let from = 0; from < ready; ) {
        const length = Math.min(blockRows - inBlock, ready - from);
        dense += gather(from, length, block + dense * 8);
        from += length;
        inBlock += length;
        if (inBlock === blockRows) finish();
      }
    }
    start += chunk.length;
  }
  if (inBlock > 0) finish();
  return { rows, values };
}

/** The only chunk, when its bytes already are what the kernels want. */
export function plainChunk(column: Dense): FixedChunk | null {
  if (isStored(column.chunks)) return null;
  const [only] = column.chunks;
  const plain = column.chunks.length === 1 && only!.layout === "f64" && !only!.validity && !column.selection;
  return plain ? only! : null;
}

/** Opens a stored column whose bytes already are what the kernels want. */
function plainReader({ chunks, selection, representation }: Dense): PlainReader | null {
  if (!isStored(chunks) || !chunks.plain || selection || representation === "u64") return null;
  return (chunks.layout === "f64") === (representation === "f64") ? chunks.plain() : null;
}

/** Up to this many rows a call with several passes makes a column dense once, and reads it in place from then on. */
const residentRows = 1 << 22;

/** Up to this many rows the cells of a column's values are kept from pass to pass, and the values put into them. */
const indexedRows = 1 << 26;
const placedRows = 1 << 25;

/**
 * Runs `work` with the columns ready for several passes; the memory is free again afterwards. Plain doubles are read
 * where they are; others are made dense in engine memory where they are small enough, else each pass reads them anew.
 */
export function withResident<R>(columns: readonly Dense[], work: (columns: readonly Dense[]) => R): R {
  const disks: DiskRoom[] = [];
  const diskFor = (column: Dense): DiskRoom => {
    const disk = { memory: mostRows(column) * 8, kept: null, answer: null };
    disks.push(disk);
    return disk;
  };
  try {
    return withScratch((engine, take) =>
      work(
        columns.map((column) => {
          const rows = mostRows(column);
          const held = column.resident || column.rows > Math.min(residentRows, rows) || plainValues(column);
          return {
            ...column,
            ...(held ? {} : { resident: makeResident(column, engine, take) }),
            ...(column.rows > Math.min(indexedRows, 4 * rows) ? {} : { index: roomForIndex(column.rows, take, rows) }),
            ...(column.rows > rows ? { disk: diskFor(column) } : {}),
          };
        }),
      ),
    );
  } finally {
    for (const { kept } of disks) kept?.file.close();
  }
}

/** Rows of doubles that may be kept of a stored column, in each of the three ways in which they are. */
function mostRows({ chunks }: Dense): number {
  return isStored(chunks) ? chunks.memory / 64 : Number.POSITIVE_INFINITY;
}

/** Room for what passes keep, in memory that was taken; for at most `most` values themselves. */
export function roomForIndex(rows: number, take: Take, most = placedRows): CellIndex {
  const placed = rows > Math.min(placedRows, most) ? null : { address: take(rows * 8), of: null };
  return { address: take(rows * 2), of: null, placed };
}

/** The values themselves, when they are doubles in one chunk that an array can view. */
export function plainValues(column: Dense): Float64Array | null {
  const bytes = plainChunk(column)?.bytes;
  return bytes && bytes.byteOffset % 8 === 0 ? new Float64Array(bytes.buffer, bytes.byteOffset, column.rows) : null;
}

/** Dense values of a column in memory that was taken. */
export function makeResident(column: Dense, engine: Engine, take: Take): Resident {
  const address = take(column.rows * 8);
  const reader = plainReader(column);
  if (reader) {
    try {
      reader.read(0, engine.u8.subarray(address, address + column.rows * 8));
    } finally {
      reader.close();
    }
    return { address, seen: { rows: column.rows, values: column.rows }, lengths: null };
  }
  const only = plainChunk(column);
  if (only) {
    engine.copyIn(only.bytes.subarray(0, column.rows * 8), address);
    return { address, seen: { rows: column.rows, values: column.rows }, lengths: null };
  }
  const lengths = new Uint16Array(Math.ceil(column.rows / blockRows));
  let block = 0;
  const seen = eachGathered(column, engine, take, address, true, (_, length) => {
    lengths[block++] = length;
  });
  return { address, seen, lengths: seen.values === column.rows ? null : lengths };
}
