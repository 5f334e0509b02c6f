/** Moments over a column: 1 024 rows a kernel call, 16 384 rows a partial state, partial states folded in order. */
import { blockRows, type Dense, eachBlock, type Resident, type Seen, unsignedFlip } from "./dense.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Kernel state read back; see assembly/moments.ts. Scaled by 2^-exponent, min and max too. */
export interface MomentsState {
  readonly count: number;
  readonly mean: number;
  readonly meanLow: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  readonly min: number;
  readonly max: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  readonly nan: number;
  readonly seen: Seen;
}

const partialBlocks = 16;

/**
 * @param order 2: count, mean and m2 only. 4: everything
 * @param exponent the values are divided by 2^exponent first
 * @param origin subtracted from 64-bit integer keys first
 * @param about moments of the distances |x - about|, `about` divided by 2^exponent too
 */
export function momentsOf(
  column: Dense,
  order: 2 | 4,
  exponent: number,
  origin: bigint,
  about: { readonly offset: number; readonly low: number } | null = null,
): MomentsState {
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const size = kernels.momentsSize();
    const total = take(size);
    const partial = take(size);
    const scratch = take(blockRows * 8);
    kernels.momentsInit(total);
    kernels.momentsInit(partial);
    const update = order === 2 ? kernels.momentsUpdate2 : kernels.momentsUpdate4;
    const half = Math.trunc(exponent / 2);
    // What is scaled or moved in place must not be a resident column's only copy.
    const changes = column.representation !== "f64" || exponent !== 0 || about !== null;
    const own = changes && column.resident ? take(blockRows * 8) : null;
    let blocks = 0;
    const add = (from: number, length: number): void => {
      if (own !== null) engine.u8.copyWithin(own, from, from + length * 8);
      const address = own ?? from;
      if (column.representation !== "f64") kernels.keysFrom(address, length, origin);
      if (exponent !== 0) kernels.scale(address, length, 2 ** -half, 2 ** (half - exponent));
      if (about !== null) kernels.distancesFrom(address, length, about.offset, about.low);
      update(partial, address, length, scratch);
      blocks += Math.max(1, Math.ceil(length / blockRows));
      if (blocks % partialBlocks === 0) {
        kernels.momentsMerge(total, partial);
        kernels.momentsInit(partial);
      }
    };
    const seen = eachBlock(column, engine, take, add, own === null ? partialBlocks * blockRows : blockRows);
    kernels.momentsMerge(total, partial);
    return momentsRead(total, f64, seen);
  });
}

/** The same of order 4, of values in engine memory that are at most one partial state. */
export function momentsAt({ address, seen, lengths }: Resident, { kernels, f64 }: Engine, take: Take): MomentsState {
  const total = take(kernels.momentsSize());
  const partial = take(kernels.momentsSize());
  const scratch = take(blockRows * 8);
  kernels.momentsInit(total);
  kernels.momentsInit(partial);
  if (lengths) {
    let at = address;
    for (const length of lengths) {
      kernels.momentsUpdate4(partial, at, length, scratch);
      at += length * 8;
    }
  } else kernels.momentsUpdate4(partial, address, seen.values, scratch);
  kernels.momentsMerge(total, partial);
  return momentsRead(total, f64, seen);
}

/** Rows of a partial state. */
export const partialRows = partialBlocks * blockRows;

/** A state as the kernels left it. */
export function momentsRead(state: number, f64: Float64Array, seen: Seen): MomentsState {
  const at = state / 8;
  return {
    count: f64[at]!,
    mean: f64[at + 1]!,
    meanLow: f64[at + 2]!,
    m2: f64[at + 3]! + f64[at + 4]!,
    m3: f64[at + 5]!,
    m4: f64[at + 6]!,
    min: f64[at + 7]!,
    max: f64[at + 8]!,
    positiveInfinity: f64[at + 9]!,
    negativeInfinity: f64[at + 10]!,
    nan: f64[at + 11]!,
    seen,
  };
}

/** Smallest and largest 64-bit integer of a column of representation i64 or u64, `null` when it has no value. */
export function integerRange(column: Dense): { min: bigint; max: bigint } | null {
  return withScratch((engine, take) => {
    const out = take(16);
    const at = out / 8;
    engine.i64[at] = 2n ** 63n - 1n;
    engine.i64[at + 1] = -(2n ** 63n);
    const { values } = eachBlock(column, engine, take, (address, length) => {
      engine.kernels.keyRange(address, length, out);
    });
    if (values === 0) return null;
    const flip = column.representation === "u64" ? unsignedFlip : 0n;
    return { min: engine.i64[at]! - flip, max: engine.i64[at + 1]! - flip };
  });
}
