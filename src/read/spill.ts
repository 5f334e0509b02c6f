/**
 * Columns that had to be decoded: kept in memory as long as they are small, else written to a temporary file in the form
 * in which Arrow files are read.
 */
import type { Column } from "../column/column.js";
import type { Chunk } from "../engine/chunk.js";
import { copyOf, sizeOf } from "../engine/in-memory.js";
import { type TemporaryFile, temporaryFile } from "../engine/temporary-file.js";
import type { Part } from "./part.js";
import type { Place } from "./place.js";
import { partOf } from "./spill-part.js";

/** One column under way: its chunks, or where they were written. */
export interface SpilledColumn {
  readonly about: Column;
  readonly where: string;
  chunks: Chunk[];
  parts: Part[];
  rows: number;
}

/** Closes files whose columns are gone. */
const forgotten = new FinalizationRegistry<TemporaryFile>((file) => file.close());

export class Spill {
  readonly #limit: number;
  readonly #columns = new Set<SpilledColumn>();
  #bytes = 0;
  #file: TemporaryFile | undefined;
  #end = 0;

  /** @param limit  bytes that may stay in memory */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A column without rows, that others are added to. @param where for messages */
  column(about: Column, where: string): SpilledColumn {
    const column = { about, where, chunks: [], parts: [], rows: 0 };
    this.#columns.add(column);
    return column;
  }

  /**
   * Adds rows to a column.
   *
   * @param own  nobody else will change the chunk's memory
   */
  add(column: SpilledColumn, chunk: Chunk, own: boolean): void {
    if (chunk.length === 0) return;
    column.rows += chunk.length;
    if (this.#file) {
      column.parts.push(this.#written(column, chunk));
      return;
    }
    const kept = own ? chunk : copyOf(chunk);
    column.chunks.push(kept);
    this.#bytes += sizeOf(kept);
    if (this.#bytes > this.#limit) this.toFile();
  }

  /** Forgets columns that will be read again. */
  abandon(columns: readonly SpilledColumn[]): void {
    for (const column of columns) {
      for (const chunk of column.chunks) this.#bytes -= sizeOf(chunk);
      this.#columns.delete(column);
    }
  }

  #written(column: SpilledColumn, chunk: Chunk): Part {
    return partOf(chunk, column.where, (bytes) => {
      const at = this.#end;
      this.#file!.write(bytes, at);
      this.#end += Math.ceil(bytes.length / 8) * 8;
      return { at, length: bytes.length };
    });
  }

  /** Writes to a file what is in memory. */
  toFile(): void {
    if (this.#file || this.#columns.size === 0) return;
    const file = temporaryFile();
    this.#file = file;
    forgotten.register(this, file, this);
    for (const column of this.#columns) {
      column.parts = column.chunks.map((chunk) => this.#written(column, chunk));
      column.chunks = [];
    }
  }

  /** The file, when columns were written to one; it is there as long as this is. */
  place(): Place | null {
    if (!this.#file) return null;
    return { is: "spilled", path: "a temporary file", size: this.#end, descriptor: this.#file.descriptor };
  }

  /** Gives everything up. */
  close(): void {
    forgotten.unregister(this);
    this.#file?.close();
  }
}
