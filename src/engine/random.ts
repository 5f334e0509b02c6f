/** Seeded random choices; the generator is in assembly/sfc32.ts. */
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/**
 * A generator's state in engine memory.
 *
 * @param seed a whole number from 0 to 2^53 - 1
 * @param stream from 0 to 2047: generators of one seed that have nothing to do with each other
 */
export function generator(engine: Engine, take: Take, seed: number, stream = 0): number {
  const state = take(16);
  engine.kernels.seedRandom(state, seed % 2 ** 32, Math.floor(seed / 2 ** 32) + stream * 2 ** 21);
  return state;
}

/** `count` of the numbers from 0 to `size` - 1, ascending, all choices equally likely (Floyd's algorithm F2). */
export function chooseSome(size: number, count: number, seed: number, stream = 0): Float64Array {
  const chosen = new Set<number>();
  withScratch((engine, take) => {
    const state = generator(engine, take, seed, stream);
    const out = take(4);
    for (let last = size - count; last < size; last++) {
      engine.kernels.randomBelow(state, last + 1, 1, out);
      const drawn = engine.u32[out / 4]!;
      chosen.add(chosen.has(drawn) ? last : drawn);
    }
  });
  return Float64Array.from(chosen).sort();
}

/** The numbers from 0 to `count` - 1 in an order of which all are equally likely (Fisher and Yates). */
export function shuffled(count: number, seed: number, stream = 0): Float64Array {
  return withScratch((engine, take) => {
    const state = generator(engine, take, seed, stream);
    const order = take(count * 8);
    for (let k = 0; k < count; k++) engine.f64[order / 8 + k] = k;
    engine.kernels.shuffleF64(state, order, count);
    return engine.f64.slice(order / 8, order / 8 + count);
  });
}
