/**
 * Scratch space in the shared memory. A call takes what it needs from the top of a stack and everything goes back when
 * it returns, so nothing outlives the call that put it there. Every thread has a stack of its own: the main thread's
 * begins at the bottom of the memory, a worker's in the region that its task was given.
 */
import { type Engine, memoryEnd, theEngine } from "./memory.js";

/** One call needs more than the 4 GiB of engine memory. */
export class MemoryError extends RangeError {
  override readonly name = "MemoryError";
}

/** Hands out `bytes` of memory, 64-byte aligned, and returns the address. @throws MemoryError when the memory is full */
export type Take = (bytes: number) => number;

/** Addresses from `start` up to `end`. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

let top = 0;
let limit = memoryEnd;
let ranOut = false;

/** Runs `work` with the engine and a `take`; nested calls stack. */
export function withScratch<R>(work: (engine: Engine, take: Take) => R): R {
  const engine = theEngine();
  if (top === 0) top = align(engine.kernels.heapBase() >>> 0);
  const base = top;
  const take = (bytes: number): number => {
    const address = top;
    const end = align(address + bytes);
    if (end > limit) {
      ranOut = true;
      throw new MemoryError(
        `smirnov: ${bytes} bytes do not fit into engine memory, ${limit - address} are free; compare in smaller parts`,
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

/** Where the main thread's stack has to end while workers use what lies behind. */
export function limitScratch(end: number): void {
  limit = end;
}

/** Runs `work` with a stack in a region. */
export function withinRegion<R>({ start, end }: Region, work: () => R): R {
  const before = { top, limit };
  [top, limit] = [align(start), end];
  try {
    return work();
  } finally {
    ({ top, limit } = before);
  }
}

/** The same of work that waits in between, on a thread that does nothing else meanwhile, and watched like `watchingMemory`. */
export async function withinRegionLong<R>({ start, end }: Region, work: () => Promise<R>): Promise<Watched<R>> {
  const before = { top, limit, ranOut };
  [top, limit, ranOut] = [align(start), end, false];
  try {
    const result = await work();
    return ranOut ? { ranOut } : { ranOut: false, result };
  } catch (error) {
    if (ranOut) return { ranOut };
    throw error;
  } finally {
    ({ top, limit, ranOut } = before);
  }
}

/** What work came to: `ranOut` if it would have had more memory, on which its result then depends. */
export type Watched<R> = { readonly ranOut: false; readonly result: R } | { readonly ranOut: true };

/** Runs `work` and notices when the memory does not suffice, even where `work` makes a result of that. */
export function watchingMemory<R>(work: () => R): Watched<R> {
  const before = ranOut;
  ranOut = false;
  try {
    const result = work();
    return ranOut ? { ranOut } : { ranOut: false, result };
  } catch (error) {
    if (error instanceof MemoryError) return { ranOut: true };
    throw error;
  } finally {
    ranOut = before;
  }
}

/** The next multiple of 64. */
export function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}
