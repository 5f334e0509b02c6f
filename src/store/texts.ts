/**
 * Texts as every database takes them, and back. PostgreSQL refuses U+0000, and half of a surrogate pair has no UTF-8. They are
 * written as U+FFFE, which is no character, and four hexadecimal digits; so is U+FFFE itself. All other texts stay as they are.
 */
const strange = /[\0\ufffe\ud800-\udfff]/gu;
const written = /\ufffe([0-9a-f]{4})/g;

export function storedText(text: string): string {
  return text.replace(strange, (unit) => `\ufffe${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export function toldText(text: string): string {
  return text.replace(written, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
