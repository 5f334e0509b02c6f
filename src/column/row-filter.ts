/** Which rows of a table are meant: a condition for each of some columns, all of which must hold. */

/** A value as one writes it: text also for dates (ISO 8601) and for integers beyond 2^53. */
export type FilterValue = number | string | boolean | bigint;

/** Rows whose value fulfils everything that is given. A missing value fulfils `missing: true`, `notEq` and `notIn` only. */
export interface RowCondition {
  readonly eq?: FilterValue;
  readonly notEq?: FilterValue;
  readonly gt?: FilterValue;
  readonly gte?: FilterValue;
  readonly lt?: FilterValue;
  readonly lte?: FilterValue;
  readonly in?: readonly FilterValue[];
  readonly notIn?: readonly FilterValue[];
  /** Whether the row must hold no value (null or NaN), or one. */
  readonly missing?: boolean;
}

/** Column → what its value must be. A value alone means `eq`. */
export interface RowFilter {
  readonly [column: string]: RowCondition | FilterValue;
}
