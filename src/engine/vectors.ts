/** Columns of vectors: mean vectors, distances row by row, and chosen rows; see assembly/vectors.ts. */
import { bitsOf, type Chunks, type FixedChunk, type VectorChunk } from "./chunk.js";
import { chunksInMemory } from "./in-memory.js";
import type { Engine } from "./memory.js";
import { withScratch } from "./workspace.js";

/** A column's chunks, all of one layout. */
export interface Vectors {
  readonly rows: number;
  readonly dimension: number;
  readonly chunks: Chunks<VectorChunk>;
}

/** Rows and what they hold: `nulls` are null or have a null component, of the others `nan` have a NaN. */
export interface VectorsSeen {
  readonly rows: number;
  readonly nulls: number;
  readonly nan: number;
}

/** Bytes brought into engine memory at once: with their sums they stay in the second-level cache. */
const stretchBytes = 1 << 17;

/** Some rows of a chunk in engine memory: as f32, or as f64. */
interface Placed {
  readonly address: number;
  readonly width: 4 | 8;
}

/** How many rows to place at once: whole eights. */
export function stretchRows(dimension: number): number {
  return Math.max(8, Math.floor(stretchBytes / (dimension * 8 * 8)) * 8);
}

/** Puts rows of a chunk at `address`, f32 as they are unless `wide`, all else as f64. `raw` has room for them too. */
export function place(
  { components, dimension }: VectorChunk,
  from: number,
  rows: number,
  engine: Engine,
  address: number,
  raw: number,
  wide = false,
): Placed {
  const { layout, bytes } = components;
  const width = bitsOf[layout] / 8;
  const part = bytes.subarray(from * dimension * width, (from + rows) * dimension * width);
  if (layout === "f64" || (layout === "f32" && !wide)) {
    engine.copyIn(part, address);
    return { address, width: layout === "f64" ? 8 : 4 };
  }
  engine.copyIn(part, raw);
  const gather = layout === "f32" ? engine.kernels.gatherF32 : engine.kernels.gatherF16;
  gather(raw, 0, rows * dimension, address);
  return { address, width: 8 };
}

/** 1 for each of some rows of a chunk that is not null and has no null component, at `keep`; returns how many are not. */
export function markRows(chunk: VectorChunk, from: number, rows: number, engine: Engine, keep: number): number {
  const { validity, validityOffset, components, dimension } = chunk;
  engine.u8.fill(1, keep, keep + rows);
  let dropped = 0;
  for (let row = 0; row < rows; row++) {
    const isNull = validity !== null && !isSet(validity, validityOffset + from + row);
    if (!isNull && !hasNull(components, (from + row) * dimension, dimension)) continue;
    engine.u8[keep + row] = 0;
    dropped++;
  }
  return dropped;
}

function hasNull({ validity, validityOffset }: FixedChunk, from: number, length: number): boolean {
  if (validity === null) return false;
  for (let k = from; k < from + length; k++) if (!isSet(validity, validityOffset + k)) return true;
  return false;
}

function isSet(bits: Uint8Array, index: number): boolean {
  return ((bits[Math.floor(index / 8)]! >> (index & 7)) & 1) === 1;
}

const isComplete = ({ validity, components }: VectorChunk): boolean =>
  validity === null && components.validity === null;

/** Runs of rows of a column that are placed at once. */
export function* stretches({
  chunks,
  dimension,
}: Vectors): Generator<{ chunk: VectorChunk; from: number; rows: number }> {
  const most = stretchRows(dimension);
  for (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += most) {
      yield { chunk, from, rows: Math.min(most, chunk.length - from) };
    }
  }
}

/** A mean vector, of the rows that are neither null nor hold a NaN; not finite where infinite values are. */
export interface MeanVector {
  readonly mean: Float64Array;
  /** What rounding took from it: means far from zero differ by more than their doubles can tell. */
  readonly low: Float64Array;
  readonly count: number;
  readonly seen: VectorsSeen;
}

/**
 * The mean of each component. Rows are added in eights, counted without those left out, the eights to sums that keep what
 * rounding takes: results do not depend on chunks or missing rows.
 */
export function meanVector(column: Vectors): MeanVector {
  // Rows with a NaN are looked for only when there are any.
  const first = summed(column, 1, false);
  const found = first.sums.some(Number.isNaN) ? summed(column, 1, true) : first;
  const overflows = found.sums.some((sum) => !Number.isFinite(sum));
  const { sums, low, seen, factor } = overflows ? summed(column, 2 ** -64, true) : found;
  const count = seen.rows - seen.nulls - seen.nan;
  const mean = sums.map((sum) => sum / count);
  const rest = low.map((part, k) => (remainder(sums[k]!, mean[k]!, count) + part) / count / factor);
  return {
    mean: mean.map((value) => value / factor),
    low: rest.map((part) => (Number.isFinite(part) ? part : 0)),
    count,
    seen,
  };
}

/** sum - mean · count without rounding the product: both factors are cut into halves (Dekker). */
function remainder(sum: number, mean: number, count: number): number {
  const scaled = mean * 134_217_729; // 2^27 + 1
  const high = scaled - (scaled - mean);
  const upper = count - (count % 2 ** 16);
  const rest = mean - high;
  return sum - high * upper - high * (count - upper) - rest * upper - rest * (count - upper);
}

