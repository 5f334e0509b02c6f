/** CSV whose rows or fields would be more than there may be: told before any of them is made. */
import { mostColumns } from "../monitor/batch-schema.js";
import { Problem } from "./problem.js";

const [newline, quote, comma] = ["\n", '"', ","].map((letter) => letter.charCodeAt(0));

/** Of a line, with line feeds in quoted fields: the whole of it is in memory many times over. */
const mostLine = 8 * 2 ** 20;

/**
 * @throws Problem 413 for more rows than `most`; 422 for a line that is too long, or has more fields than a dataset may have
 *   columns
 */
export function needPlainCsv(body: Uint8Array, most: number): void {
  let [lines, fields, quoted, begun] = [0, 1, false, 0];
  for (let at = 0; at < body.length; at++) {
    const letter = body[at];
    if (at - begun > mostLine) {
      throw new Problem(422, `a line may have ${mostLine} bytes, got more; is a quote missing?`, { line: lines + 1 });
    }
    if (letter === quote) quoted = !quoted;
    else if (quoted) continue;
    else if (letter === newline) {
      [fields, begun] = [1, at + 1];
      if (++lines > most + 1) throw new Problem(413, `a body may have ${most} rows, got more`);
    } else if (letter === comma && ++fields > mostColumns) {
      throw new Problem(422, `a dataset may have ${mostColumns} columns, got more`, { line: lines + 1 });
    }
  }
}
