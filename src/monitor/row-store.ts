/**
 * Rows as they come, in batches of any size, kept in a few large blocks. What is taken from it are views, which stay what they
 * are while more rows come.
 *
 *     block 0                            block 1              block 2
 *     | 256 rows, or those of a batch    | twice as many       | twice as many, partly filled … up to 65 536
 *
 * Of more than 64 columns blocks have fewer rows.
 */
import { asTexts, type PlainTexts } from "../column/as-texts.js";
import { nullChunk } from "../column/chunks.js";
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import { sliceChunk } from "../column/slice.js";
import { takeRows } from "../column/take-rows.js";
import type { Chunk, FixedChunk, VectorChunk } from "../engine/chunk.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { convertNumbers } from "./convert-numbers.js";
import { RowMemory } from "./row-memory.js";
import { nullsOf, overflows, type Part, partOf } from "./store-part.js";
import { commonShape, type Shape, shapeInWords, shapeOf } from "./store-shape.js";

const firstBlock = 256;
const largestBlock = 65_536;

/** Of memory that rows of so many columns take, however few they are. */
export const leastBytes = (columns: number): number => 8 * firstBlock * columns;

/** Rows of a block times all columns: what a value takes that stands alone in its column is bounded by it. */
const mostCells = 2 ** 22;

interface Block {
  readonly capacity: number;
  rows: number;
}

/** A column of the store. Of blocks in which all is null it has no part. */
interface Stored {
  shape: Shape | null;
  parts: Map<Block, Part>;
}

/** A column of a batch, its chunks as the store writes them. */
interface Incoming {
  readonly name: string;
  readonly shape: Shape | null;
  readonly chunks: readonly Chunk[];
  /** The parts of rows that are stored already, where they have to be of a wider type from now on. */
  readonly widened: Map<Block, Part> | null;
}

export class RowStore {
  readonly #where: string;
  readonly #memory: RowMemory;
  /** Of its memory. */
  #taken: Uint8Array[] = [];
  readonly #blocks: Block[] = [];
  readonly #columns = new Map<string, Stored>();
  readonly #unsupported = new Map<string, string>();
  #rows = 0;
  #bytes = 0;
  /** How many have views of its memory, and may keep them. */
  #lent = 0;
  /** Rows of the first block that were dropped. */
  #dropped = 0;

  /** @param where begins messages; @param memory  that it takes from, and gives back when it is let go */
  constructor(where: string, memory = new RowMemory()) {
    this.#where = where;
    this.#memory = memory;
  }

  /** Rows that can be taken. */
  get rows(): number {
    return this.#rows;
  }

