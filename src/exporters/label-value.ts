/** Values of labels: text that every reader takes, of bounded length. */

/** Characters of a value, in UTF-16 units, before it is cut. */
const longest = 200;

/** Control characters but the line feed, which the text format escapes: a NUL ends Prometheus' reading of everything. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/**
 * The value as a label. Lone surrogates and control characters are replaced, and long texts cut; what had to be changed
 * ends with a hash of what it was, so that different values stay different.
 */
export function labelValue(value: string): string {
  const valid = wellFormed(value).replace(control, "\ufffd");
  if (valid === value && value.length <= longest) return value;
  return `${wellFormed(valid.slice(0, longest))}…${hashOf(value)}`;
}

/** The beginning of a text, without what a server's database may refuse: control characters and lone surrogates. */
export function textUpTo(text: string, most: number): string {
  return wellFormed(text.slice(0, most)).replace(control, "\ufffd");
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** 64 bits as two FNV-1a hashes of the UTF-16 units, hexadecimal. */
export function hashOf(text: string): string {
  let [low, high] = [0x811c9dc5, 0x050c5d1f];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + i), 0x01000193);
  }
  return [high, low].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
