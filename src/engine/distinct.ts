/** Values and texts put into the registers of a HyperLogLog sketch; see assembly/distinct.ts. */
import { encodeUtf8 } from "./encode-utf8.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Values copied at once: they stay in the first-level cache. */
const stretch = 1024;

/** Numbers; NaN is left out. Values that lie in engine memory are read where they are. */
export function registerNumbers(registers: Uint8Array, precision: number, values: Float64Array): void {
  withRegisters(registers, (engine, at, take) => {
    const { kernels, f64, buffer } = engine;
    if (values.buffer === buffer) {
      kernels.registerF64(at, precision, values.byteOffset, values.length);
      return;
    }
    const block = take(stretch * 8);
    for (let from = 0; from < values.length; from += stretch) {
      const piece = values.subarray(from, from + stretch);
      f64.set(piece, block / 8);
      kernels.registerF64(at, precision, block, piece.length);
    }
  });
}

/** Merges registers into as many others. */
export function mergeRegisters(into: Uint8Array, from: Uint8Array): void {
  withRegisters(into, (engine, at, take) => {
    engine.kernels.mergeRegisters(at, addressOf(from, engine, take), from.length);
  });
}

/** How many registers are above 0; `null` where one is above `most`. */
export function filledRegisters(registers: Uint8Array, most: number): number | null {
  return withScratch((engine, take) => {
    const at = addressOf(registers, engine, take);
    const filled = engine.kernels.filledRegisters(at, registers.length, most);
    return filled < 0 ? null : filled;
  });
}

/** Where registers lie in engine memory, or now do. */
function addressOf(registers: Uint8Array, { buffer, copyIn }: Engine, take: Take): number {
  if (registers.buffer === buffer) return registers.byteOffset;
  const at = take(registers.length);
  copyIn(registers, at);
  return at;
}

/** Bytes of texts, and texts, that are put together before they are hashed. */
const roomBytes = 65_536;
const roomTexts = 4096;

/** Texts by their UTF-8 bytes. */
export function registerTexts(registers: Uint8Array, precision: number, texts: Iterable<string>): void {
  withRegisters(registers, (engine, at, take) => {
    const { kernels, u32, u8 } = engine;
    const offsets = take((roomTexts + 1) * 4);
    const room = take(roomBytes);
    let waiting = 0;
    let bytes = 0;
    const flush = (): void => {
      kernels.registerTexts(at, precision, offsets, waiting, room);
      waiting = 0;
      bytes = 0;
    };
    u32[offsets / 4] = 0;
    for (const text of texts) {
      // A UTF-16 unit has at most three bytes.
      const most = text.length * 3;
      if (waiting === roomTexts || bytes + most > roomBytes) flush();
      if (most > roomBytes) {
        registerLong(engine, at, precision, text);
        continue;
      }
      bytes = encodeUtf8(text, u8, room + bytes) - room;
      u32[offsets / 4 + ++waiting] = bytes;
    }
    flush();
  });
}

function registerLong({ kernels, u8, u32 }: Engine, at: number, precision: number, text: string): void {
  withScratch((_, take) => {
    const offsets = take(8);
    const room = take(text.length * 3);
    u32[offsets / 4] = 0;
    u32[offsets / 4 + 1] = encodeUtf8(text, u8, room) - room;
    kernels.registerTexts(at, precision, offsets, 1, room);
  });
}

/** Runs `work` with the registers in engine memory. */
function withRegisters(
  registers: Uint8Array,
  work: (engine: Engine, at: number, take: (bytes: number) => number) => void,
): void {
  withScratch((engine, take) => {
    const at = take(registers.length);
    engine.copyIn(registers, at);
    work(engine, at, take);
    registers.set(engine.u8.subarray(at, at + registers.length));
  });
}
