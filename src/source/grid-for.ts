/**
 * Which grid suits a column: the one that spreads a sample of it most evenly. Results do not depend on the choice, only
 * the time they take.
 */

import { countCells } from "../engine/cells.js";
import { denseOf, unsignedFlip } from "../engine/dense.js";
import { mostFineCells } from "../engine/fine-cells.js";
import type { Grid, Values } from "../engine/grid.js";

/** Values in a sample; sorting them costs less than a hundredth of counting a million values. */
export const sampleSize = 1024;

/** A grid of at most `count` cells from a sorted sample. */
export function gridFor(sample: Values, count: number): Grid {
  if (!(sample instanceof Float64Array)) return wideGrid(sample, count);
  // What is equal shares a cell of any grid.
  const finite = sample.filter((x, k) => Number.isFinite(x) && x !== sample[k - 1]);
  const least = finite[0] ?? 0;
  const most = finite[finite.length - 1] ?? 0;
  const tail = Math.floor(finite.length / 100);
  const shapes: readonly ((cells: number) => Grid | null)[] = [
    (cells) => byScale(least, most, cells),
    (cells) => byScale(finite[tail] ?? 0, finite[finite.length - 1 - tail] ?? 0, cells),
    (cells) => byKey(keyOf(least), keyOf(most), cells),
  ];
  let best: Grid = byKey(keyOf(least), keyOf(most), count);
  let fewest = Number.POSITIVE_INFINITY;
  for (const shape of shapes) {
    const coarse = shape(sampleSize);
    const crowding = coarse ? crowdingOf(finite, coarse, count) : Number.POSITIVE_INFINITY;
    if (crowding < fewest) {
      fewest = crowding;
      best = shape(count)!;
    }
  }
  return best;
}

/**
 * How many pairs of the sample would share a cell of the fine grid with `count` cells: of those that share an inner
 * cell of the coarse one, about as many fewer as its cells are wider; of those in the two outer cells, all.
 */
function crowdingOf(sample: Float64Array, coarse: Grid, count: number): number {
  const { counts } = countCells(denseOf(sample), coarse);
  const pairs = (cell: number): number => counts[cell]! * (counts[cell]! - 1);
  let inner = 0;
  for (let cell = 1; cell < coarse.count - 1; cell++) inner += pairs(cell);
  return pairs(0) + pairs(coarse.count - 1) + (inner * coarse.count) / count;
}

function wideGrid(sample: BigInt64Array | BigUint64Array, count: number): Grid {
  const flip = sample instanceof BigUint64Array ? unsignedFlip : 0n;
  return byKey((sample[0] ?? 0n) + flip, (sample[sample.length - 1] ?? 0n) + flip, count);
}

/** `null` where the range gives no usable scale. */
function byScale(least: number, most: number, count: number): Grid | null {
  const scale = (count - 1) / (most - least);
  // Below 2^-960 the product with a subnormal difference loses the order of neighbours; the key form keeps it.
  return scale > 2 ** -960 && scale < 2 ** 1000 ? { by: "scale", low: least, scale, count } : null;
}

/** A grid whose inner cells divide the values from `least` to `most`; all others are in its first and last cell. */
export function gridBetween(least: number | bigint, most: number | bigint, unsigned: boolean, count: number): Grid {
  const key = (value: number | bigint): bigint =>
    typeof value === "number" ? keyOf(value) : value + (unsigned ? unsignedFlip : 0n);
  return byKey(key(least), key(most), count);
}

/** One cell below `least` and one above `most`, so that a constant with a few strangers stays apart from them. */
function byKey(least: bigint, most: bigint, count: number): Grid {
  const range = most - least;
  const cells = BigInt(Math.max(1, count - 3));
  let shift = 0n;
  while (range >> shift > cells) shift++;
  const below = least - (1n << shift);
  const low = below < -(2n ** 63n) ? -(2n ** 63n) : below;
  return { by: "key", low, shift: Number(shift), count: Number((most - low) >> shift) + 2 };
}

const bits = new DataView(new ArrayBuffer(8));

/** Integers in the order of the doubles, as assembly/grid.ts makes them. */
function keyOf(x: number): bigint {
  bits.setFloat64(0, x + 0);
  const key = bits.getBigInt64(0);
  return key < 0n ? key ^ (2n ** 63n - 1n) : key;
}

/** How many cells suit a comparison of `size` values: about `perCell` values a cell. */
export function cellsFor(size: number, perCell = 16): number {
  return Math.min(Math.max(Math.ceil(size / perCell), 64), 65_536);
}

/** How many suit looking for the largest of gaps that are all small: about two dozen values in each. */
export function fineCellsFor(size: number): number {
  return Math.min(Math.ceil(size / 24), mostFineCells);
}

/**
 * How many cells suit ordering all values: as many as the processor can write to in turns with their pages at hand. Each
 * is sorted by itself.
 */
export const cellsToOrder = 56;

/** Where that makes cells of more values than memory should be asked for at once, more cells. */
export function cellsToWalk(size: number): number {
  return size <= 2 ** 24 ? cellsToOrder : Math.min(Math.ceil(size / 2 ** 18), 4096);
}
