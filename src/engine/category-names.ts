/** The texts behind a table's entries, decoded many at a time: a call of the decoder costs more than a short text. */
import type { Entries } from "./category-table.js";
import type { Engine } from "./memory.js";

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Not more, since a long text keeps the batch that it was cut from. */
const batchBytes = 16_384;

/**
 * Text → count of the entries with a count of at least `least`, in order. Malformed UTF-8 reads as U+FFFD, and what then
 * reads alike is counted together.
 */
export function namesOf({ counts, lengths, addresses }: Entries, least: number, { u8 }: Engine): Map<string, number> {
  const names = new Map<string, number>();
  // Texts of different bytes read alike only where some are malformed: no other is looked up before it is added.
  const add = (name: string, count: number): void => {
    names.set(name, name.includes("\ufffd") ? (names.get(name) ?? 0) + count : count);
  };
  // A copy: browsers refuse to decode shared memory.
  const bytes = new Uint8Array(batchBytes);
  let first = 0;
  let used = 0;
  const flush = (end: number): void => {
    const text = utf8.decode(bytes.subarray(0, used));
    // With one UTF-16 unit a byte, positions in the text are those of the bytes, and all of them are ASCII.
    const even = text.length === used;
    for (let k = first, from = 0; k < end; k++) {
      if (counts[k]! < least) continue;
      const to = from + lengths[k]!;
      if (even) names.set(text.slice(from, to), counts[k]!);
      else add(utf8.decode(bytes.subarray(from, to)), counts[k]!);
      from = to;
    }
    first = end;
    used = 0;
  };
  for (let k = 0; k < counts.length; k++) {
    if (counts[k]! < least) continue;
    const length = lengths[k]!;
    const address = addresses[k]!;
    if (length > batchBytes - used) flush(k);
    if (length > batchBytes) {
      add(utf8.decode(u8.slice(address, address + length)), counts[k]!);
      first = k + 1;
    } else for (let i = 0; i < length; i++) bytes[used++] = u8[address + i]!;
  }
  flush(counts.length);
  return names;
}
