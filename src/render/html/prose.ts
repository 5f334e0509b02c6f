/** Words of a report as a page sets them: minus signs, quotation marks, names in place of identifiers. */
import type { ColumnReport } from "../../drift/report.js";
import { effectMeaning } from "../names.js";
import { cut } from "./markup.js";

/** What a negative number may stand after. */
const negative = /(^|[([≥≤<>=±→,] ?|\b(?:from|to|up to|is|maximum|minimum|between|and|difference:) )-(?=[\d.∞])/gu;

/** What stands in backticks, which is a name or a value, keeps its characters. */
export function prose(text: string, longest: number): string {
  const pieces = text.split("`");
  if (pieces.length % 2 === 0) return cut(numbersOf(text), longest);
  const told = pieces.map((piece, k) => (k % 2 === 0 ? numbersOf(piece) : `“${piece}”`));
  return cut(told.join(""), longest);
}

function numbersOf(text: string): string {
  return text.replace(/(?<=\d)e\+(?=\d)/g, "e").replace(negative, "$1−");
}

/** The first letter large, and a full stop. */
export function sentence(text: string): string {
  return text === "" ? "" : `${text[0]!.toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

/** Why the verdict is what it is, effects by what they are: `Jensen-Shannon distance 0.34 ≥ 0.1`. */
export function reasonOf({ reason, effects, effectName, availability }: ColumnReport): string {
  const names = new Set([...effects.map(({ name }) => name), effectName, availability?.effect?.name]);
  return [...names].reduce((text: string, name) => (name ? withMeaning(text, name) : text), reason);
}

/** The first mention of an effect before its size. */
function withMeaning(text: string, name: string): string {
  const at = ["(", " "].map((before) => text.indexOf(`${before}${name} `) + 1).find((place) => place > 0);
  if (at === undefined || !/^ [\d[∞<≥≤i]/.test(text.slice(at + name.length))) return text;
  return `${text.slice(0, at)}${effectMeaning(name)}${text.slice(at + name.length)}`;
}
