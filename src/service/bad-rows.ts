/** Rows that cannot be used, and where. */
import { FormatError } from "../column/format-error.js";
import type { ProblemPlace } from "./problem.js";

/** A body that is understood and holds what cannot be taken. */
export class BadRows extends Error {
  override readonly name = "BadRows";
  readonly place: ProblemPlace;

  constructor(message: string, place: ProblemPlace = {}, options?: ErrorOptions) {
    super(message, options);
    this.place = place;
  }
}

/** Names of our functions mean nothing to those who send rows. */
const callers = /^(?:\w+: )?/;

/** What decoders throw, as what is told; anything else is a fault of ours. */
export function badRows(error: unknown): unknown {
  if (!(error instanceof FormatError)) return error;
  const message = error.message.replace(callers, "");
  const line = Number(/\bline (\d+)/.exec(error.where)?.[1]);
  const row = Number(/\brow (\d+)/.exec(error.where)?.[1]);
  const column = /column ("(?:[^"\\]|\\.)*")/.exec(error.where)?.[1];
  return new BadRows(
    message,
    {
      ...(Number.isInteger(line) && { line }),
      ...(Number.isInteger(row) && { row }),
      ...(column !== undefined && { column: JSON.parse(column) as string }),
    },
    { cause: error },
  );
}
