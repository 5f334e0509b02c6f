/** Numbers of the classes of rows; see assembly/classes.ts. */
import { rowReader } from "./aligned.js";
import type { FixedChunk } from "./chunk.js";
import { withScratch } from "./workspace.js";

/** The numbers of rows without a class: those that are null, and those that are NaN. */
export const nullClass = 0xffff;
export const nanClass = 0xfffe;

/** Rows that are worked on at once. */
const stretchRows = 4096;

/** How many classes there may be. */
export const mostClasses = 1024;

/**
 * The number of each row's value among the distinct ones, which are in the order in which they were seen; `nanClass` for
 * rows that are null or NaN. `null` for more than 1 024 distinct values.
 *
 * @param chunks of numbers that doubles hold exactly
 */
export function numberClasses(
  chunks: readonly FixedChunk[],
  rows: number,
): { codes: Uint16Array; values: Float64Array } | null {
  return withScratch((engine, take) => {
    const { kernels, u8, u16, u32, f64 } = engine;
    const table = take(kernels.classTableSize());
    u8.fill(0, table, table + kernels.classTableSize());
    const [values, out] = [take(stretchRows * 8), take(stretchRows * 2)];
    const codes = new Uint16Array(rows);
    const read = rowReader(chunks);
    for (let from = 0; from < rows; from += stretchRows) {
      const length = Math.min(stretchRows, rows - from);
      read(length, engine, values);
      if (!kernels.numberClasses(table, values, length, nanClass, out)) return null;
      codes.set(u16.subarray(out / 2, out / 2 + length), from);
    }
    const known = (kernels.classValues(table) >>> 0) / 8;
    return { codes, values: f64.slice(known, known + u32[table / 4]!) };
  });
}

/** The values of a column row by row as doubles, NaN where one is missing. */
export function alignedValues(chunks: readonly FixedChunk[], rows: number): Float64Array {
  return withScratch((engine, take) => {
    const values = new Float64Array(rows);
    const stage = take(stretchRows * 8);
    const read = rowReader(chunks);
    for (let from = 0; from < rows; from += stretchRows) {
      const length = Math.min(stretchRows, rows - from);
      read(length, engine, stage);
      values.set(engine.f64.subarray(stage / 8, stage / 8 + length), from);
    }
    return values;
  });
}

/** Up to so many cells each has four counters. */
const smallTable = 4096;

/** How often each class goes with each: a row of counts for each of the first ones. @param classes numbers are below */
export function countPairs(first: Uint16Array, second: Uint16Array, classes: number): Float64Array {
  return withScratch((engine, take) => {
    const { kernels, u16, u32 } = engine;
    const cells = classes * classes;
    const isSmall = cells <= smallTable;
    const counts = take(cells * (isSmall ? 16 : 4));
    u32.fill(0, counts / 4, counts / 4 + cells * (isSmall ? 4 : 1));
    const [a, b] = [take(stretchRows * 2), take(stretchRows * 2)];
    for (let from = 0; from < first.length; from += stretchRows) {
      const length = Math.min(stretchRows, first.length - from);
      u16.set(first.subarray(from, from + length), a / 2);
      u16.set(second.subarray(from, from + length), b / 2);
      kernels.countPairs(counts, a, b, length, classes, isSmall ? cells * 4 : 0);
    }
    if (isSmall) kernels.joinQuarters(counts, cells);
    return Float64Array.from(u32.subarray(counts / 4, counts / 4 + cells));
  });
}

/** `above` in rows whose score is at least the threshold, `below` in others. */
export function chooseAtLeast(scores: Float64Array, threshold: number, below: number, above: number): Uint16Array {
  return withScratch((engine, take) => {
    const { kernels, u16, f64 } = engine;
    const chosen = new Uint16Array(scores.length);
    const [stage, out] = [take(stretchRows * 8), take(stretchRows * 2)];
    for (let from = 0; from < scores.length; from += stretchRows) {
      const part = scores.subarray(from, from + stretchRows);
      f64.set(part, stage / 8);
      kernels.chooseAtLeast(stage, part.length, threshold, below, above, out);
      chosen.set(u16.subarray(out / 2, out / 2 + part.length), from);
    }
    return chosen;
  });
}

/** The number of the largest of each row's scores, the first of equal ones. @param scores in [0, 1], a column a class */
export function chooseLargest(scores: readonly Float64Array[]): Uint16Array {
  return withScratch((engine, take) => {
    const { kernels, u16, f64 } = engine;
    const rows = scores[0]?.length ?? 0;
    const chosen = new Uint16Array(rows);
    const [stage, largest, out] = [take(stretchRows * 8), take(stretchRows * 8), take(stretchRows * 2)];
    for (let from = 0; from < rows; from += stretchRows) {
      const length = Math.min(stretchRows, rows - from);
      f64.fill(-1, largest / 8, largest / 8 + length);
      for (const [which, column] of scores.entries()) {
        f64.set(column.subarray(from, from + length), stage / 8);
        kernels.chooseLargest(largest, stage, length, which, out);
      }
      chosen.set(u16.subarray(out / 2, out / 2 + length), from);
    }
    return chosen;
  });
}
