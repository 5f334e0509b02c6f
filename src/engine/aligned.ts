/** Rows of a column in their order, as doubles with NaN where one is missing. */
import { bitsOf, type FixedChunk } from "./chunk.js";
import { eachBlock } from "./dense.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Reads the rows that follow: puts `rows` of them at an address. */
export type RowReader = (rows: number, engine: Engine, address: number) => void;

/** Reads a column from its first row on; what it remembers is where it stands. */
export function rowReader(chunks: readonly FixedChunk[]): RowReader {
  let [chunk, from] = [0, 0];
  return (rows, engine, address) => {
    for (let done = 0; done < rows; ) {
      const own = chunks[chunk]!;
      const part = Math.min(rows - done, own.length - from);
      if (part > 0) placeRows(own, from, part, engine, address + done * 8);
      done += part;
      from += part;
      if (from === own.length) [chunk, from] = [chunk + 1, 0];
    }
  };
}

/** Some rows of a chunk as doubles, NaN where one is missing. */
function placeRows(chunk: FixedChunk, from: number, rows: number, engine: Engine, out: number): void {
  if (chunk.layout === "f64") engine.copyIn(chunk.bytes.subarray(from * 8, (from + rows) * 8), out);
  else withScratch((_, take) => gatherRows(chunk, from, rows, engine, take, out));
  if (chunk.validity === null) return;
  const { validity, validityOffset } = chunk;
  withScratch((_, take) => {
    const first = validityOffset + from;
    const bytes = validity.subarray(Math.floor(first / 8), Math.ceil((first + rows) / 8));
    const bits = take(bytes.length);
    engine.copyIn(bytes, bits);
    engine.kernels.blankUnset(out, rows, bits, first % 8);
  });
}

function gatherRows(chunk: FixedChunk, from: number, rows: number, engine: Engine, take: Take, out: number): void {
  const width = bitsOf[chunk.layout];
  const firstBit = chunk.bitOffset + from * width;
  const bytes = chunk.bytes.subarray(Math.floor(firstBit / 8), Math.ceil((firstBit + rows * width) / 8));
  const part: FixedChunk = { ...chunk, length: rows, bytes, bitOffset: firstBit % 8, validity: null };
  let at = out;
  eachBlock({ chunks: [part], rows, representation: "f64", selection: null }, engine, take, (address, length) => {
    engine.u8.copyWithin(at, address, address + length * 8);
    at += length * 8;
  });
}
