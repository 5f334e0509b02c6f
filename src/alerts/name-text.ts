/** Names come from data: nothing in them may act on who reads a sentence. */
import { columnName } from "../drift/column-name.js";
import { harmless, truncate } from "../render/display-width.js";

const longestName = 60;

/** A name as sentences show it. */
export function nameText(name: string): string {
  return truncate(harmless(columnName(name)), longestName);
}
