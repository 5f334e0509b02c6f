/**
 * Texts from files in GitHub-flavoured Markdown. Nothing in them may become a table's border, HTML, a link, an image, a
 * code span, a mention or a reference: names stand in code spans, in which nothing has a meaning, and in sentences every
 * character that has one is written by its number. Mentions and references are looked for in what was rendered, so
 * that escaping does not help; an invisible word joiner (U+2060) after their sign does.
 */
import { columnName } from "../drift/column-name.js";
import { harmless, truncate } from "./display-width.js";

const longestName = 60;
const longestSentence = 240;
const joiner = "\u2060";

/** A name in a code span, cut to a length. */
export function codeSpan(name: string): string {
  const text = truncate(harmless(columnName(name)), longestName);
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // One blank on each side is not shown, but keeps backticks of the text from those around it.
  const space = /^`|`$|^ .* $/.test(text) ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}

/** A sentence that is shown as it is, cut to a length. */
export function plainText(text: string): string {
  return truncate(harmless(text), longestSentence)
    .replace(/[@#:](?=\S)|\b(?:www(?=\.)|gh-(?=\d))/gi, `$&${joiner}`)
    .replace(/[\\`*_[\]<>&|~$"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Cells, each Markdown of its own, as a line of a table. In cells a border is written with a backslash, in code too. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** The two lines that begin a table. Columns of numbers end at one line. */
export function tableHead(headings: readonly string[], numbers: readonly number[] = []): string[] {
  return [tableRow(headings), tableRow(headings.map((_, k) => (numbers.includes(k) ? "--:" : "---")))];
}
