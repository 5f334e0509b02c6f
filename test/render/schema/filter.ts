/** Conditions on rows, in settings and in results of checks. */
import type { RowCondition } from "../../../dist/column/row-filter.js";
import { either, list, map, number, object, optional, text, truth } from "./words.ts";

const value = either(number, text, truth);

const condition = object<RowCondition>({
  eq: optional(value),
  notEq: optional(value),
  gt: optional(value),
  gte: optional(value),
  lt: optional(value),
  lte: optional(value),
  in: optional(list(value)),
  notIn: optional(list(value)),
  missing: optional(truth),
});

export const rowFilter = map(either(condition, value));
