/** How many terminal cells a text takes, and texts made to fit. Names come from files: nothing in them may act on the terminal. */

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const ascii = /^[\x20-\x7e]*$/;
/** East Asian wide and fullwidth characters, and pictures that are shown as pictures. */
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[0-9#*]\ufe0f\u20e3)/u;
/** A cluster that begins with what only combines, or shows nothing. */
const invisible = /^[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/u;

/** Cells that a text takes on a terminal. */
export function displayWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += clusterWidth(segment);
  return width;
}

function clusterWidth(cluster: string): number {
  return wide.test(cluster) ? 2 : invisible.test(cluster) ? 0 : 1;
}

/** The text, or as much of it as fits followed by …. No more of it is looked at: categories may be long. */
export function truncate(text: string, width: number): string {
  if (width < 1) return "";
  let used = 0;
  let kept = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += clusterWidth(segment);
    if (used > width) return `${text.slice(0, kept)}…`;
    if (used < width) kept = index + segment.length;
  }
  return text;
}

/** The text, filled up with spaces to `width` cells on the right or on the left. */
export function pad(text: string, width: number, side: "left" | "right" = "right"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "right" ? text + space : space + text;
}

/**
 * The text with its control characters made visible (`␛`, `␊`) and with no marks that turn the direction of the rest of
 * a line.
 */
export function harmless(text: string): string {
  return text
    .replace(/\p{Cc}/gu, (control) => pictureOf(control.charCodeAt(0)))
    .replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/gu, "\ufffd");
}

/** Unicode's picture of a control character. */
function pictureOf(code: number): string {
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "␡" : "\ufffd";
}
