/** Texts put into lines. */
import { displayWidth } from "./display-width.js";

/** A text that begins with a capital and ends with a full stop; nothing stays nothing. */
export function sentence(text: string): string {
  return text === "" ? "" : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** Items in lines of at most `width` cells, where they can be broken. */
export function wrapped(items: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [k, item] of items.entries()) {
    const next = k === items.length - 1 ? item : item + separator;
    if (line !== "" && displayWidth(line + next.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += next;
  }
  return [...lines, ...(line === "" ? [] : [line])];
}

/** Lines that stand under a label; those after the first are moved in as far. */
export function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, k) => `  ${k === 0 ? label : " ".repeat(displayWidth(label))}${line}`);
}
