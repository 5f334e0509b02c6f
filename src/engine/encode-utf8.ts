/** Writes a text as UTF-8 from byte `at` on; half a surrogate pair becomes U+FFFD. @returns where it ends */
export function encodeUtf8(text: string, bytes: Uint8Array, at: number): number {
  let to = at;
  for (let k = 0; k < text.length; k++) {
    let unit = text.charCodeAt(k);
    if (unit < 0x80) {
      bytes[to++] = unit;
      continue;
    }
    if (unit < 0x800) {
      bytes[to++] = 0xc0 | (unit >> 6);
    } else {
      if (unit >= 0xd800 && unit < 0xe000) {
        const low = unit < 0xdc00 ? text.charCodeAt(k + 1) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
          k++;
          unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        } else unit = 0xfffd;
      }
      if (unit < 0x10000) bytes[to++] = 0xe0 | (unit >> 12);
      else {
        bytes[to++] = 0xf0 | (unit >> 18);
        bytes[to++] = 0x80 | ((unit >> 12) & 0x3f);
      }
      bytes[to++] = 0x80 | ((unit >> 6) & 0x3f);
    }
    bytes[to++] = 0x80 | (unit & 0x3f);
  }
  return to;
}

/** How many bytes that takes. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit < 0x80) continue;
    bytes++;
    if (unit < 0x800) continue;
    bytes++;
    if (unit < 0xd800 || unit >= 0xdc00) continue;
    const low = text.charCodeAt(k + 1);
    // Two units, four bytes: the second unit is counted already.
    if (low >= 0xdc00 && low < 0xe000) k++;
  }
  return bytes;
}
