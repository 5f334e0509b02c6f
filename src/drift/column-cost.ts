/** What a column costs, roughly: for the order of the work, and whether threads are worth it. No result depends on it. */
import { type Chunk, type Chunks, isStored } from "../engine/chunk.js";
import type { ColumnProfile } from "../profile/profile.js";
import type { AnyColumn } from "./prepare.js";
import { isColumnProfile } from "./profiles/profiled-side.js";

/** Time in milliseconds and engine memory in bytes. */
export interface Cost {
  readonly time: number;
  readonly memory: number;
  /** Whether another thread can see the column without more ado: texts of JavaScript stay where they are. */
  readonly sendable: boolean;
}

/** Nanoseconds for a value, measured with the default methods on a million rows; bytes of scratch space for one. */
const perValue = {
  numeric: { time: 27, memory: 20 },
  boolean: { time: 10, memory: 20 },
  temporal: { time: 15, memory: 20 },
  categorical: { time: 50, memory: 16 },
  prepared: { time: 1, memory: 16 },
  vector: { time: 2, memory: 8 },
} as const;

/** Longer columns are read again and again instead of being put into their cells. */
const mostPlaced = 2 ** 25;

/** Of every column, however short: tests, shapes and words. Vectors are sampled, and the sample is what takes long. */
const fixedTime = 0.2;
const sampledTime = 40;
const fixedMemory = 2 ** 25;

/** Of a profile: bounds are looked for cell by cell. */
const profileTime = 2;

/** Dictionaries up to so many texts are sent. */
const mostTexts = 2 ** 16;

/** Milliseconds that methods take on top, whatever the rows: those that deal again and again, or look at all pairs. */
const onTop: readonly (readonly [RegExp, number])[] = [
  [/-resampled$|^total-variation|^chebyshev/, 20],
  [/^mmd$|^mean-distance$|^cosine-distance$/, 100],
  [/^TVD$|_text_content_drift$/, 300],
];

/** Evidently's discrepancy of all pairs of rows, in nanoseconds a pair. */
const perPair = 200;

/**
 * Of what one thread looks at together: both sides of a column, or the components of an embedding.
 *
 * @param method  where one was chosen
 */
export function costOf(
  columns: readonly (AnyColumn | ColumnProfile | { readonly unsupported: string } | null | undefined)[],
  method = "",
): Cost {
  const [, extra] = onTop.find(([names]) => names.test(method)) ?? [null, 0];
  const rows = columns.reduce((sum, column) => sum + (column && "rows" in column ? column.rows : 0), 0);
  const pairs = method === "empirical_mmd" ? (rows ** 2 * perPair) / 1e6 : 0;
  let [time, memory, sendable] = [fixedTime + extra + pairs, fixedMemory, true];
  for (const column of columns) {
    if (!column || "unsupported" in column) continue;
    if (isColumnProfile(column)) {
      time += profileTime;
      continue;
    }
    const values = valuesOf(column);
    const own = perValue["prepared" in column ? "prepared" : column.kind];
    time += (values * own.time) / 1e6 + (column.kind === "vector" ? sampledTime : 0);
    const bytes = Math.min(values, mostPlaced) * own.memory;
    const chunks: Chunks<Chunk> | null = "prepared" in column ? null : column.chunks;
    if (chunks && isStored(chunks)) {
      // Of what is read in pieces only so much is held at once.
      memory += Math.min(bytes, 2 * chunks.memory);
      continue;
    }
    memory += bytes + 2 * textBytes(chunks ?? []);
    sendable &&= (chunks ?? []).every(
      (chunk) => !("strings" in chunk) && !("dictionary" in chunk && chunk.dictionary.length > mostTexts),
    );
  }
  return { time, memory, sendable };
}

function valuesOf(column: AnyColumn): number {
  if ("prepared" in column) return column.missing.rows;
  return column.kind === "vector" ? column.rows * column.dimension : column.rows;
}

function textBytes(chunks: readonly Chunk[]): number {
  let bytes = 0;
  for (const chunk of chunks) {
    if ("offsets" in chunk) bytes += Number(chunk.offsets[chunk.length]) - Number(chunk.offsets[0]);
    else if ("views" in chunk) bytes += chunk.buffers.reduce((sum, { length }) => sum + length, 0);
  }
  return bytes;
}
