/**
 * A column of numbers, truth values or points in time that is profiled as it comes. Rows are taken in blocks of 65 536
 * counted from the first, nulls included, so that nothing depends on the pieces in which they come: of a block that
 * comes in several, the values are kept until it is full.
 */
import { bitAt } from "../column/bits.js";
import { sliceChunk } from "../column/slice.js";
import { bitsOf, type FixedChunk } from "../engine/chunk.js";
import { denseOf } from "../engine/dense.js";
import { sortedBlock } from "../engine/key-cells.js";
import { denseValues } from "../engine/sample.js";
import { addDistinctNumbers, emptyDistinct, mergeDistinct } from "../sketch/distinct-sketch.js";
import { addQuantiles, emptyQuantiles, mergeQuantiles } from "../sketch/quantile-sketch.js";
import { denseSource } from "../source/values.js";
import { accumulatorOfCells, addCells, type CellsAccumulator, emptyCells, keyCellsOf, mostCells } from "./cells.js";
import { copiedDistinct, copiedQuantiles } from "./copied-sketches.js";
import { blockMoments, emptyMoments, mergedMoments } from "./moments.js";
import type { NumberProfile } from "./profile.js";

/** Rows of a block. */
export const blockRows = 65_536;

export interface NumberAccumulator extends Pick<NumberProfile, "quantiles" | "distinct"> {
  kind: NumberProfile["kind"];
  type: string;
  unitsPerSecond: number;
  rows: number;
  null: number;
  nan: number;
  moments: NumberProfile["moments"];
  readonly cells: CellsAccumulator;
  /** Rows of the block that is not full yet, and its values. */
  blockRows: number;
  blockValues: number;
  block: Float64Array;
}

type Described = Pick<NumberProfile, "kind" | "type" | "unitsPerSecond">;

export function emptyNumbers({ kind, type, unitsPerSecond }: Described): NumberAccumulator {
  return {
    kind,
    type,
    unitsPerSecond,
    rows: 0,
    null: 0,
    nan: 0,
    moments: emptyMoments,
    cells: emptyCells(),
    quantiles: emptyQuantiles(),
    distinct: emptyDistinct(),
    blockRows: 0,
    blockValues: 0,
    block: new Float64Array(0),
  };
}

/** Adds rows in order; nothing of the chunk is kept. */
export function addNumbers(to: NumberAccumulator, chunk: FixedChunk): void {
  for (let from = 0; from < chunk.length; ) {
    const rows = Math.min(blockRows - to.blockRows, chunk.length - from);
    if (rows === blockRows) addBlock(to, rows, valuesOf(chunk, from, rows));
    else {
      keep(to, chunk, from, rows);
      if (to.blockRows === blockRows) finishBlock(to);
    }
    from += rows;
  }
}

/** Adds rows without values. */
export function addNulls(to: NumberAccumulator, rows: number): void {
  for (let left = rows; left > 0; ) {
    const some = Math.min(blockRows - to.blockRows, left);
    to.blockRows += some;
    if (to.blockRows === blockRows) finishBlock(to);
    left -= some;
  }
}

/** A profile of everything that was added; the accumulator can go on. */
export function numberProfile(of: NumberAccumulator): NumberProfile {
  const {
    kind,
    type,
    unitsPerSecond,
    rows,
    null: nulls,
    nan,
    moments,
    cells,
    quantiles,
    distinct,
  } = of.blockRows === 0 ? of : finished(of);
  return {
    kind,
    type,
    unitsPerSecond,
    missing: { rows, null: nulls, nan },
    moments,
    cells: keyCellsOf(cells),
    quantiles: copiedQuantiles(quantiles),
    distinct: copiedDistinct(distinct),
  };
}

/** What other profiles can be added to. */
export function accumulatorOfNumbers(profile: NumberProfile): NumberAccumulator {
  const { missing, moments, cells, quantiles, distinct } = profile;
  return {
    ...emptyNumbers(profile),
    ...missing,
    moments,
    cells: accumulatorOfCells(cells),
    quantiles: copiedQuantiles(quantiles),
    distinct: copiedDistinct(distinct),
  };
}

/** Adds another profile, which stays as it is, to one that has no block begun. */
export function addNumberProfile(
  to: NumberAccumulator,
  { missing, moments, cells, quantiles, distinct }: NumberProfile,
): void {
  to.rows += missing.rows;
  to.null += missing.null;
  to.nan += missing.nan;
  if (missing.rows === missing.null + missing.nan) return;
  to.moments = mergedMoments(to.moments, moments);
  addCells(to.cells, cells);
  mergeQuantiles(to.quantiles, quantiles);
  mergeDistinct(to.distinct, distinct);
}

/** The same with the rest of its rows in. */
function finished(of: NumberAccumulator): NumberAccumulator {
  const { cells, quantiles, distinct } = of;
  const copy = {
    ...of,
    cells: accumulatorOfCells(keyCellsOf(cells)),
    quantiles: copiedQuantiles(quantiles),
    distinct: copiedDistinct(distinct),
  };
  finishBlock(copy);
  return copy;
}

function finishBlock(to: NumberAccumulator): void {
  addBlock(to, to.blockRows, to.block.subarray(0, to.blockValues));
  to.blockRows = to.blockValues = 0;
}

/** @param values all but nulls, in the order of the rows */
function addBlock(to: NumberAccumulator, rows: number, values: Float64Array): void {
  to.rows += rows;
  to.null += rows - values.length;
  if (values.length === 0) return;
  const { sorted, cells } = sortedBlock(values, to.cells.shift, mostCells);
  to.nan += values.length - sorted.length;
  if (sorted.length === 0) return;
  to.moments = mergedMoments(to.moments, blockMoments(denseSource(denseOf(values)).moments(4)));
  addCells(to.cells, cells);
  addQuantiles(to.quantiles, sorted);
  addDistinctNumbers(to.distinct, sorted);
}

/** Keeps a part of a block. */
function keep(to: NumberAccumulator, chunk: FixedChunk, from: number, rows: number): void {
  const needed = to.blockValues + rows;
  if (needed > to.block.length) {
    const { block } = to;
    to.block = new Float64Array(Math.min(blockRows, Math.max(needed, 2 * block.length, 64)));
    to.block.set(block);
  }
  to.blockRows += rows;
  if (chunk.layout !== "f64" || rows > fewRows) {
    const values = valuesOf(chunk, from, rows);
    to.block.set(values, to.blockValues);
    to.blockValues += values.length;
    return;
  }
  const { bytes, validity, validityOffset } = chunk;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let row = from; row < from + rows; row++) {
    if (validity && bitAt(validity, validityOffset + row) === 0) continue;
    to.block[to.blockValues++] = view.getFloat64(row * 8, true);
  }
}

/** Up to so many rows are read one by one, which takes less time than to set up more. */
const fewRows = 64;

/** All but nulls, as doubles, perhaps on the chunk's own memory. */
function valuesOf(chunk: FixedChunk, from: number, rows: number): Float64Array {
  const { layout, bytes, validity } = chunk;
  const start = bytes.byteOffset + from * (bitsOf[layout] / 8);
  if (layout === "f64" && !validity && start % 8 === 0) return new Float64Array(bytes.buffer, start, rows);
  const piece = sliceChunk(chunk, from, from + rows) as FixedChunk;
  return denseValues({ chunks: [piece], rows, representation: "f64", selection: null });
}
