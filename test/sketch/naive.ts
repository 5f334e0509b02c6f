/** What sketches are compared with: ranks by counting, and ways to make and break sketches. */
import fc from "fast-check";
import type { DistinctSketch } from "../../dist/sketch/distinct-sketch.js";
import {
  addQuantiles,
  emptyQuantiles,
  mergeQuantiles,
  type QuantileSketch,
} from "../../dist/sketch/quantile-sketch.js";
import { sortedView } from "../../dist/sketch/sorted-view.js";

export const sketchOf = (k: number, ...blocks: readonly Float64Array[]): QuantileSketch => {
  const sketch = emptyQuantiles(k);
  for (const block of blocks) addQuantiles(sketch, block);
  return sketch;
};

/** All that a sketch of either kind is, as text: comparing values one by one takes long. */
export const written = (sketch: QuantileSketch | DistinctSketch): string =>
  JSON.stringify(sketch, (_, value) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")
      : typeof value === "number"
        ? String(value)
        : value,
  );

/** Values in pieces of `rows`, each of them sorted. */
export function blocksOf(values: Float64Array, rows: number): Float64Array[] {
  const count = Math.ceil(values.length / rows);
  return Array.from({ length: count }, (_, k) => values.slice(k * rows, (k + 1) * rows).sort());
}

/** The largest distance between estimated and true ranks, of values at or below and of values below, over all points. */
export function worstError(sketch: QuantileSketch, values: Float64Array): number {
  const sorted = values.slice().sort();
  const { values: kept, ranks } = sortedView(sketch);
  let worst = 0;
  let k = 0;
  for (let i = 0; i < sorted.length; ) {
    const x = sorted[i]!;
    while (k < kept.length && kept[k]! < x) k++;
    worst = Math.max(worst, Math.abs(i - (k > 0 ? ranks[k - 1]! : 0)));
    while (i < sorted.length && sorted[i] === x) i++;
    while (k < kept.length && kept[k] === x) k++;
    worst = Math.max(worst, Math.abs(i - (k > 0 ? ranks[k - 1]! : 0)));
  }
  return worst;
}

/** A stream of random numbers in [0, 1) (mulberry32). */
export function randoms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What happens to a sketch: a block is added, or a sketch with a history of its own. */
export type History = readonly (Float64Array | History)[];

const special = [Infinity, -Infinity, -0, 0, 5e-324, -1e308, 1e308];
const valuesOf: ((random: () => number) => number)[] = [
  (random) => random() - 0.5,
  (random) => Math.floor(random() * 4) - 1,
  (random) => special[Math.floor(random() * special.length)]!,
  (random) => (random() - 0.5) * 10 ** (600 * random() - 300),
];
const block = fc
  .tuple(fc.integer(), fc.integer({ min: 0, max: 250 }), fc.constantFrom(...valuesOf))
  .map(([seed, length, make]) => {
    const random = randoms(seed);
    return Float64Array.from({ length }, () => make(random)).sort();
  });
export const histories: fc.Arbitrary<History> = fc.letrec<{ history: History }>((tie) => ({
  history: fc.array(fc.oneof({ depthSize: "small", withCrossShrink: true }, block, tie("history")), {
    maxLength: 6,
    size: "max",
  }),
})).history;

/** The sketch of a history, and all values that were added. */
export function lived(history: History, k: number): { sketch: QuantileSketch; all: number[] } {
  const sketch = emptyQuantiles(k);
  const all: number[] = [];
  for (const step of history) {
    if (step instanceof Float64Array) {
      addQuantiles(sketch, step);
      all.push(...step);
    } else {
      const other = lived(step, k);
      mergeQuantiles(sketch, other.sketch);
      all.push(...other.all);
    }
  }
  return { sketch, all };
}
