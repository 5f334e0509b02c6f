/** Which of many hashes have occurred before; see assembly/duplicates.ts. */
import { newSecret } from "./category-table.js";
import { withScratch } from "./workspace.js";

/** Slots of a table at most: 128 MiB. A quarter of them is used, or a little more. */
const mostSlotBits = 24;

/** Hashes that are looked at between two copies. */
const stretch = 16_384;

/**
 * Counts the hashes that equal an earlier one; where `marks` are given, sets those of these.
 *
 * Many hashes are looked at in several passes, each of which knows a part of them.
 *
 * @param slotBits  the logarithm of how many slots a pass has at most
 */
export function countDuplicates(
  hashes: BigUint64Array,
  marks: Uint8Array | null = null,
  slotBits = mostSlotBits,
): number {
  const wanted = Math.max(4, Math.ceil(Math.log2(hashes.length + 1)) + 1);
  for (let partBits = Math.max(0, wanted - slotBits + 1); ; partBits++) {
    const found = countInParts(hashes, marks, Math.min(wanted, slotBits), wanted <= slotBits ? 0 : partBits);
    if (found !== null) return found;
    marks?.fill(0);
  }
}

/** `null` when one part has too many hashes for its table. */
function countInParts(
  hashes: BigUint64Array,
  marks: Uint8Array | null,
  slotBits: number,
  partBits: number,
): number | null {
  return withScratch((engine, take) => {
    const { kernels, u8, u32 } = engine;
    const slots = take(2 ** slotBits * 8);
    const block = take(stretch * 8);
    const marked = marks ? take(stretch) : 0;
    const filled = take(4);
    const [factor] = newSecret();
    const bytes = new Uint8Array(hashes.buffer, hashes.byteOffset, hashes.byteLength);
    let known = 0;
    for (let part = 0; part < 2 ** partBits; part++) {
      u8.fill(0, slots, slots + 2 ** slotBits * 8);
      u32[filled / 4] = 0;
      for (let from = 0; from < hashes.length; from += stretch) {
        const length = Math.min(stretch, hashes.length - from);
        engine.copyIn(bytes.subarray(from * 8, (from + length) * 8), block);
        if (marks) engine.copyIn(marks.subarray(from, from + length), marked);
        const found = kernels.markDuplicates(
          slots,
          slotBits,
          filled,
          factor,
          BigInt(part),
          partBits,
          block,
          length,
          marked,
        );
        if (found < 0) return null;
        if (marks) marks.set(u8.subarray(marked, marked + length), from);
        known += found;
      }
    }
    return known;
  });
}
