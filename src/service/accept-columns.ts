/** Whether rows go together with those that were accepted before: what was accepted must never be refused later. */
import type { Column, Table } from "../column/column.js";
import { FormatError } from "../column/format-error.js";
import type { Chunk, FixedChunk } from "../engine/chunk.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { mostColumns } from "../monitor/batch-schema.js";
import { convertNumbers } from "../monitor/convert-numbers.js";
import { type KnownShapes, withBatch } from "../monitor/known-shapes.js";
import { rowTimes } from "../monitor/row-times.js";
import { shapeInWords, shapeOf } from "../monitor/store-shape.js";

/** By column. */
export interface KnownColumns {
  readonly shapes: KnownShapes;
  /** Columns of types that are not read, with these. */
  readonly unsupported: ReadonlyMap<string, string>;
}

/**
 * What is known of the columns once these rows came.
 *
 * @param time  name of the column with the times; `null`: there is none
 * @throws FormatError for a column whose values do not go together with those before, or that holds no times; for more columns
 *   than a dataset may have
 */
export function acceptedColumns(known: KnownColumns, table: Table, time: string | null): KnownColumns {
  const shapes = withBatch(known.shapes, table);
  for (const [name, column] of table.columns) {
    checkExact(name, column, known.shapes, shapes);
    const [refused, own] = [known.unsupported.get(name), shapeOf(column)];
    if (refused !== undefined && own)
      throw new FormatError(columnName(name), `${refused} as in earlier rows`, shapeInWords(own));
  }
  for (const [name, type] of table.unsupported) {
    const shape = known.shapes.get(name);
    if (shape) throw new FormatError(columnName(name), `${shapeInWords(shape)} as in earlier rows`, type);
  }
  if (time !== null) checkTime(table, time);
  const isNew = [...table.unsupported.keys()].some((name) => !known.unsupported.has(name));
  const unsupported = isNew ? new Map([...known.unsupported, ...table.unsupported]) : known.unsupported;
  for (const name of [...table.columns.keys(), ...table.unsupported.keys()]) {
    if (name.length > longestColumn) {
      throw new FormatError(columnName(name), `a name of at most ${longestColumn} characters`, `${name.length}`);
    }
  }
  const names = shapes.size + unsupported.size;
  if (names > mostColumns && names > known.shapes.size + known.unsupported.size) {
    throw new FormatError("the columns of all rows", `at most ${mostColumns}`, `${names}`);
  }
  return { shapes, unsupported };
}

/** Of a column or series: it is in every report, state and message. */
export const longestColumn = 10_000;
const longestName = 100;
const columnName = (name: string): string => `column ${JSON.stringify(name.slice(0, longestName))}`;

/** Where doubles and integers of 64 bits meet, values must be what both hold. */
function checkExact(name: string, column: Column, known: KnownShapes, next: KnownShapes): void {
  const [before, own, common] = [known.get(name), shapeOf(column), next.get(name)];
  if (!before || !own || !common || own.form !== "fixed" || before.form !== "fixed" || common.form !== "fixed") return;
  const where = columnName(name);
  // Those that are held already may be any.
  if (before.layout !== common.layout && /64$/.test(before.layout) && before.layout !== "f64") {
    throw new FormatError(where, `${shapeInWords(before)} as in earlier rows`, shapeInWords(own));
  }
  if (own.layout === common.layout || !/^[iu]64$/.test(own.layout)) return;
  for (const chunk of chunksInMemory(column.chunks as readonly Chunk[]) as readonly FixedChunk[]) {
    convertNumbers(chunk, common.layout as "f64" | "i64" | "u64", where);
  }
}

function checkTime({ columns, unsupported }: Table, time: string): void {
  const where = columnName(time);
  const column = columns.get(time);
  if (!column) throw new FormatError(where, "the times of the rows", unsupported.get(time) ?? "no such column");
  try {
    const none = { ...column, rows: 0, chunks: [] } as Column;
    rowTimes({ rows: 0, columns: new Map([[time, none]]), unsupported: new Map() }, time, 0);
  } catch {
    throw new FormatError(where, "points in time, milliseconds or ISO 8601", column.type);
  }
}
