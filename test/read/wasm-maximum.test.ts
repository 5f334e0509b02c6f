import { describe, expect, it } from "vitest";
import { withMaximum } from "../../dist/read/wasm-maximum.js";

const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** Exports memory 0 as "m". */
const exported = [7, 5, 1, 1, 0x6d, 2, 0];
const module = (...memory: number[]) => Uint8Array.from([...head, ...memory, ...exported]);

const memoryOf = (bytes: Uint8Array) => {
  const { m } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports;
  return m as WebAssembly.Memory;
};
const pagesOf = ({ buffer }: WebAssembly.Memory) => buffer.byteLength / 65_536;

describe("a maximum for a module's memory", () => {
  it("is what it grows to, and no more", () => {
    const memory = memoryOf(withMaximum(module(5, 3, 1, 0, 1), 300));
    memory.grow(299);
    expect(pagesOf(memory)).toBe(300);
    expect(() => memory.grow(1)).toThrow(RangeError);
    const free = memoryOf(module(5, 3, 1, 0, 1));
    free.grow(300);
    expect(pagesOf(free)).toBe(301);
  });

  it("is never below what the module begins with", () => {
    // 200 pages, as two bytes.
    const memory = memoryOf(withMaximum(module(5, 4, 1, 0, 200, 1), 3));
    expect(pagesOf(memory)).toBe(200);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });

  it.each([
    ["states one already", module(5, 4, 1, 1, 1, 2)],
    ["has no memory of its own", Uint8Array.from(head)],
    ["ends within a section", Uint8Array.from([...head, 5, 200])],
  ])("is not set where it %s", (_, bytes) => {
    expect(withMaximum(bytes, 3)).toBe(bytes);
  });
});
