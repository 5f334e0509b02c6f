/**
 * The metadata of Arrow IPC: Schema.fbs, Message.fbs and File.fbs of the format, version 1.5, as far as they are read.
 * https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
 */
import {
  bool,
  i8,
  i16,
  i32,
  i64,
  type Member,
  string,
  struct,
  type Type,
  table,
  union,
  vector,
  wide,
} from "./flatbuffer.js";

const none = table({});
const int = table({ bitWidth: i32, isSigned: bool });
const unit = table({ unit: i16 });
const keyValues = vector(table({ key: string, value: string }));

/** What the tables of all types may state. */
export interface TypeTable {
  readonly bitWidth?: number | undefined;
  readonly isSigned?: boolean | undefined;
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  readonly unit?: number | undefined;
  readonly timezone?: string | undefined;
  readonly mode?: number | undefined;
  readonly typeIds?: number[] | undefined;
  readonly byteWidth?: number | undefined;
  readonly listSize?: number | undefined;
}

const types: Readonly<Record<number, Type<TypeTable>>> = {
  1: none,
  2: int,
  3: table({ precision: i16 }),
  4: none,
  5: none,
  6: none,
  7: table({ precision: i32, scale: i32, bitWidth: i32 }),
  8: unit,
  9: table({ unit: i16, bitWidth: i32 }),
  10: table({ unit: i16, timezone: string }),
  11: unit,
  12: none,
  13: none,
  14: table({ mode: i16, typeIds: vector(i32) }),
  15: table({ byteWidth: i32 }),
  16: table({ listSize: i32 }),
  17: none,
  18: unit,
  19: none,
  20: none,
  21: none,
  22: none,
  23: none,
  24: none,
  25: none,
  26: none,
};

/** A field as the file states it. */
export interface FieldTable {
  readonly name: string | undefined;
  readonly type: Member<TypeTable> | undefined;
  readonly dictionary: { readonly id: bigint | undefined; readonly indexType: TypeTable | undefined } | undefined;
  readonly children: FieldTable[] | undefined;
}

const field: Type<FieldTable> = {
  size: 4,
  alignment: 4,
  read: (reader, at) => fieldTable.read(reader, at),
};
const fieldTable = table({
  name: string,
  nullable: bool,
  type: union(types),
  dictionary: table({ id: wide, indexType: int, isOrdered: bool, dictionaryKind: i16 }),
  children: vector(field),
  metadata: keyValues,
});

const schema = table({ endianness: i16, fields: vector(field), metadata: keyValues, features: vector(wide) });

const recordBatch = table({
  length: i64,
  nodes: vector(struct<{ length: number; nullCount: number }>(16, { length: [0, i64], nullCount: [8, i64] })),
  buffers: vector(struct<{ offset: number; length: number }>(16, { offset: [0, i64], length: [8, i64] })),
  compression: table({ codec: i8, method: i8 }),
  variadicBufferCounts: vector(i64),
});

const dictionaryBatch = table({ id: wide, data: recordBatch, isDelta: bool });

const headers: Readonly<Record<number, Type<unknown>>> = { 1: schema, 2: dictionaryBatch, 3: recordBatch };

export const message = table({ version: i16, header: union(headers), bodyLength: i64, metadata: keyValues });

const block = struct<{ offset: number; metadataLength: number; bodyLength: number }>(24, {
  offset: [0, i64],
  metadataLength: [8, i32],
  bodyLength: [16, i64],
});

export const footer = table({
  version: i16,
  schema,
  dictionaries: vector(block),
  recordBatches: vector(block),
  metadata: keyValues,
});

type Of<T> = T extends Type<infer V> ? V : never;
export type SchemaTable = Of<typeof schema>;
export type RecordBatchTable = Of<typeof recordBatch>;
export type DictionaryBatchTable = Of<typeof dictionaryBatch>;
export type BlockTable = Of<typeof block>;
