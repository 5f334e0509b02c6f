/** A maximum for the memory of a WebAssembly module that states none: what then does not fit is a trap, and no gigabytes. */

const memorySection = 5;
/** Of the limits: a maximum follows the minimum. */
const hasMaximum = 1;
const headBytes = 8;

export const pageBytes = 65_536;

/**
 * The module with a maximum of so many pages for its own memory. As it was where it has no memory of its own, several, or one of
 * another kind (shared, 64 bits, with a maximum).
 */
export function withMaximum(module: Uint8Array, pages: number): Uint8Array {
  for (let at = headBytes; at < module.length; ) {
    const size = unsigned(module, at + 1);
    const end = size.next + size.value;
    if (module[at] !== memorySection) {
      at = end;
      continue;
    }
    const count = unsigned(module, size.next);
    const minimum = unsigned(module, count.next + 1);
    if (count.value !== 1 || module[count.next] !== 0 || minimum.next !== end) return module;
    const limits = [1, hasMaximum, ...leb128(minimum.value), ...leb128(Math.max(pages, minimum.value))];
    const section = Uint8Array.from([memorySection, ...leb128(limits.length), ...limits]);
    const result = new Uint8Array(at + section.length + module.length - end);
    result.set(module.subarray(0, at));
    result.set(section, at);
    result.set(module.subarray(end), at + section.length);
    return result;
  }
  return module;
}

/** LEB128 of 32 bits. */
function unsigned(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let [value, next, factor] = [0, from, 1];
  for (let byte = 128; byte >= 128; factor *= 128) {
    byte = bytes[next++] ?? 0;
    value += (byte & 127) * factor;
  }
  return { value, next };
}

function leb128(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return [...bytes, left];
}
