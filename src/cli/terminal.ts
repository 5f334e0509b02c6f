/** What the terminal, if there is one, can do. */
import type { WriteStream } from "node:tty";

/** A stream that may be a terminal. */
export type Output = NodeJS.WritableStream & Partial<Pick<WriteStream, "isTTY" | "columns">>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Whether to write colours: see https://no-color.org and https://force-color.org. */
export function wantsColour({ isTTY = false }: Output, { FORCE_COLOR, NO_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (FORCE_COLOR === undefined && NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return isTTY && TERM !== "dumb";
}

/** Cells in a line. */
export function widthOf({ isTTY = false, columns }: Output, { COLUMNS = "" }: Environment): number {
  if (isTTY && columns !== undefined && columns > 0) return columns;
  return /^[1-9]\d{1,4}$/.test(COLUMNS) ? Number(COLUMNS) : 100;
}
