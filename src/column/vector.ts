/**
 * Vectors of apache-arrow, recognised by their shape: this layer never loads that library. Its slices are half done:
 * `values` and `valueOffsets` of fixed-width types and views are already shifted, while `nullBitmap`, the bits of Bool
 * and the bytes of Utf8 are not (`offset` is the bit of row 0). Its counts of nulls are not looked at.
 */
import type { DictionaryChunk, FixedChunk } from "../engine/chunk.js";
import { fixedChunk, nullChunk, type RawRows, textChunk, textViewChunk, vectorChunk } from "./chunks.js";
import { checkCodes, joined, resolveCodes } from "./codes.js";
import type { Column, FixedColumn } from "./column.js";
import { FormatError } from "./format-error.js";
import { columnTexts } from "./texts.js";
import { arrowType, type FixedType, type TypeProperties } from "./type.js";

/** What is read of a Vector's chunk (`Data`). */
interface VectorData {
  readonly length: number;
  readonly offset: number;
  readonly values?: unknown;
  readonly valueOffsets?: unknown;
  readonly nullBitmap?: unknown;
  readonly variadicBuffers?: readonly unknown[];
  readonly dictionary?: VectorShape;
  /** Of a list: its components, of a slice those of the slice. */
  readonly children?: readonly VectorData[];
}

interface DictionaryType extends TypeProperties {
  readonly indices?: TypeProperties;
  readonly dictionary?: TypeProperties;
}

/** What is read of a Vector. */
export interface VectorShape {
  readonly type: DictionaryType;
  readonly length: number;
  readonly data: readonly VectorData[];
}

const dictionaryId = -1;

/** Whether `input` looks like a Vector of apache-arrow. */
export function isVector(input: unknown): input is VectorShape {
  const { type, data, length } = input as Partial<VectorShape>;
  return typeof type?.typeId === "number" && Array.isArray(data) && typeof length === "number";
}

/** The name of a Vector's type when it is not supported, else undefined. */
export function unsupportedType(type: DictionaryType): string | undefined {
  if (type.typeId === dictionaryId) {
    const of = type.dictionary?.typeId === dictionaryId ? "Dictionary" : unsupportedValues(type.dictionary!);
    return of && `Dictionary<${of}>`;
  }
  const { form, name } = arrowType(type);
  return form === "unsupported" ? name : undefined;
}

/** Vectors in a dictionary are not read. */
function unsupportedValues(type: DictionaryType): string | undefined {
  const { form, name } = arrowType(type);
  return form === "vector" ? name : unsupportedType(type);
}

function bytesOf(where: string, what: string, buffer: unknown): Uint8Array {
  if (buffer === null || buffer === undefined) return new Uint8Array(0);
  if (!ArrayBuffer.isView(buffer)) throw new FormatError(where, `a typed array of ${what}`, typeof buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function rawRows(where: string, data: VectorData): RawRows {
  return {
    where,
    length: data.length,
    validity: bytesOf(where, "validity", data.nullBitmap),
    validityOffset: data.offset,
  };
}

function fixedOf(where: string, type: FixedType, data: VectorData): FixedChunk {
  const bytes = bytesOf(where, "values", data.values);
  return fixedChunk(type, rawRows(where, data), bytes, type.layout === "bit" ? data.offset : 0);
}

/** Dictionaries are shared by chunks: each is decoded once. */
function once<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key)!;
  };
}

function dictionaryColumn(where: string, vector: VectorShape, rows: number, caller: string): Column {
  const codesType = arrowType(vector.type.indices!) as FixedType;
  const valuesType = arrowType(vector.type.dictionary!);
  const name = `Dictionary<${codesType.name}, ${valuesType.name}>`;
  const dictionaryOf = once((dictionary: VectorShape | undefined): Column => {
    if (!dictionary || !isVector(dictionary)) throw new FormatError(where, "a dictionary", typeof dictionary);
    return columnOfVector(dictionary, `${where} (dictionary)`, caller);
  });
  const codesOf = (data: VectorData): FixedChunk => {
    const codes = fixedOf(where, codesType, data);
    checkCodes(where, codes, codes.length === 0 ? 0 : dictionaryOf(data.dictionary).rows);
    return codes;
  };
  const filled = vector.data.filter(({ length }) => length !== 0);
  if (valuesType.form !== "fixed") {
    const textsOf = once((dictionary: VectorShape | undefined) => {
      const column = dictionaryOf(dictionary);
      return column.kind === "categorical" ? columnTexts(column) : Array<null>(column.rows).fill(null);
    });
    const chunks = filled.map((data): DictionaryChunk => {
      const codes = codesOf(data);
      const { length, validity, validityOffset } = codes;
      return { length, validity, validityOffset, codes, dictionary: textsOf(data.dictionary) };
    });
    return { kind: "categorical", type: name, rows, chunks };
  }
  const { kind, layout, scale, unitsPerSecond } = valuesType;
  const numbersOf = once((dictionary: VectorShape | undefined) =>
    joined(layout, scale, (dictionaryOf(dictionary) as FixedColumn).chunks as readonly FixedChunk[]),
  );
  const chunks = filled.map((data) => resolveCodes(codesOf(data), numbersOf(data.dictionary)));
  return { kind, type: name, rows, chunks, unitsPerSecond };
}

/**
 * A Vector as a column over the same memory. A dictionary of text is categorical; a dictionary of anything else is
 * resolved to its values.
 *
 * @param where, caller  the column's name, and who is to be named in messages
 * @throws TypeError for types that are not supported, by name; FormatError for buffers that are not what they must be
 */
export function columnOfVector(vector: VectorShape, where: string, caller: string): Column {
  const unsupported = unsupportedType(vector.type);
  if (unsupported) throw new TypeError(`${caller}: ${where} is of type ${unsupported}, which is not supported`);
  const rows = vector.data.reduce((sum, { length }) => sum + length, 0);
  if (vector.type.typeId === dictionaryId) return dictionaryColumn(where, vector, rows, caller);
  const type = arrowType(vector.type);
  if (type.form === "null") {
    const chunks = vector.data.map(({ length }) => nullChunk(length));
    return { kind: "numeric", type: "Null", rows, chunks, unitsPerSecond: 1 };
  }
  if (type.form === "fixed") {
    const chunks = vector.data.map((data) => fixedOf(where, type, data));
    return { kind: type.kind, type: type.name, rows, chunks, unitsPerSecond: type.unitsPerSecond };
  }
  if (type.form === "vector") {
    const chunks = vector.data.map((data) => {
      const child = data.children?.[0];
      if (!child) throw new FormatError(where, "a list with components", "none");
      return vectorChunk(type, rawRows(where, data), fixedOf(`${where} (components)`, type.component, child));
    });
    return { kind: "vector", type: type.name, rows, dimension: type.dimension, chunks };
  }
  const chunks = vector.data.map((data) => {
    const raw = rawRows(where, data);
    const values = bytesOf(where, "values", data.values);
    if (type.form === "textView") {
      return textViewChunk(
        raw,
        values,
        (data.variadicBuffers ?? []).map((buffer) => bytesOf(where, "text", buffer)),
      );
    }
    return textChunk(raw, bytesOf(where, "offsets", data.valueOffsets), type.form === "text" ? 4 : 8, values);
  });
  return { kind: "categorical", type: type.name, rows, chunks };
}
