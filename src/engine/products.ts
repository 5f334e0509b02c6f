/**
 * Sums of products of the columns of one table, pair by pair; see assembly/products.ts. Rows are read in stretches of
 * 4 096, so that memory is that of the columns' pairs, whatever the number of rows. Blocks are counted from the first row:
 * results depend neither on chunks nor on where a step ends.
 */
import { type RowReader, rowReader } from "./aligned.js";
import type { FixedChunk } from "./chunk.js";
import type { Engine } from "./memory.js";
import { withScratch } from "./workspace.js";

/** A column of numbers without infinite ones, and how its deviations are formed: x · factor - mean. */
export interface CentredColumn {
  readonly chunks: readonly FixedChunk[];
  readonly rows: number;
  readonly factor: number;
  readonly mean: number;
  /** Whether there are rows without a value. */
  readonly gaps: boolean;
}

/** Over the rows in which both columns hold a value: their number, and sums of deviations and their products. */
export interface PairSums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** Work in steps of a fraction of a second. */
export interface Steps<R> {
  /** Whether there is more to do. */
  step(): boolean;
  result(): R;
}

const blockRows = 512;
const blockBytes = blockRows * 8;
const stretchRows = 8 * blockRows;

/** Multiplications of a step, about. */
const stepProducts = 2 ** 28;

/** Sums of all pairs; `result()(i, j)` wants i ≤ j. */
export function pairSums(columns: readonly CentredColumn[]): Steps<(i: number, j: number) => PairSums> {
  const rows = columns[0]?.rows ?? 0;
  const width = fours(columns.length);
  // The first mask is of all rows; each column with gaps has another.
  let masks = 1;
  const maskOf = columns.map(({ gaps }) => (gaps ? masks++ : 0));
  const [tall, wide] = [fours(masks), masks + (masks % 2)];
  const sizes = [width * width, width * wide, width * wide, tall * wide].map((pairs) => pairs * 2);
  const kept = sizes.map((size) => new Float64Array(size));
  const readers = columns.map(({ chunks }) => rowReader(chunks));
  const stretches = Math.max(1, Math.floor(stepProducts / (width * width + 2 * width * wide) / stretchRows));
  let from = 0;
  const step = (): boolean => {
    withScratch((engine, take) => {
      const { kernels, f64 } = engine;
      const sums = kept.map((own) => {
        const address = take(own.length * 8);
        f64.set(own, address / 8);
        return address;
      }) as [number, number, number, number];
      const stage = take(stretchRows * 8);
      const room = (count: number) => {
        const address = take(8 * count * blockBytes);
        f64.fill(0, address / 8, address / 8 + 8 * count * blockRows);
        return address;
      };
      const [d, q, m] = [room(width), room(width), room(tall)];
      for (let k = 0; k < stretches && from < rows; k++, from += stretchRows) {
        const length = Math.min(stretchRows, rows - from);
        const blocks = Math.ceil(length / blockRows);
        const last = length - (blocks - 1) * blockRows;
        columns.forEach(({ factor, mean, gaps }, c) => {
          readers[c]!(length, engine, stage);
          for (let b = 0; b < blocks; b++) {
            const here = b === blocks - 1 ? last : blockRows;
            const at = d + (b * width + c) * blockBytes;
            const mask = m + (b * tall + maskOf[c]!) * blockBytes;
            kernels.deviations(stage + b * blockBytes, here, factor, mean, at);
            if (gaps) kernels.markPresent(at, here, mask);
            if (here < blockRows) clear(engine, gaps ? [at, mask] : [at], here);
            kernels.squares(at, blockRows, q + (b * width + c) * blockBytes);
          }
        });
        for (let b = 0; b < blocks; b++) {
          const here = b === blocks - 1 ? last : blockRows;
          const all = m + b * tall * blockBytes;
          f64.fill(1, all / 8, all / 8 + here);
          if (here < blockRows) clear(engine, [all], here);
          const [u, v] = [d + b * width * blockBytes, q + b * width * blockBytes];
          kernels.crossProducts(u, width, u, width, true, sums[0]);
          kernels.crossProducts(u, width, all, wide, false, sums[1]);
          kernels.crossProducts(v, width, all, wide, false, sums[2]);
          kernels.crossProducts(all, tall, all, wide, false, sums[3]);
        }
      }
      kept.forEach((own, k) => {
        own.set(f64.subarray(sums[k]! / 8, sums[k]! / 8 + own.length));
      });
    });
    return from < rows;
  };
  const total = (sums: number, at: number): number => kept[sums]![2 * at]! + kept[sums]![2 * at + 1]!;
  const result = () => (i: number, j: number) => {
    const [k, l] = [maskOf[i]!, maskOf[j]!];
    return {
      n: total(3, k * wide + l),
      x: total(1, i * wide + l),
      y: total(1, j * wide + k),
      xx: total(2, i * wide + l),
      yy: total(2, j * wide + k),
      xy: total(0, i * width + j),
    };
  };
  return { step, result };
}

function fours(count: number): number {
  return Math.ceil(count / 4) * 4;
}

/** Zeros for the rows that a block does not have. */
function clear({ f64 }: Engine, blocks: readonly number[], from: number): void {
  for (const block of blocks) f64.fill(0, block / 8 + from, block / 8 + blockRows);
}

/** A pair of columns with its correlation, and what makes their deviations ones of mean 0 whose squares sum up to 1. */
export interface StandardPair {
  readonly i: number;
  readonly j: number;
  readonly xMean: number;
  readonly yMean: number;
  readonly xScale: number;
  readonly yScale: number;
  readonly r: number;
}

/** Of each pair the sum of the squared influences of its rows on r. */
export function influenceSums(
  columns: readonly CentredColumn[],
  pairs: readonly StandardPair[],
): Steps<readonly number[]> {
  const rows = columns[0]?.rows ?? 0;
  const used = [...new Set(pairs.flatMap(({ i, j }) => [i, j]))];
  const place = new Map(used.map((c, k) => [c, k]));
  const readers = new Map<number, RowReader>(used.map((c) => [c, rowReader(columns[c]!.chunks)]));
  const kept = new Float64Array(2 * pairs.length);
  const stretches = Math.max(1, Math.floor(stepProducts / (8 * pairs.length + 8 * used.length) / stretchRows));
  let from = 0;
  const step = (): boolean => {
    withScratch((engine, take) => {
      const { kernels, f64 } = engine;
      const sums = take(kept.length * 8);
      f64.set(kept, sums / 8);
      const stage = take(stretchRows * 8);
      const d = take(used.length * stretchRows * 8);
      const at = (column: number) => d + place.get(column)! * stretchRows * 8;
      for (let k = 0; k < stretches && from < rows; k++, from += stretchRows) {
        const length = Math.min(stretchRows, rows - from);
        for (const [c, read] of readers) {
          read(length, engine, stage);
          kernels.deviations(stage, length, columns[c]!.factor, columns[c]!.mean, at(c));
        }
        pairs.forEach(({ i, j, xMean, yMean, xScale, yScale, r }, p) => {
          kernels.influence(at(i), at(j), length, xMean, yMean, xScale, yScale, r, sums + p * 16);
        });
      }
      kept.set(f64.subarray(sums / 8, sums / 8 + kept.length));
    });
    return from < rows;
  };
  return { step, result: () => pairs.map((_, p) => kept[2 * p]! + kept[2 * p + 1]!) };
}
