/** Walks over two sorted runs; see assembly/walk.ts and assembly/full-walk.ts. */
import { unsignedFlip } from "./dense.js";
import type { Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Stretches left open by a plan: what was passed before each, and how many values of either side it holds. */
export interface Segments {
  readonly count: number;
  /** Four numbers a segment: i, j, number of reference values, number of current values. */
  readonly sizes: Uint32Array;
}

/** The largest |i·m - j·n| found, with its sign, and the smallest value that attains it (none when `gap` is 0). */
export interface Gap {
  readonly gap: bigint;
  readonly location: number | bigint | null;
}

/** Which gaps count: 1 those where the reference's distribution function is above, -1 where it is below, 0 both. */
export type Direction = -1 | 0 | 1;

/** Looks for a gap of more than `atLeast` or of exactly that size. `reference` and `current` hold the segments' values in a row. */
export function largestGap(
  reference: Values,
  current: Values,
  segments: Segments,
  n: number,
  m: number,
  atLeast: bigint,
  direction: Direction = 0,
): Gap {
  return withScratch((engine, take) => {
    const { kernels, i64 } = engine;
    const state = take(24);
    const at = state / 8;
    i64[at] = atLeast;
    i64[at + 1] = 0n;
    i64[at + 2] = 0n;
    const x = placeValues(reference, engine, take);
    const y = placeValues(current, engine, take);
    const sizes = take(segments.count * 16);
    engine.u32.set(segments.sizes.subarray(0, segments.count * 4), sizes / 4);
    const walk = reference instanceof Float64Array ? kernels.ksWalkF64 : kernels.ksWalkI64;
    walk(state, x, y, sizes, segments.count, BigInt(n), BigInt(m), direction);
    const gap = i64[at + 1]!;
    return { gap, location: gap === 0n ? null : readValue(reference, engine, at + 2) };
  });
}

/** Integral of |i·m - j·n| over the segments; `ends` holds two numbers a segment: where it begins and ends. */
export function areaBetween(
  reference: Float64Array,
  current: Float64Array,
  segments: Segments,
  ends: Float64Array,
  n: number,
  m: number,
): number {
  return withScratch((engine, take) => {
    const sum = take(16);
    engine.f64[sum / 8] = engine.f64[sum / 8 + 1] = 0;
    const x = placeValues(reference, engine, take);
    const y = placeValues(current, engine, take);
    const records = take(segments.count * 32);
    for (let k = 0; k < segments.count; k++) {
      const at = records + k * 32;
      engine.u32.set(segments.sizes.subarray(k * 4, k * 4 + 4), at / 4);
      engine.f64[at / 8 + 2] = ends[2 * k]!;
      engine.f64[at / 8 + 3] = ends[2 * k + 1]!;
    }
    engine.kernels.areaWalkF64(sum, x, y, records, segments.count, n, m);
    return sumOf(engine.f64[sum / 8]!, engine.f64[sum / 8 + 1]!);
  });
}

/** What a walk over everything knows so far: make one, pass it along from round to round. */
export interface Walked {
  readonly state: BigInt64Array;
}

/** Before the first value. */
export function startWalk(): Walked {
  return { state: new BigInt64Array(15) };
}

/** Continues a walk over all values of both sides by the next stretch. */
export function walkOn({ state }: Walked, reference: Values, current: Values, n: number, m: number): Walked {
  return withScratch((engine, take) => {
    const address = take(120);
    engine.i64.set(state, address / 8);
    const x = placeKeys(reference, engine, take);
    const y = placeKeys(current, engine, take);
    const walk = reference instanceof Float64Array ? engine.kernels.fullWalkF64 : engine.kernels.fullWalkI64;
    const scratch = take(engine.kernels.mergeScratch());
    walk(address, x, reference.length, y, current.length, BigInt(n), BigInt(m), scratch);
    return { state: engine.i64.slice(address / 8, address / 8 + 15) };
  });
}

/** What a finished walk found; `area` is the integral of |i·m - j·n|, `weighted` the sum inside A². */
export interface FullWalk extends Gap {
  readonly area: number;
  readonly weighted: number;
  /** Sum of the squared weights of A², times the squared number of values. */
  readonly spread: number;
  /** Number of different values. */
  readonly distinct: number;
  /** Values passed up to the location; not of placed walks. */
  readonly passed?: number;
}

/** Reads a walk's result; `like` is any array of the walked type. */
export function finishWalk({ state }: Walked, like: Values): FullWalk {
  const numbers = new Float64Array(state.buffer);
  const gap = state[3]!;
  const location = like instanceof BigUint64Array ? state[4]! - unsignedFlip : state[4]!;
  return {
    gap,
    location: gap === 0n ? null : like instanceof Float64Array ? valueOfKey(location) : location,
    area: sumOf(numbers[6]!, numbers[7]!),
    weighted: sumOf(numbers[8]!, numbers[9]!),
    spread: numbers[11]!,
    distinct: Number(state[12]!),
    passed: Number(state[14]!),
  };
}

/** A sum kept in two parts; of one that is infinite the low part is NaN. */
export function sumOf(high: number, low: number): number {
  return Number.isFinite(high) ? high + low : high;
}

/** Puts values into engine memory; unsigned integers as signed keys. */
export function placeValues(values: Values, engine: Engine, take: Take): number {
  const address = take(values.length * 8);
  if (values instanceof Float64Array) engine.f64.set(values, address / 8);
  else {
    engine.u8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
    if (values instanceof BigUint64Array) {
      engine.kernels.gatherKeys(address, 0, values.length, unsignedFlip, address);
    }
  }
  return address;
}

/** The same as keys, with their end: what walks over everything take. */
export function placeKeys(values: Values, engine: Engine, take: Take): number {
  if (!(values instanceof Float64Array)) return placeValues(values, engine, take);
  const address = take(values.length * 8 + 8);
  const inEngine = values.buffer === (engine.buffer as ArrayBufferLike);
  if (!inEngine) engine.f64.set(values, address / 8);
  engine.kernels.keysOf(inEngine ? values.byteOffset : address, values.length, address);
  return address;
}

const bits = new DataView(new ArrayBuffer(8));

function valueOfKey(key: bigint): number {
  bits.setBigInt64(0, key < 0n ? key ^ (2n ** 63n - 1n) : key);
  return bits.getFloat64(0);
}

function readValue(like: Values, engine: Engine, at: number): number | bigint {
  if (like instanceof Float64Array) return engine.f64[at]!;
  return like instanceof BigUint64Array ? engine.i64[at]! - unsignedFlip : engine.i64[at]!;
}
