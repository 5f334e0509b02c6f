/**
 * The raw buffers that kernels can read, in Arrow's memory layout. A chunk is data that was already checked (`column/`
 * does that): every buffer holds what `length` promises. Nothing here is copied; nothing here is ever written to.
 */

/** How one value lies in memory. `bit` is Arrow's Bool, `decimal…` a little-endian two's complement integer. */
export type Layout =
  | "i8"
  | "u8"
  | "i16"
  | "u16"
  | "i32"
  | "u32"
  | "i64"
  | "u64"
  | "f16"
  | "f32"
  | "f64"
  | "bit"
  | "decimal32"
  | "decimal64"
  | "decimal128"
  | "decimal256";

/** Bits per value of each layout. */
export const bitsOf: Readonly<Record<Layout, number>> = {
  bit: 1,
  i8: 8,
  u8: 8,
  i16: 16,
  u16: 16,
  f16: 16,
  i32: 32,
  u32: 32,
  f32: 32,
  decimal32: 32,
  i64: 64,
  u64: 64,
  f64: 64,
  decimal64: 64,
  decimal128: 128,
  decimal256: 256,
};

/** What every kind of chunk has: a number of rows and, where some are null, Arrow's validity bitmap (least bit first). */
export interface Rows {
  readonly length: number;
  /** One bit a row, set where the row has a value; `null` when no row is null. */
  readonly validity: Uint8Array | null;
  /** Bit of `validity` that belongs to row 0. */
  readonly validityOffset: number;
}

/** Fixed-width values. */
export interface FixedChunk extends Rows {
  readonly layout: Layout;
  /** Bytes of the values, row 0 first (for `bit`: from the byte that holds row 0). */
  readonly bytes: Uint8Array;
  /** Layout `bit` only: the bit of `bytes[0]` that is row 0. */
  readonly bitOffset: number;
  /** Layout `decimal…`: digits after the point. Otherwise 0. */
  readonly scale: number;
}

/** Utf8 or LargeUtf8: row i is `bytes[offsets[i] .. offsets[i + 1])`. */
export interface TextChunk extends Rows {
  /** `length + 1` monotone byte positions in `bytes`. */
  readonly offsets: Int32Array | BigInt64Array;
  readonly bytes: Uint8Array;
}

/** Utf8View: 16-byte views, see the Arrow columnar format, "Variable-size Binary View Layout". */
export interface TextViewChunk extends Rows {
  /** 16 bytes a row, row 0 first. */
  readonly views: Uint8Array;
  readonly buffers: readonly Uint8Array[];
}

/** Dictionary codes, and the distinct values they point to. */
export interface DictionaryChunk extends Rows {
  /** Integer codes; valid rows hold a code in [0, dictionary.length). */
  readonly codes: FixedChunk;
  /** The dictionary's values in code order; `null` where the dictionary itself holds a null. */
  readonly dictionary: readonly (string | null)[];
}

/** Vectors of equally many numbers: row i's are the components from i · dimension on. */
export interface VectorChunk extends Rows {
  readonly dimension: number;
  /** At least `length` · `dimension` values of layout f16, f32 or f64; a component may be null. */
  readonly components: FixedChunk;
}

/** Plain JavaScript strings; null and undefined are missing. */
export interface StringsChunk extends Rows {
  readonly strings: readonly (string | null | undefined)[];
}

/** One chunk of any column. */
export type Chunk = FixedChunk | TextChunk | TextViewChunk | DictionaryChunk | StringsChunk | VectorChunk;

/**
 * Chunks that are read from where they are stored, anew each time they are iterated. A chunk is good until the next one
 * is asked for: its memory is used again.
 */
export interface StoredChunks<C extends Rows = Rows> extends Iterable<C> {
  readonly stored: true;
  /** How all chunks are stored. */
  readonly form: "fixed" | "text" | "codes" | "vectors";
  /** Of fixed-width values, the same in all chunks; else `null`. */
  readonly layout: Layout | null;
  /** Opens what holds plain doubles, none of them null, so that their bytes can be read to where they are wanted. */
  readonly plain: (() => PlainReader) | null;
  /** Bytes that one call may hold of what it reads. */
  readonly memory: number;
  /** Where they lie, as plain data that can be cloned to another thread; `null` where one thread made them for itself. */
  readonly description: object | null;
  /** The most buffers that a chunk of views has. */
  readonly buffers: number;
  /** Some rows (ascending), each that holds a value as a chunk of its own; these are copies. */
  pick(rows: Float64Array): C[];
  /** The rows from `start` up to but without `end`; these are copies. */
  slice(start: number, end: number): C[];
}

/** Reads rows of eight bytes each. Has to be closed. */
export interface PlainReader {
  /** Fills `into` with the rows from `from` on. */
  read(from: number, into: Uint8Array): void;
  close(): void;
}

/** A column's chunks, its first rows first: in memory, or read from where they are stored. */
export type Chunks<C extends Rows> = readonly C[] | StoredChunks<C>;

/** Whether chunks are not in memory. */
export function isStored<C extends Rows>(chunks: Chunks<C>): chunks is StoredChunks<C> {
  return "stored" in chunks;
}

/** The distinct layouts of a column's chunks; none when there is no chunk. */
export function layoutsOf(chunks: Chunks<FixedChunk>): Layout[] {
  if (isStored(chunks)) return chunks.layout === null ? [] : [chunks.layout];
  return [...new Set(chunks.map(({ layout }) => layout))];
}
