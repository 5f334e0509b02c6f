/** Distances of pooled values under other labels; see assembly/labels.ts. */
import type { Engine } from "./memory.js";
import { generator } from "./random.js";
import { withScratch } from "./workspace.js";

/** What is measured: the largest gap, the area under it or its square, the reference's sum. */
export type Measure = "gap" | "area" | "squares" | "sum";

/** Values of both sides together, in order. */
export interface Pooled {
  readonly n: number;
  readonly m: number;
  /** 1 for a value of the reference, 0 for one of the current side; in all of them n ones. */
  readonly labels: Uint8Array;
  /** 1 at the last of equal values. Of `area`, `squares` and `sum` it is not looked at. */
  readonly ends: Uint8Array;
  /** `area`, `squares`: how far the next value lies above. `sum`: the values. Of the others it is empty. */
  readonly weights: Float64Array;
}

/** Measures the pooled values under labels: given ones, or drawn ones. */
export interface Relabelled {
  of(labels: Uint8Array): number;
  drawn(): number;
}

/** Runs `work` with the pooled values in engine memory; draws depend on the seed alone. */
export function withLabels<R>(pooled: Pooled, measure: Measure, seed: number, work: (under: Relabelled) => R): R {
  return withScratch((engine, take) => {
    const { n, ends, weights } = pooled;
    const length = pooled.labels.length;
    const labels = take(length);
    const placed = measure === "gap" ? take(length) : take(length * 8);
    if (measure === "gap") engine.u8.set(ends, placed);
    else engine.f64.set(weights, placed / 8);
    const state = generator(engine, take, seed);
    const measured = () => measureOf(engine, measure, labels, placed, pooled);
    return work({
      of(given) {
        engine.u8.set(given, labels);
        return measured();
      },
      drawn() {
        engine.kernels.chooseLabels(state, n, length, labels);
        return measured();
      },
    });
  });
}

function measureOf({ kernels }: Engine, measure: Measure, labels: number, placed: number, { n, m, ...pooled }: Pooled) {
  const { length } = pooled.labels;
  const [ofReference, ofCurrent] = [BigInt(n), BigInt(m)];
  switch (measure) {
    case "gap":
      return kernels.labelledGap(labels, placed, length, ofReference, ofCurrent);
    case "area":
      return kernels.labelledArea(labels, placed, length, ofReference, ofCurrent);
    case "squares":
      return kernels.labelledSquares(labels, placed, length, ofReference, ofCurrent);
    case "sum":
      return kernels.labelledSum(labels, placed, length);
  }
}

/**
 * Hands the first `n` values and the rest to `visit` after each of `times` shuffles of all values.
 *
 * @param values both sides' values, the reference's first; not changed
 */
export function eachShuffle(
  values: Float64Array,
  n: number,
  times: number,
  seed: number,
  visit: (reference: Float64Array, current: Float64Array) => void,
): void {
  withScratch((engine, take) => {
    const state = generator(engine, take, seed);
    const address = take(values.length * 8);
    engine.f64.set(values, address / 8);
    for (let k = 0; k < times; k++) {
      engine.kernels.shuffleF64(state, address, values.length);
      const from = address / 8;
      // Copies: who gets them may keep them.
      visit(copyOf(engine.f64.subarray(from, from + n)), copyOf(engine.f64.subarray(from + n, from + values.length)));
    }
  });
}

function copyOf(shared: Float64Array): Float64Array {
  const copy = new Float64Array(shared.length);
  copy.set(shared);
  return copy;
}
