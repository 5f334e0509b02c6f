/** Engine memory for calling kernels by themselves: inputs at any address, outputs between guard bytes. */
import { expect } from "vitest";
import { type Kernels, theEngine } from "../../dist/engine/memory.js";

const guard = 0xa5;
const margin = 64;

/** Lengths at which loops over 2, 4, 8 and 64 values begin, end and leave a rest. */
export const lengths = Array.from({ length: 68 }, (_, length) => length);

/** Where in 16 bytes elements of a size may lie. */
export const alignments = (elementBytes: number) =>
  Array.from({ length: Math.max(1, 16 / elementBytes) }, (_, k) => k * elementBytes);

export interface Arena {
  readonly kernels: Kernels;
  /** Copies an array to an address that is `offset` past a multiple of 16. */
  input(values: ArrayBufferView, offset?: number): number;
  /** Sorted values as keys with their end, which the kernels of whole walks take. */
  keys(values: Float64Array, offset?: number): number;
  /** Room that a kernel may write to; what it held before is `guard`s. */
  room(bytes: number, offset?: number): number;
  bytes(address: number, length: number): Uint8Array;
  u32(address: number, length: number): Uint32Array;
  f64(address: number, length: number): Float64Array;
  i64(address: number, length: number): BigInt64Array;
  /** Expects inputs and everything around inputs and rooms to be as they were. */
  check(): void;
}

/** A fresh piece of memory, the same one for every test. */
export function arena(): Arena {
  const { kernels, u8 } = theEngine();
  // Far above what the engine itself uses in these tests.
  let top = 2 ** 30;
  const stretches: { from: number; bytes: Uint8Array }[] = [];
  const keep = (from: number, to: number) => stretches.push({ from, bytes: u8.slice(from, to) });
  const place = (bytes: number, offset: number) => {
    const address = top + margin + offset;
    const end = address + bytes + margin;
    // What lies inside a large room does not matter, and filling it takes time.
    u8.fill(guard, top, Math.min(end, address + 65_536));
    u8.fill(guard, Math.max(address, end - margin), end);
    top = Math.ceil(end / 16) * 16;
    return address;
  };
  const copy = (address: number, bytes: number) => u8.slice(address, address + bytes).buffer;
  return {
    kernels,
    input(values, offset = 0) {
      const address = place(values.byteLength, offset);
      u8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
      keep(address - margin, address + values.byteLength + margin);
      return address;
    },
    keys(values, offset = 0) {
      const list = Array.from(values, keyOf);
      return this.input(BigInt64Array.of(...list, 2n ** 63n - 1n), offset);
    },
    room(bytes, offset = 0) {
      const address = place(bytes, offset);
      keep(address - margin, address);
      keep(address + bytes, address + bytes + margin);
      return address;
    },
    bytes: (address, length) => new Uint8Array(copy(address, length)),
    u32: (address, length) => new Uint32Array(copy(address, length * 4)),
    f64: (address, length) => new Float64Array(copy(address, length * 8)),
    i64: (address, length) => new BigInt64Array(copy(address, length * 8)),
    check() {
      for (const { from, bytes } of stretches) {
        expect(Buffer.compare(bytes, u8.slice(from, from + bytes.length)), "guard bytes and inputs").toBe(0);
      }
    },
  };
}

const bits = new DataView(new ArrayBuffer(8));

/** Integers in the order of the doubles, from the definition of their bits; -0 is 0, NaN below everything. */
export function keyOf(x: number): bigint {
  if (Number.isNaN(x)) return -(2n ** 63n);
  bits.setFloat64(0, x + 0);
  const key = bits.getBigInt64(0);
  return key < 0n ? -(2n ** 63n) - key - 1n : key;
}

/** The double of a key. */
export function doubleOf(key: bigint): number {
  bits.setBigInt64(0, key < 0n ? -(2n ** 63n) - key - 1n : key);
  return bits.getFloat64(0);
}

/** The double a whole number of steps away; -0 and 0 are one. */
export function neighbour(x: number, steps: number): number {
  bits.setFloat64(0, x);
  const magnitude = bits.getBigInt64(0) & (2n ** 63n - 1n);
  const position = (x < 0 ? -magnitude : magnitude) + BigInt(steps);
  bits.setBigInt64(0, position < 0n ? -position : position);
  return position < 0n ? -bits.getFloat64(0) : bits.getFloat64(0);
}

/** Whole numbers rounded half to even, as the processor rounds. */
export function rounded(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest < 0.5 || (rest === 0.5 && down % 2 === 0) ? down : down + 1;
}