  /** Bytes of memory that it keeps, also that of values which lie elsewhere by now: others may still read them. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds rows behind those that are there; they are copied. A column that appears later held null before, one that no longer
   * comes holds null from then on.
   *
   * Text is kept as UTF-8 however it comes. Numbers of two types are kept as one that holds both exactly: doubles, or integers
   * of 64 bits where all are integers.
   *
   * @param rows  only these, in this order; all where it is left out
   * @throws FormatError for a column whose type is not that of earlier rows, and for integers that the type does not hold that
   *   other batches have; then nothing was added. RangeError for a row that the table does not have
   */
  append(table: Table, rows?: Uint32Array): void {
    const batch = rows ? takeRows(table, rows) : table;
    const incoming = Array.from(batch.columns, ([name, column]) => this.#incoming(name, column));
    for (const name of batch.unsupported.keys()) {
      const known = this.#columns.get(name)?.shape;
      if (known) this.#refuse(name, shapeInWords(known), batch.unsupported.get(name)!);
    }
    for (const [name, type] of batch.unsupported) {
      if (!this.#columns.has(name)) this.#unsupported.set(name, type);
    }
    for (const { name, shape, widened } of incoming) {
      const stored = this.#columns.get(name) ?? { shape: null, parts: new Map() };
      stored.shape = shape;
      stored.parts = widened ?? stored.parts;
      this.#columns.set(name, stored);
    }
    const filled = incoming.filter(({ shape }) => shape !== null);
    for (let from = 0; from < batch.rows; ) {
      const block = this.#openBlock(filled, batch.rows);
      const to = Math.min(batch.rows, from + block.capacity - block.rows);
      for (const column of filled) this.#write(block, column, from, to);
      block.rows += to - from;
      this.#rows += to - from;
      from = to;
    }
  }

  /**
   * The rows from `from` up to but without `to`, as views of the store's memory.
   *
   * @throws RangeError unless 0 <= from <= to <= rows
   */
  take(from = 0, to = this.#rows): Table {
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= this.#rows)) {
      throw new RangeError(`${this.#where}: rows must lie within 0 to ${this.#rows}, got ${from} to ${to}`);
    }
    const stretches = this.#stretches(from + this.#dropped, to + this.#dropped);
    const columns = new Map<string, Column>();
    for (const [name, stored] of this.#columns) columns.set(name, columnOf(stored, stretches, to - from));
    return { rows: to - from, columns, unsupported: new Map(this.#unsupported) };
  }

  /**
   * Forgets the first rows; row 0 is the first of those that stay. Memory is let go with the last of them.
   *
   * @throws RangeError for more rows than there are
   */
  drop(rows: number): void {
    if (!(Number.isInteger(rows) && rows >= 0 && rows <= this.#rows)) {
      throw new RangeError(`${this.#where}: can drop 0 to ${this.#rows} rows, got ${rows}`);
    }
    this.#rows -= rows;
    this.#dropped += rows;
    for (let first = this.#blocks[0]; first && this.#dropped >= first.rows; first = this.#blocks[0]) {
      this.#dropped -= first.rows;
      this.#blocks.shift();
      for (const { parts } of this.#columns.values()) parts.delete(first);
    }
    if (this.#rows > 0) return;
    this.#taken = [];
    this.#bytes = 0;
  }

  /** What is taken from it stays what it is, also when it is let go. @param sign  -1: who was lent to reads it no more */
  lend(sign: 1 | -1): void {
    this.#lent += sign;
  }

  /** Forgets all rows. Nobody may read what was taken from it any more, unless it was lent: its memory is used again. */
  letGo(): void {
    if (this.#lent === 0) this.#memory.give(this.#taken);
    this.drop(this.#rows);
  }

  readonly #room = (length: number): Uint8Array => {
    const bytes = this.#memory.take(length);
    this.#taken.push(bytes);
    this.#bytes += bytes.buffer.byteLength;
    return bytes;
  };

  /** A batch's column as it is to be written. Changes nothing. */
  #incoming(name: string, column: Column): Incoming {
    const where = `${this.#where}: column ${JSON.stringify(name.slice(0, 100))}`;
    const stored = this.#columns.get(name);
    const own = shapeOf(column);
    if (own === null) return { name, shape: stored?.shape ?? null, chunks: [], widened: null };
    const refused = this.#unsupported.get(name);
    if (refused !== undefined) this.#refuse(name, refused, shapeInWords(own));
    const shape = stored?.shape ? commonShape(stored.shape, own) : own;
    if (shape === null) this.#refuse(name, shapeInWords(stored!.shape!), shapeInWords(own));
    const chunks = (chunksInMemory(column.chunks as readonly Chunk[]) as readonly Chunk[]).map((chunk) =>
      written(chunk, shape, where),
    );
    const widens = stored?.shape && layoutOf(stored.shape) !== layoutOf(shape);
    return { name, shape, chunks, widened: widens ? this.#widened(stored, shape, where) : null };
  }

  #widened({ parts }: Stored, shape: Shape, where: string): Map<Block, Part> {
    return new Map(
      Array.from(parts, ([block, part]) => {
        part.skipTo(block.rows);
        const wider = partOf(shape, block.capacity, this.#room);
        wider.write(written(part.chunk(0, block.rows), shape, where));
        return [block, wider];
      }),
    );
  }

  /** The last block if it has room, else a new one; the first is made for a whole batch. */
  #openBlock(incoming: readonly Incoming[], rows: number): Block {
    const last = this.#blocks.at(-1);
    const full = ({ name, chunks, shape }: Incoming): boolean =>
      shape?.form === "texts" && overflows(this.#columns.get(name)!.parts.get(last!), chunks as readonly PlainTexts[]);
    const most = Math.max(firstBlock, 2 ** Math.floor(Math.log2(mostCells / Math.max(1, this.#columns.size))));
    const isNew = ({ name }: Incoming) => !this.#columns.get(name)!.parts.has(last!);
    const isWide = last && last.capacity > most && incoming.some(isNew);
    if (last && last.rows < last.capacity && !isWide && !incoming.some(full)) return last;
    const wanted = last ? 2 * last.capacity : Math.max(firstBlock, 64 * Math.ceil(rows / 64));
    const capacity = Math.min(wanted, largestBlock, most);
    const block = { capacity, rows: 0 };
    this.#blocks.push(block);
    return block;
  }

  /** Writes the rows from `from` to `to` of a batch. */
  #write(block: Block, { name, shape, chunks }: Incoming, from: number, to: number): void {
    const { parts } = this.#columns.get(name)!;
    let part = parts.get(block);
    let row = 0;
    for (const chunk of chunks) {
      const first = Math.max(from - row, 0);
      const last = Math.min(to - row, chunk.length);
      row += chunk.length;
      if (first >= last) continue;
      if (!part) {
        part = partOf(shape!, block.capacity, this.#room);
        parts.set(block, part);
      }
      part.skipTo(block.rows + row - chunk.length + first - from);
      part.write(first === 0 && last === chunk.length ? chunk : sliceChunk(chunk, first, last));
    }
  }

  #stretches(from: number, to: number): Stretch[] {
    const stretches: Stretch[] = [];
    let row = 0;
    for (const block of this.#blocks) {
      const first = Math.max(from - row, 0);
      const last = Math.min(to - row, block.rows);
      if (first < last) stretches.push({ block, from: first, to: last });
      row += block.rows;
    }
    return stretches;
  }

  #refuse(name: string, expected: string, found: string): never {
    const where = `${this.#where}: column ${JSON.stringify(name.slice(0, 100))}`;
    throw new FormatError(where, `${expected} as in earlier rows`, found);
  }
}

interface Stretch {
  readonly block: Block;
  readonly from: number;
  readonly to: number;
}

function columnOf({ shape, parts }: Stored, stretches: readonly Stretch[], rows: number): Column {
  if (shape === null) {
    return { kind: "numeric", type: "Null", rows, chunks: rows ? [nullChunk(rows)] : [], unitsPerSecond: 1 };
  }
  const chunks = stretches.map(({ block, from, to }): Chunk => {
    const part = parts.get(block);
    if (!part) return nullsOf(shape, to - from);
    part.skipTo(block.rows);
    return part.chunk(from, to);
  });
  if (shape.form === "texts") return { kind: "categorical", type: "Utf8", rows, chunks: chunks as PlainTexts[] };
  const { type } = shape;
  if (shape.form === "vectors") {
    return { kind: "vector", type, rows, dimension: shape.dimension, chunks: chunks as VectorChunk[] };
  }
  const { kind, unitsPerSecond } = shape;
  return { kind, type, rows, unitsPerSecond, chunks: chunks as FixedChunk[] };
}

function layoutOf(shape: Shape): string {
  return shape.form === "texts" ? "" : shape.layout;
}

/** A chunk as a store of this shape writes it. */
function written(chunk: Chunk, shape: Shape, where: string): Chunk {
  if (shape.form === "texts") return asTexts(chunk as PlainTexts, where);
  if (shape.form === "vectors") {
    const vectors = chunk as VectorChunk;
    const { components } = vectors;
    if (components.layout === shape.layout) return chunk;
    const needed = { ...components, length: vectors.length * vectors.dimension };
    return { ...vectors, components: convertNumbers(needed, "f64", where) };
  }
  const fixed = chunk as FixedChunk;
  if (fixed.layout === shape.layout) return chunk;
  // Nulls of columns that a batch does not have come as bits.
  if (fixed.layout === "bit") return nullsOf(shape, fixed.length);
  return convertNumbers(fixed, shape.layout as "f64" | "i64" | "u64", where);
}
