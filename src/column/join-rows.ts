/** Rows of two tables that have the same key. */
import type { Table } from "./column.js";
import { nanCode, nullCode, type RowCodes, rowCodes } from "./row-codes.js";
import { joinedCodes, keyColumns, keyOf } from "./row-groups.js";

/** Pairs of rows, in the order of the first table. */
export interface JoinedRows {
  readonly before: Uint32Array;
  readonly after: Uint32Array;
  /** Rows of either table whose key is null or NaN, even in one of its columns: they have no partner. */
  readonly withoutKey: readonly [number, number];
}

/**
 * Joins rows by the values of some columns, which may be in either order.
 *
 * @throws RangeError when a table has a key twice, or no such column; TypeError for columns of several kinds, and of vectors
 */
export function joinRows(caller: string, before: Table, after: Table, by: readonly string[]): JoinedRows {
  const columns = by.map((name) => rowCodes(keyColumns(caller, [before, after], name)));
  const { codes, limit, partsOf } = joinedCodes(columns);
  const isMissing = new Uint8Array(limit);
  const single = by.length === 1;
  for (let code = 0; code < limit; code++) {
    const missing = single ? code <= nanCode : partsOf(code).some((part) => part === nullCode || part === nanCode);
    isMissing[code] = Number(missing);
  }
  const sides = codes.map((own, side) => {
    const rows = new Int32Array(limit).fill(-1);
    let without = 0;
    for (let row = 0; row < own.length; row++) {
      const code = own[row]!;
      if (isMissing[code] === 1) without++;
      else if (rows[code]! < 0) rows[code] = row;
      else throw duplicate(caller, side, by, columns, partsOf(code), rows[code]!, row);
    }
    return { rows, without };
  });
  const [own, other] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const partners = codes[0]!;
  const found = new Uint32Array(partners.length);
  let pairs = 0;
  for (let row = 0; row < partners.length; row++) if (other.rows[partners[row]!]! >= 0) found[pairs++] = row;
  const rows = found.slice(0, pairs);
  const matched = rows.map((row) => other.rows[partners[row]!]!);
  return { before: rows, after: matched, withoutKey: [own.without, other.without] };
}

function duplicate(
  caller: string,
  side: number,
  by: readonly string[],
  columns: readonly RowCodes[],
  parts: readonly number[],
  first: number,
  second: number,
): RangeError {
  const which = side === 0 ? "the reference" : "the current side";
  return new RangeError(
    `${caller}: each key may be there once a side, ${which} has ${keyOf(by, columns, parts)} in rows ${first} and ${second}`,
  );
}
