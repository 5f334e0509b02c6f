/** The kinds of a dataset's columns: the first value of a column decides, and later batches hold to it. */
import { shown } from "../statistics/option-checks.js";

/**
 * number: doubles. integer: 64 bits, exactly. time: points in time, to the millisecond. vector: equally many numbers in
 * every row.
 */
export type ColumnKind = "number" | "integer" | "boolean" | "text" | "time" | { readonly vector: number };

/**
 * Columns in the order in which they were first seen, with their kinds; `null` as long as only nulls came. `id`: not decided
 * either, but numbers will be integers, exactly. Plain data: it may be given kinds beforehand, and `[...schema]` is JSON.
 */
export type BatchSchema = Map<string, ColumnKind | "id" | null>;

/** Columns that a schema may have. */
export const mostColumns = 4096;

const names: readonly unknown[] = ["number", "integer", "boolean", "text", "time", "id", null];

/** @throws TypeError for what is no schema, RangeError for kinds that there are not */
export function checkSchema(caller: string, schema: unknown): asserts schema is BatchSchema {
  if (!(schema instanceof Map)) throw new TypeError(`${caller}: schema must be a Map, got ${shown(schema)}`);
  for (const [name, kind] of schema as Map<unknown, unknown>) {
    if (typeof name !== "string") throw new TypeError(`${caller}: columns have names of text, got ${shown(name)}`);
    const dimension = (kind as { readonly vector?: unknown } | null)?.vector;
    if (names.includes(kind) || (Number.isSafeInteger(dimension) && (dimension as number) >= 1)) continue;
    throw new RangeError(
      `${caller}: column ${shown(name)} needs a kind, number, integer, boolean, text, time, id or { vector: dimension }, got ${shown(kind)}`,
    );
  }
}

/** A kind in words, for messages. */
export function kindInWords(kind: ColumnKind): string {
  if (typeof kind === "object") return `a vector of ${kind.vector} numbers`;
  const words = {
    number: "a number",
    integer: "an integer of 64 bits",
    boolean: "true or false",
    text: "a text",
    time: "a date",
  };
  return words[kind];
}
