/** Texts in XML 1.0, whatever they hold. */
import { harmless } from "./display-width.js";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * A text for an element or a quoted attribute. Characters that XML 1.0 has no place for, control characters and lone
 * surrogates among them, are shown as pictures or replaced, since no reference can stand for them.
 */
export function xmlText(text: string): string {
  return harmless(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"]/g, (sign) => entities[sign]!);
}

/** ` name="value"` of those that are given. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlText(String(value))}"`]))
    .join("");
}
