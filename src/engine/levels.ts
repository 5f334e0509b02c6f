/** Levels of sorted values, as quantile sketches have them: merged, and halved where they are full. See assembly/runs.ts. */
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Ascending values level by level, and how many there are of each level. */
export interface Levels {
  readonly values: Float64Array;
  readonly sizes: readonly number[];
}

/** When a level is halved, and how. */
export interface Halving {
  /** Values of all levels together up to which nothing is halved. */
  readonly most: number;
  /** Values of a level that lies `below` the largest one from which on it may be halved, at least 2. */
  capacity(below: number): number;
  /** Which values a halving of level h keeps: 0 the first, third, …, 1 the others. */
  toss(h: number): number;
}

/**
 * Two sketches' levels in one, in the buffer of the first where it is long enough. While there are too many values, levels that are full are halved from the lowest one up:
 * every other value goes up a level, and of an odd number the last stays.
 */
export function foldLevels(a: Levels, b: Levels, halving: Halving): Levels {
  return withScratch((engine, take) => {
    const { f64 } = engine;
    const bytes = 8 * (a.values.length + b.values.length);
    const place = ({ values, sizes }: Levels): Placed => ({ at: addressOf(values, engine, take), sizes });
    const sweep = sweeper(engine, halving, take(bytes), take(bytes));
    const rooms = [take(bytes), take(bytes)];
    let total = bytes / 8;
    let from = place(a);
    let other = place(b);
    for (let round = 0; ; round++) {
      const at = rooms[round % 2]!;
      const sizes = sweep(from, other, total, at);
      total = sizes.reduce((sum, size) => sum + size, 0);
      if (total <= halving.most) {
        const values = roomFor(total, a.values, halving.most);
        values.set(f64.subarray(at / 8, at / 8 + total));
        return { values, sizes };
      }
      from = { at, sizes };
      other = { at, sizes: [] };
    }
  });
}

/** Whether all values ascend within their levels and lie between `min` and `max`, and no zero is negative. */
export function ascend({ values, sizes }: Levels, min: number, max: number): boolean {
  return withScratch((engine, take) => {
    let at = addressOf(values, engine, take);
    for (const size of sizes) {
      if (engine.kernels.ascends(at, size, min, max) === 0) return false;
      at += 8 * size;
    }
    return true;
  });
}

/** Where values lie in engine memory, or now do. */
function addressOf(values: Float64Array, { f64, buffer }: Engine, take: Take): number {
  if (values.buffer === buffer) return values.byteOffset;
  const at = take(values.byteLength);
  f64.set(values, at / 8);
  return at;
}

/** Merging thousands of sketches must not leave as many buffers behind. */
function roomFor(length: number, old: Float64Array, most: number): Float64Array {
  if (old.buffer.byteLength - old.byteOffset >= 8 * length) return new Float64Array(old.buffer, old.byteOffset, length);
  return new Float64Array(Math.max(length, Math.min(2 * length, most))).subarray(0, length);
}

interface Placed {
  readonly at: number;
  readonly sizes: readonly number[];
}

/** One pass from the lowest level up, of `total` values, to `out`; returns the sizes of the levels there. */
function sweeper(
  { kernels, f64 }: Engine,
  { most, capacity, toss }: Halving,
  both: number,
  risen: number,
): (a: Placed, b: Placed, total: number, out: number) => number[] {
  return (a, b, total, out) => {
    const top = Math.max(a.sizes.length, b.sizes.length) - 1;
    const sizes: number[] = [];
    let left = total;
    let atA = a.at;
    let atB = b.at;
    let to = out;
    let rising = 0;
    for (let h = 0; h <= top || rising > 0; h++) {
      const sizeA = a.sizes[h] ?? 0;
      const sizeB = b.sizes[h] ?? 0;
      const size = sizeA + sizeB + rising;
      if (size === 0) {
        sizes.push(0);
        continue;
      }
      if (size === rising) kernels.mergeRuns(risen, rising, risen, 0, to);
      else if (rising === 0) kernels.mergeRuns(atA, sizeA, atB, sizeB, to);
      else if (sizeA === 0 || sizeB === 0) kernels.mergeRuns(sizeA > 0 ? atA : atB, sizeA + sizeB, risen, rising, to);
      else {
        kernels.mergeRuns(atA, sizeA, atB, sizeB, both);
        kernels.mergeRuns(both, sizeA + sizeB, risen, rising, to);
      }
      atA += 8 * sizeA;
      atB += 8 * sizeB;
      rising = 0;
      let stay = size;
      if (left > most && size >= capacity(top - h)) {
        rising = size >>> 1;
        stay = size & 1;
        left -= rising;
        kernels.everyOther(to + 8 * toss(h), rising, risen);
        if (stay === 1) f64[to / 8] = f64[to / 8 + size - 1]!;
      }
      to += 8 * stay;
      sizes.push(stay);
    }
    return sizes;
  };
}
