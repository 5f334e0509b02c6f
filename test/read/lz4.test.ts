import { describe, expect, it } from "vitest";
import { FormatError } from "../../dist/column/format-error.js";
import { decodeLz4 } from "../../dist/read/lz4.js";
import { xxh32 } from "../../dist/read/xxh32.js";

const text = (value: string) => new TextEncoder().encode(value);

/** A frame of blocks. `flags` beyond version 1 and independent blocks. */
function frame(blocks: readonly (readonly number[])[], { flags = 0, tail = [] as number[] } = {}): Uint8Array {
  const descriptor = [0x60 | flags, 0x40];
  const check = (xxh32(Uint8Array.from(descriptor)) >> 8) & 255;
  const body = blocks.flatMap((block) => [block.length, 0, 0, 0, ...block]);
  return Uint8Array.from([0x04, 0x22, 0x4d, 0x18, ...descriptor, check, ...body, 0, 0, 0, 0, ...tail]);
}

function decoded(input: Uint8Array, length: number): string {
  const out = new Uint8Array(length);
  decodeLz4(input, out, "test");
  return new TextDecoder().decode(out);
}

describe("xxh32", () => {
  it("has the values of its specification's implementation", () => {
    expect(xxh32(text(""))).toBe(0x02cc5d05);
    expect(xxh32(text("a"))).toBe(0x550d7456);
    expect(xxh32(text("abc"))).toBe(0x32d153ff);
    expect(xxh32(text("Nobody inspects the spammish repetition"))).toBe(0xe2293b2f);
  });
});

describe("decodeLz4", () => {
  // "abc", then 9 bytes from 3 back, then "d"
  const block = [0x35, 97, 98, 99, 3, 0, 0x10, 100];

  it("reads literals and overlapping matches", () => {
    expect(decoded(frame([block]), 13)).toBe("abcabcabcabcd");
  });

  it("lets a match reach into the block before", () => {
    expect(
      decoded(
        frame([
          [0x30, 97, 98, 99],
          [0x00, 3, 0, 0x10, 100],
        ]),
        8,
      ),
    ).toBe("abcabcad");
  });

  it("refuses what does not fill its buffer exactly", () => {
    expect(() => decoded(frame([block]), 12)).toThrow(FormatError);
    expect(() => decoded(frame([block]), 14)).toThrow("expected 14 bytes, found 13");
  });

  it("refuses matches before the beginning, cut blocks, wrong checksums and bytes behind the end", () => {
    expect(() => decoded(frame([[0x10, 97, 2, 0, 0x10, 98]]), 6)).toThrow(FormatError);
    expect(() => decoded(frame([[0x10, 97, 0, 0, 0x10, 98]]), 6)).toThrow(FormatError);
    expect(() => decoded(frame([[0xf0, 255]]), 300)).toThrow(FormatError);
    const cut = frame([block]);
    for (let length = 0; length < cut.length; length++) {
      expect(() => decoded(cut.subarray(0, length), 13)).toThrow(FormatError);
    }
    expect(() => decoded(frame([block], { tail: [0] }), 13)).toThrow("1 more bytes");
    expect(() => decoded(frame([block], { flags: 4, tail: [1, 2, 3, 4] }), 13)).toThrow("checksum");
    const broken = frame([block]);
    broken[6]! ^= 1;
    expect(() => decoded(broken, 13)).toThrow("checksum");
  });
});
