/** Values that come in order: how many distinct ones there are, and which are the most frequent; see assembly/frequent.ts. */
import type { Values } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** What is known so far: make one, pass it along from stretch to stretch. */
export interface Frequent {
  readonly state: BigInt64Array;
  /** Whether all values are whole numbers. */
  readonly whole: boolean;
}

/** A value, and how many times it occurs. */
export interface CountedValue {
  readonly value: number | bigint;
  readonly count: number;
}

const stateWords = 22;

export function startFrequent(): Frequent {
  return { state: new BigInt64Array(stateWords), whole: true };
}

/** Goes on with values in order, without -0 and NaN, that are all larger than those before. */
export function frequentOn(known: Frequent, values: Values): Frequent {
  return withScratch((engine, take) => {
    const { kernels, i64, buffer } = engine;
    const inEngine = values.buffer === (buffer as ArrayBufferLike);
    const address = take(kernels.frequentSize());
    const at = address / 8;
    i64.set(known.state, at);
    let { whole } = known;
    for (let from = 0; from < values.length; ) {
      const to = inEngine ? values.length : endOf(values, from);
      const part = values.subarray(from, to);
      withScratch((_, takePart) => {
        const placed = inEngine ? part.byteOffset : copied(part, engine, takePart);
        kernels.frequentUpdate(address, placed, part.length);
        whole &&= !(values instanceof Float64Array) || kernels.areWhole(placed, part.length) === 1;
      });
      from = to;
    }
    return { state: i64.slice(at, at + stateWords), whole };
  });
}

/** Values that are copied at once. */
const copiedValues = 65_536;

/** Where a part may end that begins at a place: equal values stay together. */
function endOf(values: Values, from: number): number {
  let end = Math.min(from + copiedValues, values.length);
  while (end < values.length && values[end] === values[end - 1]) end++;
  return end;
}

/** At most ten values that occur more than once, most frequent first, of equally frequent ones the smallest. */
export function finishFrequent(
  { state }: Frequent,
  like: Values,
): { readonly distinct: number; readonly mostCommon: readonly CountedValue[] } {
  const doubles = new Float64Array(state.buffer);
  const read = (word: number): number | bigint => {
    if (like instanceof Float64Array) return doubles[word]!;
    return like instanceof BigUint64Array ? BigInt.asUintN(64, state[word]!) : state[word]!;
  };
  const mostCommon = Array.from({ length: Number(state[1]) }, (_, k) => {
    return { value: read(2 + 2 * k), count: Number(state[3 + 2 * k]) };
  });
  return { distinct: Number(state[0]), mostCommon };
}

function copied(values: Values, engine: Engine, take: Take): number {
  const address = take(values.length * 8);
  engine.copyIn(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), address);
  return address;
}
