/** Bitmaps as Arrow lays them out: least significant bit first. */

const nibble = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];
const ones = Uint8Array.from({ length: 256 }, (_, byte) => nibble[byte & 15]! + nibble[byte >> 4]!);

/** The number of set bits in [offset, offset + length). */
export function countBits(bytes: Uint8Array, offset: number, length: number): number {
  const end = offset + length;
  let count = 0;
  let bit = offset;
  for (; bit < end && (bit & 7) !== 0; bit++) count += bitAt(bytes, bit);
  for (; bit + 8 <= end; bit += 8) count += ones[bytes[bit / 8]!]!;
  for (; bit < end; bit++) count += bitAt(bytes, bit);
  return count;
}

/** Whether all bits in [offset, offset + length) are set; looks no further than the first that is not. */
export function allSet(bytes: Uint8Array, offset: number, length: number): boolean {
  const end = offset + length;
  let bit = offset;
  for (; bit < end && (bit & 7) !== 0; bit++) if (bitAt(bytes, bit) === 0) return false;
  for (; bit + 8 <= end; bit += 8) if (bytes[bit / 8] !== 0xff) return false;
  for (; bit < end; bit++) if (bitAt(bytes, bit) === 0) return false;
  return true;
}

/** Bit `index`, 0 or 1. */
export function bitAt(bytes: Uint8Array, index: number): number {
  // Not `>> 3`: a bitmap of 512 MB has more bits than an i32 counts.
  return (bytes[Math.floor(index / 8)]! >> (index & 7)) & 1;
}

/** Sets bit `index`. */
export function setBit(bytes: Uint8Array, index: number): void {
  bytes[Math.floor(index / 8)]! |= 1 << (index & 7);
}
