/** A column's values row by row, missing rows in their place: for what depends on where rows are. */
import type { CategoryChunk } from "../engine/categories.js";
import { type Chunks, type FixedChunk, layoutsOf } from "../engine/chunk.js";
import type { Representation } from "../engine/dense.js";
import { denseValues } from "../engine/sample.js";
import { bitAt } from "./bits.js";
import type { FixedColumn, TextColumn } from "./column.js";
import { textsOf } from "./texts.js";

/** One double a row; NaN where there is none. */
export function numbersByRow({ chunks, rows }: FixedColumn): Float64Array {
  return spread(chunks, rows, "f64", Number.NaN);
}

/** Rows by value. */
export interface Groups {
  /** The number of each row's value among the distinct ones, in order of first occurrence; -1 where it is missing. */
  readonly groups: Int32Array;
  /** Distinct values: texts, numbers, or 64-bit integers by their bits. */
  readonly values: readonly unknown[];
}

/** Finds equal values. */
export function groupsByRow(column: FixedColumn | TextColumn): Groups {
  const groups = new Int32Array(column.rows);
  const numbers = new Map<unknown, number>();
  const groupOf = (value: unknown): number => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
  if (column.kind === "categorical") {
    let row = 0;
    for (const chunk of column.chunks) {
      for (const text of rowTexts(chunk)) groups[row++] = text === null ? -1 : groupOf(text);
    }
  } else {
    // Identifiers may be integers that doubles do not hold; as keys they stay apart.
    const wide = layoutsOf(column.chunks).every((layout) => layout === "i64" || layout === "u64");
    const values = wide ? spread(column.chunks, column.rows, "i64", 0) : numbersByRow(column);
    const keys = wide ? new BigInt64Array(values.buffer) : values;
    const present = presence(column);
    for (let row = 0; row < groups.length; row++) {
      const value = keys[row]!;
      groups[row] = present[row] === 0 || Number.isNaN(value) ? -1 : groupOf(value);
    }
  }
  return { groups, values: [...numbers.keys()] };
}

function* rowTexts(chunk: CategoryChunk): Generator<string | null> {
  if (!("codes" in chunk)) {
    yield* textsOf(chunk);
    return;
  }
  const { codes, dictionary, length } = chunk;
  const all = { chunks: [{ ...codes, length, validity: null }], rows: length } as const;
  const numbers = denseValues({ ...all, representation: "f64", selection: null });
  for (let row = 0; row < length; row++) yield isPresent(chunk, row) ? (dictionary[numbers[row]!] ?? null) : null;
}

/** Dense values put back into their rows. */
function spread(
  chunks: Chunks<FixedChunk>,
  rows: number,
  representation: Representation,
  missing: number,
): Float64Array {
  const dense = denseValues({ chunks, rows, representation, selection: null });
  if (dense.length === rows) return dense;
  const present = presentRows(chunks, rows);
  const values = new Float64Array(rows).fill(missing);
  // By their bits: keys are no doubles.
  const [from, to] = [new BigInt64Array(dense.buffer), new BigInt64Array(values.buffer)];
  let next = 0;
  for (let row = 0; row < rows; row++) if (present[row] === 1) to[row] = from[next++]!;
  return values;
}

/** 1 for each row that is not null. */
export function presence({ chunks, rows }: FixedColumn | TextColumn): Uint8Array {
  return presentRows(chunks, rows);
}

function presentRows(chunks: Iterable<FixedChunk | CategoryChunk>, rows: number): Uint8Array {
  const present = new Uint8Array(rows);
  let row = 0;
  for (const chunk of chunks) {
    for (let k = 0; k < chunk.length; k++) present[row++] = isPresent(chunk, k) ? 1 : 0;
  }
  return present;
}

function isPresent({ validity, validityOffset }: FixedChunk | CategoryChunk, row: number): boolean {
  return validity === null || bitAt(validity, validityOffset + row) === 1;
}
