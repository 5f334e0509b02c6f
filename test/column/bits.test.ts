import { expect, it } from "vitest";
import { allSet, bitAt, countBits, setBit } from "../../dist/column/bits.js";

it("counts the bits of a range, and tells whether all of them are set", () => {
  for (let offset = 0; offset < 17; offset++) {
    for (let length = 0; length < 40; length++) {
      const all = new Uint8Array(8);
      for (let bit = offset; bit < offset + length; bit++) setBit(all, bit);
      expect(countBits(all, 0, 64)).toBe(length);
      expect(countBits(all, offset, length)).toBe(length);
      expect(allSet(all, offset, length)).toBe(true);
      expect(allSet(all, offset, length + 1)).toBe(false);
      if (offset > 0) expect(allSet(all, offset - 1, length + 1)).toBe(false);
      for (let gap = offset; gap < offset + length; gap++) {
        const holed = all.slice();
        holed[gap >> 3]! ^= 1 << (gap & 7);
        expect(bitAt(holed, gap)).toBe(0);
        expect(allSet(holed, offset, length)).toBe(false);
      }
    }
  }
});
