/**
 * Distinct sketches as bytes, little endian:
 *
 *   0 precision u8    1 form u8    2 entries n u16
 *   form 0: n = 0, 2^precision registers u8
 *   form 1: n entries, each the register's number u16 and its value u8, numbers ascending; the others are 0
 *
 * The shorter form is written.
 */
import { FormatError } from "../column/format-error.js";
import { filledRegisters } from "../engine/distinct.js";
import { type DistinctSketch, emptyDistinct } from "./distinct-sketch.js";

const none = emptyDistinct();
/** Of a sketch in the sparse form that is only needed until the next one is read. */
const spread = emptyDistinct().registers;
const head = 4;
const entryBytes = 3;

export function distinctByteLength({ registers }: DistinctSketch): number {
  return head + Math.min(registers.length, entryBytes * filled(registers));
}

const filled = (registers: Uint8Array) => filledRegisters(registers, 255)!;

/** Writes a sketch from byte `at` on; returns where it ends. */
export function writeDistinct(sketch: DistinctSketch, bytes: Uint8Array, at: number): number {
  const { precision, registers } = sketch;
  const length = distinctByteLength(sketch);
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length);
  const entries = filled(registers);
  const sparse = entryBytes * entries < registers.length;
  view.setUint8(0, precision);
  view.setUint8(1, sparse ? 1 : 0);
  view.setUint16(2, sparse ? entries : 0, true);
  if (!sparse) {
    bytes.set(registers, at + head);
    return at + length;
  }
  let to = head;
  for (let k = 0; k < registers.length; k++) {
    if (registers[k] === 0) continue;
    view.setUint16(to, k, true);
    view.setUint8(to + 2, registers[k]!);
    to += entryBytes;
  }
  return at + to;
}

/**
 * Reads a sketch from byte `at` on; it ends `distinctByteLength` later.
 *
 * @param where what is being read, for messages
 * @param stored the bytes that are stored from one on, for a sketch that is only needed until the next one is read
 * @throws FormatError for everything that no sketch is
 */
export function readDistinct(
  bytes: Uint8Array,
  at: number,
  where: string,
  stored?: (at: number, length: number) => Uint8Array,
): DistinctSketch {
  const fail = (expected: string, found: string | number) => new FormatError(where, expected, `${found}`);
  const free = bytes.byteLength - at;
  if (free < head) throw fail(`${head} bytes of a distinct sketch`, free);
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, free);
  const { precision } = none;
  const { length } = none.registers;
  const found = view.getUint8(0);
  if (found !== precision) throw fail(`precision ${precision}`, found);
  const form = view.getUint8(1);
  if (form > 1) throw fail("form 0 or 1", form);
  const entries = view.getUint16(2, true);
  const needed = form === 0 ? length : entryBytes * entries;
  if (free < head + needed) throw fail(`${needed} bytes of registers`, free - head);
  if (form === 0 ? entries !== 0 : needed >= length) throw fail("the shorter form", `${entries} entries`);
  const keep = stored ?? ((from, size) => bytes.slice(from, from + size));
  const registers = form === 0 ? keep(at + head, needed) : stored ? spread : new Uint8Array(length);
  if (form === 1) {
    registers.fill(0);
    let last = -1;
    for (let k = 0, from = head; k < entries; k++, from += entryBytes) {
      const number = view.getUint16(from, true);
      if (number <= last || number >= length) throw fail("registers in order", `${number} after ${last}`);
      registers[number] = view.getUint8(from + 2);
      last = number;
    }
  }
  const count = filledRegisters(registers, 65 - precision);
  if (count === null) throw fail(`registers up to ${65 - precision}`, "a larger one");
  if (form === 1 ? count !== entries : entryBytes * count < length) {
    throw fail("the shorter form", `${count} registers`);
  }
  return { precision, registers };
}
