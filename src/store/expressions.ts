/** What both databases take and tell in the same way only as expressions. */
import { type Expression, type RawBuilder, sql } from "kysely";

/** A point in time, whatever the time zones of server and client; to the millisecond. */
export function moment(milliseconds: number): RawBuilder<Date> {
  return sql<Date>`cast(${new Date(milliseconds).toISOString()} as timestamptz)`;
}

export function momentOrNone(milliseconds: number | null): RawBuilder<Date | null> {
  return milliseconds === null ? sql<null>`null` : moment(milliseconds);
}

/** Milliseconds since 1970. */
export function toldMoment<T extends Date | null>(
  column: Expression<T>,
): RawBuilder<T extends Date ? number : number | null> {
  return sql`cast(round(extract(epoch from ${column}) * 1000) as double precision)`;
}

/** A number with its sign: `pg` would write -0 as 0. */
export function signed<T extends number | null>(value: T): T | RawBuilder<T> {
  return Object.is(value, -0) ? sql<T>`cast('-0' as double precision)` : value;
}
