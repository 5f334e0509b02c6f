/** Columns of classes and of scores row by row: numbers of classes, doubles, and which rows are missing. */
import { bitAt } from "../column/bits.js";
import { type Column, type FixedColumn, isFixed } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { nanCode, nullCode, rowCodes, TooManyKeys } from "../column/row-codes.js";
import type { FixedChunk, Rows } from "../engine/chunk.js";
import { alignedValues, mostClasses, nanClass, nullClass, numberClasses } from "../engine/classes.js";
import { denseOf, plainValues } from "../engine/dense.js";
import { chunksInMemory } from "../engine/in-memory.js";

export { mostClasses, nanClass, nullClass } from "../engine/classes.js";

/** A class for each row. */
export interface ClassColumn {
  readonly kind: "numeric" | "boolean" | "categorical";
  /** Numbers of the names; `nullClass` and `nanClass` for rows without one. */
  readonly codes: Uint16Array;
  /** As printed, in the order in which they were first seen. */
  readonly names: readonly string[];
}

/** A score for each row. */
export interface ScoreColumn {
  /** NaN where a score is missing. */
  readonly values: Float64Array;
  /** Rows that are null; `null` where none is. */
  readonly nulls: Uint8Array | null;
}

/** @throws TypeError for what holds no classes, RangeError for more than 1 024 */
export function classColumn(caller: string, name: string, input: ColumnInput): ClassColumn {
  const column = columnOf(input, name, caller);
  const { kind } = column;
  if (kind === "vector" || kind === "temporal") {
    throw new TypeError(`${caller}: ${name} must hold classes, got ${column.type}`);
  }
  const held = isFixed(column) ? { ...column, chunks: chunksInMemory(column.chunks, `${caller}: ${name}`) } : column;
  const found = isFixed(held) && isExact(held.chunks) ? ofNumbers(held, held.chunks) : ofAny(held);
  if (found) return { kind, ...found };
  throw new RangeError(`${caller}: ${name} may be of up to ${mostClasses} classes, got more`);
}

/** @throws TypeError for what holds no numbers */
export function scoreColumn(caller: string, name: string, input: ColumnInput): ScoreColumn {
  const column = columnOf(input, name, caller);
  if (!isFixed(column) || column.kind === "temporal") {
    throw new TypeError(`${caller}: ${name} must hold numbers, got ${column.type}`);
  }
  const chunks = chunksInMemory(column.chunks, `${caller}: ${name}`);
  const whole = { ...denseOf(new Float64Array(0)), chunks, rows: column.rows };
  return { values: plainValues(whole) ?? alignedValues(chunks, column.rows), nulls: nullRows(chunks, column.rows) };
}

/** Whether doubles hold all values. */
function isExact(chunks: readonly FixedChunk[]): boolean {
  return !chunks.some(({ layout }) => layout === "i64" || layout === "u64");
}

type Numbered = Omit<ClassColumn, "kind">;

function ofNumbers({ kind, rows }: FixedColumn, chunks: readonly FixedChunk[]): Numbered | null {
  const found = numberClasses(chunks, rows);
  if (!found) return null;
  nullRows(chunks, rows)?.forEach((isNull, row) => {
    if (isNull === 1) found.codes[row] = nullClass;
  });
  const shown = (value: number): string => String(kind === "boolean" ? value === 1 : value);
  return { codes: found.codes, names: Array.from(found.values, shown) };
}

function ofAny(column: Column): Numbered | null {
  try {
    const found = rowCodes([column], mostClasses);
    const { codes, limit } = found;
    const first = Math.max(nullCode, nanCode) + 1;
    const names = Array.from({ length: limit - first }, (_, k) => String(found.valueOf(first + k)));
    const places = Uint16Array.from({ length: limit }, (_, code) => code - first);
    places[nullCode] = nullClass;
    places[nanCode] = nanClass;
    return { codes: Uint16Array.from(codes[0]!, (code) => places[code]!), names };
  } catch (error) {
    if (error instanceof TooManyKeys) return null;
    throw error;
  }
}

function nullRows(chunks: readonly FixedChunk[], rows: number): Uint8Array | null {
  if (chunks.every(({ validity }) => validity === null)) return null;
  const nulls = new Uint8Array(rows);
  let start = 0;
  for (const { length, validity, validityOffset } of chunks as readonly Rows[]) {
    if (validity) for (let k = 0; k < length; k++) nulls[start + k] = 1 - bitAt(validity, validityOffset + k);
    start += length;
  }
  return nulls;
}
