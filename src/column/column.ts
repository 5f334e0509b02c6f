/**
 * A column: named by its table, typed, nullable, in chunks whose buffers were checked. Everything above this layer
 * works on columns, whatever they came from.
 */
import type {
  Chunks,
  DictionaryChunk,
  FixedChunk,
  StringsChunk,
  TextChunk,
  TextViewChunk,
  VectorChunk,
} from "../engine/chunk.js";

/** What a column means to a statistician. */
export type Kind = "numeric" | "boolean" | "categorical" | "temporal" | "vector";

/** Numbers, truth values and points in time: fixed-width values. */
export interface FixedColumn {
  readonly kind: "numeric" | "boolean" | "temporal";
  /** The type's name as Arrow prints it, for messages: `Float64`, `Timestamp<MICROSECOND>`, … */
  readonly type: string;
  readonly rows: number;
  readonly chunks: Chunks<FixedChunk>;
  /** Temporal columns and durations: units per second (1, 1e3, 1e6, 1e9); days: 1/86 400. Otherwise 1. */
  readonly unitsPerSecond: number;
}

/** Text and dictionary-encoded text. */
export interface TextColumn {
  readonly kind: "categorical";
  readonly type: string;
  readonly rows: number;
  readonly chunks: Chunks<TextChunk | TextViewChunk | DictionaryChunk | StringsChunk>;
}

/** Vectors of equally many numbers, such as embeddings. */
export interface VectorColumn {
  readonly kind: "vector";
  /** As Arrow prints it: `FixedSizeList[768]<Float32>`. */
  readonly type: string;
  readonly rows: number;
  /** Components of each vector, at least 1. */
  readonly dimension: number;
  readonly chunks: Chunks<VectorChunk>;
}

export type Column = FixedColumn | TextColumn | VectorColumn;

/** Whether a column holds one number a row, whatever it means. */
export function isFixed(column: Column): column is FixedColumn {
  return column.kind !== "categorical" && column.kind !== "vector";
}

/** Columns of equal length, by name, in file order. */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** Columns of types that Smirnov does not read: name → the type's name. `compare` reports them with a status. */
  readonly unsupported: ReadonlyMap<string, string>;
  /** The columns are read from where they are stored, whenever they are asked something (`openTable`). */
  readonly stored?: true;
}
