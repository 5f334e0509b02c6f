/**
 * Scratch space in the shared memory. A call takes what it needs from the top of a stack and everything goes back when
 * it returns, so nothing outlives the call that put it there.
 */
import { type Engine, memoryEnd, theEngine } from "./memory.js";

/** One call needs more than the 4 GiB of engine memory. */
export class MemoryError extends RangeError {
  override readonly name = "MemoryError";
}

/** Hands out `bytes` of memory, 64-byte aligned, and returns the address. @throws MemoryError when the memory is full */
export type Take = (bytes: number) => number;

let top = 0;

/** Runs `work` with the engine and a `take`; nested calls stack. */
export function withScratch<R>(work: (engine: Engine, take: Take) => R): R {
  const engine = theEngine();
  if (top === 0) top = align(engine.kernels.heapBase() >>> 0);
  const base = top;
  const take = (bytes: number): number => {
    const address = top;
    const end = align(address + bytes);
    if (end > memoryEnd) {
      throw new MemoryError(
        `smirnov: ${bytes} bytes do not fit into engine memory, ${memoryEnd - address} are free; compare in smaller parts`,
      );
    }
    top = end;
    return address;
  };
  try {
    return work(engine, take);
  } finally {
    top = base;
  }
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}
