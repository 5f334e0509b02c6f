/** The time of each row, in milliseconds since 1970. */
import { groupsByRow, numbersByRow } from "../column/by-row.js";
import type { Column, Table } from "../column/column.js";
import { instantOf } from "../column/time-text.js";
import { shown } from "../statistics/option-checks.js";

/** Years 1 to 9999: what databases and ISO 8601 hold. */
export const earliestTime = Date.parse("0001-01-01T00:00:00Z");
export const latestTime = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * @param name  of the column; `null`: every row has the time at which it came
 * @param ahead  how far after its arrival the time of a row may be
 * @returns NaN for rows without a time that can be read, with one that is further ahead, or outside of the years 1 to 9999
 * @throws RangeError when there are rows and no such column, TypeError when it cannot hold times
 */
export function rowTimes(
  table: Table,
  name: string | null,
  arrival: number,
  ahead = Number.POSITIVE_INFINITY,
): Float64Array {
  if (name === null) return new Float64Array(table.rows).fill(arrival);
  const column = table.columns.get(name);
  if (!column) {
    const type = table.unsupported.get(name);
    if (table.rows === 0 && type === undefined) return new Float64Array(0);
    const others = [...table.columns.keys()].join(", ");
    const found = type !== undefined ? `it with type ${type}` : others === "" ? "no columns" : `columns ${others}`;
    throw new RangeError(`Monitor.push: rows need the column of their time, ${shown(name)}, got ${found}`);
  }
  const times = known.get(column)?.slice() ?? timesOf(column, name);
  const latest = Math.min(latestTime, arrival + ahead);
  for (let row = 0; row < times.length; row++) {
    if (!(times[row]! >= earliestTime && times[row]! <= latest)) times[row] = Number.NaN;
  }
  return times;
}

/** Of columns that are given again and stay what they are until then. */
const known = new WeakMap<Column, Float64Array>();

/** As `rowTimes`, which is quick with the same table afterwards. */
export function rowTimesAhead(...[table, name, ...others]: Parameters<typeof rowTimes>): Float64Array {
  const column = name === null ? undefined : table.columns.get(name);
  if (column && !known.has(column)) known.set(column, timesOf(column, name!));
  return rowTimes(table, name, ...others);
}

function timesOf(column: Column, name: string): Float64Array {
  if (column.kind === "categorical") {
    const { groups, values } = groupsByRow(column);
    const times = (values as readonly string[])
      .map(instantOf)
      .map((time) => (time === null ? Number.NaN : millisecondsOf(time)));
    return Float64Array.from(groups, (group) => (group < 0 ? Number.NaN : times[group]!));
  }
  const isTimeOfDay = column.type.startsWith("Time32") || column.type.startsWith("Time64");
  if (column.kind === "vector" || column.kind === "boolean" || isTimeOfDay || column.type.startsWith("Duration")) {
    throw new TypeError(
      `Monitor.push: column ${shown(name)} must hold points in time, milliseconds or ISO 8601, got ${column.type}`,
    );
  }
  const numbers = numbersByRow(column);
  if (column.kind === "numeric") return numbers;
  const factor = 1000 / column.unitsPerSecond;
  return factor === 1 ? numbers : numbers.map((number) => Math.floor(number * factor));
}

/** Towards the past. */
function millisecondsOf(nanoseconds: bigint): number {
  const whole = nanoseconds / 1_000_000n;
  return Number(nanoseconds < 0n && whole * 1_000_000n !== nanoseconds ? whole - 1n : whole);
}
