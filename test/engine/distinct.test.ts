import { describe, expect, it } from "vitest";
import { encodeUtf8 } from "../../dist/engine/encode-utf8.js";
import { randoms } from "../sketch/naive.ts";
import { arena, lengths } from "./arena.ts";

const word = 2n ** 64n;

/** SplitMix64's finaliser of a double's bits, from its definition. */
function hashOfNumber(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x + 0);
  let z = (view.getBigUint64(0) + 0x9e3779b97f4a7c15n) % word;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) % word;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) % word;
  return z ^ (z >> 31n);
}

function registersOf(hashes: bigint[], precision: number): Uint8Array {
  const registers = new Uint8Array(2 ** precision);
  for (const hash of hashes) {
    const bits = hash.toString(2).padStart(64, "0");
    const at = Number.parseInt(bits.slice(64 - precision), 2);
    const first = bits.slice(0, 64 - precision).indexOf("1");
    registers[at] = Math.max(registers[at]!, first < 0 ? 65 - precision : first + 1);
  }
  return registers;
}

describe("the kernels for distinct values", () => {
  it("register numbers by their bits, but NaN and the sign of 0", () => {
    const random = randoms(1);
    for (const length of lengths) {
      const memory = arena();
      const values = Float64Array.from({ length }, (_, k) => [random(), k % 5, NaN, -0, 1 / (k % 3)][k % 5]!);
      const registers = memory.room(16);
      memory.kernels.alignMask(memory.input(new Uint8Array(32)), 0, 128, registers);
      memory.kernels.registerF64(registers, 4, memory.input(values, 8), length);
      const numbers = Array.from(values).filter((x) => !Number.isNaN(x));
      expect(memory.bytes(registers, 16)).toEqual(registersOf(numbers.map(hashOfNumber), 4));
      memory.check();
    }
  });

  it("hash texts as XXH64 does: values of its reference implementation", () => {
    const known = {
      "": 0xef46db3751d8e999n,
      a: 0xd24ec4f1a98c6e5bn,
      abc: 0x44bc2cf5ad770999n,
      "Nobody inspects the spammish repetition": 0xfbcea83c8a378bf1n,
    };
    for (const [text, hash] of Object.entries(known)) {
      const memory = arena();
      const bytes = new TextEncoder().encode(text);
      expect(BigInt.asUintN(64, memory.kernels.xxh64(memory.input(bytes, 3), bytes.length))).toBe(hash);
      memory.check();
    }
  });

  it("register texts by their hash", () => {
    const texts = ["", "a", "some longer text than 32 bytes, with ümläuts and 🙂", "b".repeat(77)];
    const bytes = texts.map((text) => new TextEncoder().encode(text));
    const memory = arena();
    const offsets = Uint32Array.from([0, ...texts.keys()].map((_, k) => Buffer.concat(bytes.slice(0, k)).length));
    const registers = memory.room(16);
    memory.kernels.alignMask(memory.input(new Uint8Array(32)), 0, 128, registers);
    memory.kernels.registerTexts(registers, 4, memory.input(offsets), 4, memory.input(Buffer.concat(bytes), 1));
    const hashes = bytes.map((each) => BigInt.asUintN(64, memory.kernels.xxh64(memory.input(each), each.length)));
    expect(memory.bytes(registers, 16)).toEqual(registersOf(hashes, 4));
    memory.check();
  });

  it("merge registers, count those that are filled, and find one that is too large", () => {
    const random = randoms(2);
    for (const length of [0, 16, 64, 4096]) {
      const memory = arena();
      const [a, b] = [0, 1].map(() => Uint8Array.from({ length }, () => Math.max(0, Math.floor(random() * 70) - 17)));
      const into = memory.room(length);
      memory.kernels.alignMask(memory.input(Buffer.concat([a!, new Uint8Array(16)])), 0, length * 8, into);
      memory.kernels.mergeRegisters(into, memory.input(b!), length);
      const expected = a!.map((x, k) => Math.max(x, b![k]!));
      expect(memory.bytes(into, length)).toEqual(expected);
      expect(memory.kernels.filledRegisters(into, length, 53)).toBe(expected.filter((x) => x > 0).length);
      expect(memory.kernels.filledRegisters(into, length, 51)).toBe(
        Math.max(...expected) > 51 ? -1 : expected.filter((x) => x > 0).length,
      );
      memory.check();
    }
  });
});

describe("encodeUtf8", () => {
  it("writes what TextEncoder writes, for every kind of text and half pairs", () => {
    const random = randoms(3);
    const parts = [
      "a",
      "\0",
      "\x7f",
      "\x80",
      "ß",
      "߿",
      "ࠀ",
      "€",
      "퟿",
      "",
      "￿",
      "🙂",
      "\ud800",
      "\udc00",
      "\udbff\udfff",
    ];
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: round % 9 }, () => parts[Math.floor(random() * parts.length)]).join("");
      const bytes = new Uint8Array(40);
      const end = encodeUtf8(text, bytes, 2);
      expect(bytes.slice(2, end)).toEqual(new TextEncoder().encode(text));
      expect(bytes.slice(end).every((byte) => byte === 0)).toBe(true);
    }
  });
});
