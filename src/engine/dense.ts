/**
 * Columns as the kernels want them: blocks of dense f64 values (or 64-bit integer keys) in engine memory, without the
 * missing rows, whatever the column's type, chunks, nulls and selection. Blocks are 1 024 rows counted from row 0, so a
 * result never depends on how a column was cut into chunks.
 */
import { bitsOf, type FixedChunk } from "./chunk.js";
import type { Grid, Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Rows a block: 8 KiB of values stay in the first-level cache between the passes of a kernel. */
export const blockRows = 1024;

/** How values are represented: 64-bit integers as such only where some lie beyond 2^53. */
export type Representation = "f64" | "i64" | "u64";

/** A bitmap of the rows to use, least bit first; `offset` is the bit of row 0. */
export interface Selection {
  readonly bits: Uint8Array;
  readonly offset: number;
}

/** A column's chunks, and how to read them. */
export interface Dense {
  readonly chunks: readonly FixedChunk[];
  readonly rows: number;
  readonly representation: Representation;
  readonly selection: Selection | null;
  /** Where the dense values lie while a call keeps them in engine memory; see `withResident`. */
  readonly resident?: Resident;
  /** Room for the cell of each dense value, kept from pass to pass. */
  readonly index?: CellIndex;
}

/** The cells of a column's dense values (u16) in engine memory, and of which grid they are. */
export interface CellIndex {
  readonly address: number;
  of: { readonly grid: Grid; readonly nan: number; readonly seen: Seen } | null;
  /** Room for all values, once they were put into their cells, and of which grid these are. */
  readonly placed: { readonly address: number; of: Grid | null };
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

/** Flips the sign bit: unsigned integers become signed keys of the same order. */
export const unsignedFlip = -(2n ** 63n);

/** Puts block after block into memory and hands its address and number of values (may be 0) to `visit`. */
export function eachBlock(
  column: Dense,
  engine: Engine,
  take: Take,
  visit: (address: number, length: number) => void,
): Seen {
  if (column.resident) return eachResident(column.resident, visit);
  const only = plainChunk(column);
  if (only) return eachPlain(only.bytes, column.rows, engine, take, visit);
  const out = take(blockRows * 8);
  const gather = gatherer(column, engine, take);
  let rows = 0;
  let values = 0;
  let inBlock = 0;
  let dense = 0;
  let start = 0;
  for (const chunk of column.chunks) {
    for (let from = 0; from < chunk.length; ) {
      const length = Math.min(blockRows - inBlock, chunk.length - from);
      const selected = gather(chunk, from, length, start + from, out + dense * 8);
      rows += selected.rows;
      dense += selected.values;
      from += length;
      inBlock += length;
      if (inBlock === blockRows) {
        values += dense;
        visit(out, dense);
        inBlock = dense = 0;
      }
    }
    start += chunk.length;
  }
  if (inBlock > 0) {
    values += dense;
    visit(out, dense);
  }
  return { rows, values };
}

/** Doubles as they are: several blocks are copied at once, and visited one by one. */
function eachPlain(
  bytes: Uint8Array,
  rows: number,
  engine: Engine,
  take: Take,
  visit: (address: number, length: number) => void,
): Seen {
  const most = blockRows * 8 * 8;
  const address = take(Math.min(most, rows * 8));
  for (let from = 0; from < rows * 8; from += most) {
    const size = Math.min(most, rows * 8 - from);
    engine.copyIn(bytes.subarray(from, from + size), address);
    for (let at = 0; at < size; at += blockRows * 8) visit(address + at, Math.min(blockRows, (size - at) / 8));
  }
  return { rows, values: rows };
}

/** The only chunk, when its bytes already are what the kernels want. */
export function plainChunk(column: Dense): FixedChunk | null {
  const [only] = column.chunks;
  const plain = column.chunks.length === 1 && only!.layout === "f64" && !only!.validity && !column.selection;
  return plain ? only! : null;
}

function eachResident({ address, seen, lengths }: Resident, visit: (address: number, length: number) => void): Seen {
  if (lengths) {
    for (const length of lengths) {
      visit(address, length);
      address += length * 8;
    }
  } else {
    for (let rest = seen.values; rest > 0; rest -= blockRows) {
      visit(address, Math.min(rest, blockRows));
      address += blockRows * 8;
    }
  }
  return seen;
}

/** Up to this many rows a call with several passes makes a column dense once, and reads it in place from then on. */
const residentRows = 1 << 22;

/** Up to this many rows the cells of a column's values are kept from pass to pass. */
const indexedRows = 1 << 27;

/**
 * Runs `work` with the columns ready for several passes; the memory is free again afterwards. Plain doubles are read
 * where they are; others are made dense in engine memory where they are small enough, else each pass reads them anew.
 */
export function withResident<R>(columns: readonly Dense[], work: (columns: readonly Dense[]) => R): R {
  return withScratch((engine, take) =>
    work(
      columns.map((column) => {
        const held = column.resident || column.rows > residentRows || plainValues(column);
        return {
          ...column,
          ...(held ? {} : { resident: makeResident(column, engine, take) }),
          ...(column.rows > indexedRows ? {} : { index: roomForIndex(column.rows, take) }),
        };
      }),
    ),
  );
}

function roomForIndex(rows: number, take: Take): CellIndex {
  return { address: take(rows * 2), of: null, placed: { address: take(rows * 8), of: null } };
}

/** The values themselves, when they are doubles in one chunk that an array can view. */
export function plainValues(column: Dense): Float64Array | null {
  const bytes = plainChunk(column)?.bytes;
  return bytes && bytes.byteOffset % 8 === 0 ? new Float64Array(bytes.buffer, bytes.byteOffset, column.rows) : null;
}

function makeResident(column: Dense, engine: Engine, take: Take): Resident {
  const address = take(column.rows * 8);
  const only = plainChunk(column);
  if (only) {
    engine.copyIn(only.bytes.subarray(0, column.rows * 8), address);
    return { address, seen: { rows: column.rows, values: column.rows }, lengths: null };
  }
  const lengths = new Uint16Array(Math.ceil(column.rows / blockRows));
  let block = 0;
  let end = address;
  const seen = eachBlock(column, engine, take, (from, length) => {
    engine.u8.copyWithin(end, from, from + length * 8);
    lengths[block++] = length;
    end += length * 8;
  });
  return { address, seen, lengths: seen.values === column.rows ? null : lengths };
}

type Gather = (chunk: FixedChunk, from: number, length: number, row: number, out: number) => Seen;

/** A function that makes `length` rows of a chunk dense at `out`; `row` is the row's number in the column. */
function gatherer(column: Dense, engine: Engine, take: Take): Gather {
  const raw = take(blockRows * 32 + 8);
  const bits = take(blockRows / 8 + 8);
  const mask = take(blockRows / 8 + 8);
  const other = take(blockRows / 8 + 8);
  const { kernels, u8 } = engine;
  const place = (bitmap: Uint8Array, offset: number, length: number, to: number): void => {
    u8.set(bitmap.subarray(Math.floor(offset / 8), Math.ceil((offset + length) / 8)), bits);
    kernels.alignMask(bits, offset % 8, length, to);
  };
  return (chunk, from, length, row, out) => {
    let rows = length;
    let masked = 0;
    if (chunk.validity) {
      place(chunk.validity, chunk.validityOffset + from, length, mask);
      masked = mask;
    }
    if (column.selection) {
      if (!masked) {
        u8.fill(0xff, mask, mask + (length >>> 3) + 1);
        masked = mask;
      }
      place(column.selection.bits, column.selection.offset + row, length, other);
      rows = kernels.andMask(mask, other, length);
    }
    if (!masked && chunk.layout === "f64" && column.representation === "f64") {
      engine.copyIn(chunk.bytes.subarray(from * 8, (from + length) * 8), out);
      return { rows, values: length };
    }
    const firstBit = chunk.bitOffset + from * bitsOf[chunk.layout];
    const lastByte = Math.ceil((firstBit + length * bitsOf[chunk.layout]) / 8);
    u8.set(chunk.bytes.subarray(Math.floor(firstBit / 8), lastByte), raw);
    return { rows, values: convert(column, chunk, engine, raw, firstBit % 8, masked, length, out) };
  };
}

function convert(
  column: Dense,
  chunk: FixedChunk,
  { kernels }: Engine,
  raw: number,
  bit: number,
  mask: number,
  length: number,
  out: number,
): number {
  if (column.representation !== "f64") {
    return kernels.gatherKeys(raw, mask, length, column.representation === "u64" ? unsignedFlip : 0n, out);
  }
  switch (chunk.layout) {
    case "i8":
      return kernels.gatherI8(raw, mask, length, out);
    case "u8":
      return kernels.gatherU8(raw, mask, length, out);
    case "i16":
      return kernels.gatherI16(raw, mask, length, out);
    case "u16":
      return kernels.gatherU16(raw, mask, length, out);
    case "i32":
      return kernels.gatherI32(raw, mask, length, out);
    case "u32":
      return kernels.gatherU32(raw, mask, length, out);
    case "i64":
      return kernels.gatherI64(raw, mask, length, out);
    case "u64":
      return kernels.gatherU64(raw, mask, length, out);
    case "f16":
      return kernels.gatherF16(raw, mask, length, out);
    case "f32":
      return kernels.gatherF32(raw, mask, length, out);
    case "f64":
      return kernels.gatherF64(raw, mask, length, out);
    case "bit":
      return kernels.gatherBits(raw, bit, mask, length, out);
    case "decimal32":
      return kernels.gatherDecimal32(raw, 10 ** chunk.scale, mask, length, out);
    case "decimal64":
      return kernels.gatherDecimal(raw, 1, 10 ** chunk.scale, mask, length, out);
    case "decimal128":
      return kernels.gatherDecimal(raw, 2, 10 ** chunk.scale, mask, length, out);
    case "decimal256":
      return kernels.gatherDecimal(raw, 4, 10 ** chunk.scale, mask, length, out);
  }
}
