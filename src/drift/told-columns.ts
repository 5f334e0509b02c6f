/** Columns as another thread can be told of them: what is stored, by where it lies. */
import { type Chunk, type Chunks, isStored } from "../engine/chunk.js";

/** A stored column, its chunks described. */
export interface ToldColumn {
  readonly described: object;
}

/** The column itself where other threads can see its memory, or be sent it. */
export function told<C extends object | null>(column: C): C | ToldColumn {
  if (column === null || !("chunks" in column)) return column;
  const { chunks, ...about } = column as { readonly chunks: Chunks<Chunk> };
  if (!isStored(chunks) || chunks.description === null) return column;
  return { ...about, described: chunks.description };
}