function summed(column: Vectors, factor: number, dropsNaN: boolean) {
  return withScratch((engine, take) => {
    const { kernels, f64 } = engine;
    const { dimension } = column;
    const most = stretchRows(dimension);
    const sums = take(dimension * 16);
    f64.fill(0, sums / 8, sums / 8 + 2 * dimension);
    const address = take(most * dimension * 8);
    const raw = take(most * dimension * 8);
    const packed = take((most + 8) * dimension * 8);
    const keep = take(most);
    let [waiting, nulls, nan] = [0, 0, 0];
    let width: 4 | 8 = 8;
    const add = (at: number, rows: number) =>
      (width === 4 ? kernels.sumRowsF32 : kernels.sumRowsF64)(sums, at, rows, dimension, factor);
    for (const { chunk, from, rows } of stretches(column)) {
      width = place(chunk, from, rows, engine, address, raw).width;
      const rowBytes = dimension * width;
      let kept = rows;
      if (!isComplete(chunk) || dropsNaN) {
        const dropped = markRows(chunk, from, rows, engine, keep);
        const mark = width === 4 ? kernels.dropNaNF32 : kernels.dropNaNF64;
        const without = dropsNaN ? mark(address, rows, dimension, keep) : 0;
        nulls += dropped;
        nan += without;
        kept -= dropped + without;
      }
      if (kept === rows && waiting === 0 && rows % 8 === 0) {
        add(address, rows);
        continue;
      }
      if (kept === rows) engine.u8.copyWithin(packed + waiting * rowBytes, address, address + rows * rowBytes);
      else kernels.packRows(address, rowBytes, rows, keep, packed + waiting * rowBytes);
      const all = waiting + kept;
      const eights = all - (all % 8);
      add(packed, eights);
      engine.u8.copyWithin(packed, packed + eights * rowBytes, packed + all * rowBytes);
      waiting = all - eights;
    }
    add(packed, waiting);
    const at = sums / 8;
    const seen = { rows: column.rows, nulls, nan };
    return { sums: f64.slice(at, at + dimension), low: f64.slice(at + dimension, at + 2 * dimension), factor, seen };
  });
}

/** Distances of pairs of rows: a power for a norm, or the angle's cosine. */
export type RowMeasure = number | "cosine";

/** Of the pairs of rows neither of which is left out. */
export interface RowDistances {
  /** A number a row; NaN where `states` is not 0. */
  readonly distances: Float64Array;
  /** 1: left out. 2: no finite distance. 3: a vector is zero and has no direction. */
  readonly states: Uint8Array;
  readonly seen: VectorsSeen;
}

/** The distance of each pair of rows of two columns of equally many rows and components. */
export function rowDistances(x: Vectors, y: Vectors, measure: RowMeasure): RowDistances {
  const distances = new Float64Array(x.rows);
  const states = new Uint8Array(x.rows);
  let [nulls, nan, row] = [0, 0, 0];
  withScratch((engine, take) => {
    const { kernels, f64, u8 } = engine;
    const { dimension } = x;
    const most = stretchRows(dimension);
    const [xs, ys, raw] = [take(most * dimension * 8), take(most * dimension * 8), take(most * dimension * 8)];
    const [keep, other, out] = [take(most), take(most), take(most * 8)];
    for (const { left, right, leftFrom, rightFrom, rows } of pairedStretches(x, y, most)) {
      const wide = left.components.layout !== right.components.layout;
      const { width } = place(left, leftFrom, rows, engine, xs, raw, wide);
      place(right, rightFrom, rows, engine, ys, raw, wide);
      if (measure === "cosine") {
        (width === 4 ? kernels.rowCosinesF32 : kernels.rowCosinesF64)(xs, ys, rows, dimension, out);
      } else (width === 4 ? kernels.rowNormsF32 : kernels.rowNormsF64)(xs, ys, rows, dimension, measure, out);
      distances.set(f64.subarray(out / 8, out / 8 + rows), row);
      const complete = isComplete(left) && isComplete(right);
      // A NaN makes the distance one, so that only then it is looked for.
      if (!complete || distances.subarray(row, row + rows).some(Number.isNaN)) {
        markRows(left, leftFrom, rows, engine, keep);
        markRows(right, rightFrom, rows, engine, other);
        for (let k = 0; k < rows; k++) {
          u8[keep + k]! &= u8[other + k]!;
          if (u8[keep + k] === 0) nulls++;
        }
        const drop = width === 4 ? kernels.dropNaNF32 : kernels.dropNaNF64;
        nan += drop(xs, rows, dimension, keep) + drop(ys, rows, dimension, keep);
        for (let k = 0; k < rows; k++) if (u8[keep + k] === 0) states[row + k] = 1;
      }
      for (let k = row; k < row + rows; k++) {
        if (states[k] === 0 && distances[k]! < 0) states[k] = 3;
        else if (states[k] === 0 && !Number.isFinite(distances[k])) states[k] = 2;
        if (states[k] !== 0) distances[k] = Number.NaN;
      }
      row += rows;
    }
  });
  return { distances, states, seen: { rows: x.rows, nulls, nan } };
}

/** Runs of rows that lie in one chunk on either side. */
function* pairedStretches(x: Vectors, y: Vectors, most: number) {
  const [lefts, rights] = [chunksInMemory(x.chunks), chunksInMemory(y.chunks)];
  let [i, j, leftFrom, rightFrom] = [0, 0, 0, 0];
  while (i < lefts.length && j < rights.length) {
    const left = lefts[i]!;
    const right = rights[j]!;
    const rows = Math.min(most, left.length - leftFrom, right.length - rightFrom);
    if (rows > 0) yield { left, right, leftFrom, rightFrom, rows };
    leftFrom += rows;
    rightFrom += rows;
    if (leftFrom === left.length) [i, leftFrom] = [i + 1, 0];
    if (rightFrom === right.length) [j, rightFrom] = [j + 1, 0];
  }
}
