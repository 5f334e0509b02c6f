/**
 * Markup that is safe by construction: whatever is put into a template is escaped for texts and for quoted attributes
 * alike, unless it is markup itself. Names and values come from files: none of them may act on the page.
 */
import { harmless } from "../display-width.js";

export interface Markup {
  readonly markup: string;
}

export type Piece = Markup | string | number | null | undefined | false | readonly Piece[];

export const nothing: Markup = { markup: "" };

/** A template in which every piece is escaped: html`<td title="${whole}">${text}</td>`. Attributes need their quotes. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let markup = parts[0]!;
  for (const [k, piece] of pieces.entries()) markup += textOf(piece) + parts[k + 1]!;
  return { markup };
}

/** What this program wrote itself: style and script. */
export function trusted(markup: string): Markup {
  return { markup };
}

function textOf(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return "";
  if (typeof piece === "string") return escaped(piece);
  if (typeof piece === "number") return String(piece);
  return "markup" in piece ? piece.markup : piece.map(textOf).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const plain = /^[\w .,:;()/%+*=|[\]-]*$/;

/** The text as it may stand between tags and between quotes, with no control characters and no half characters. */
export function escaped(text: string): string {
  if (plain.test(text)) return text;
  return harmless(text).replace(/[&<>"']/g, (character) => entities[character]!);
}

/** Characters of a text that a title may show. */
const longestTitle = 400;

/** A name or a value: isolated from the direction of the text around it, cut where it is long, then whole in a title. */
export function named(text: string, longest = 60): Markup {
  const short = cut(text, longest);
  return short === text ? html`<bdi>${text}</bdi>` : html`<bdi title="${cut(text, longestTitle)}">${short}</bdi>`;
}

/** The text, or its first characters followed by …. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const letters = Array.from(text.slice(0, 2 * longest));
  return letters.length <= longest && text.length <= 2 * longest ? text : `${letters.slice(0, longest - 1).join("")}…`;
}
