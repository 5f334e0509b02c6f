/** Rows that cannot be used, and where. */
import { FormatError } from "../column/format-error.js";
import { Problem, type ProblemPlace } from "./problem.js";

/** Names of our functions mean nothing to those who send rows. */
const callers = /^\w+: /;
/** What is not even read; all else was understood, and does not fit. */
const unread = new Set(["JSON", "UTF-8"]);

/** What decoders throw, as the answer: 400 for what cannot be read, 422 for values that do not fit. Anything else is a fault of ours. */
export function badRows(error: unknown, readable = true): unknown {
  if (!(error instanceof FormatError)) return error;
  const line = Number(/\bline (\d+)/.exec(error.where)?.[1]);
  const row = Number(/\brow (\d+)/.exec(error.where)?.[1]);
  const column = /column ("(?:[^"\\]|\\.)*")/.exec(error.where)?.[1];
  const place: ProblemPlace = {
    ...(Number.isInteger(line) && { line }),
    ...(Number.isInteger(row) && { row }),
    ...(column !== undefined && { column: JSON.parse(column) as string }),
  };
  return new Problem(readable && !unread.has(error.expected) ? 422 : 400, error.message.replace(callers, ""), place);
}
