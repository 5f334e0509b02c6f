/**
 * Correlations of all pairs of columns of one table, over the rows in which both hold a value. Deviations from each
 * column's mean are multiplied block by block; what a pair's own rows add to that mean is taken off at the end:
 *
 *   r = (Σuv - Σu Σv / n) / √((Σu² - (Σu)² / n) (Σv² - (Σv)² / n))
 *
 * Where that would cost digits, since the rows of a pair lie far from their columns' means, the pair is looked at alone.
 */
import type { FixedColumn } from "../column/column.js";
import { rowReader } from "../engine/aligned.js";
import type { Dense } from "../engine/dense.js";
import { chunksInMemory } from "../engine/in-memory.js";
import { momentsOf } from "../engine/moments.js";
import {
  type CentredColumn,
  influenceSums,
  type PairSums,
  pairSums,
  type StandardPair,
  type Steps,
} from "../engine/products.js";
import { doubledRanks } from "../engine/row-ranks.js";
import { withScratch } from "../engine/workspace.js";
import { type Estimate, fisherZ, robustZ } from "./correlation-change.js";
import { exponentFor, timesPower } from "./moments.js";
import { productMoment } from "./product-moment.js";

export interface PairCorrelation {
  readonly r: number;
  /** Rows in which both hold a value. */
  readonly n: number;
}

export interface CorrelationMatrix {
  /** Of columns i < j; `null` where one has no spread or holds infinite values. */
  readonly of: (i: number, j: number) => PairCorrelation | null;
  /** Fisher's z of some pairs, with the variance that the rows show. */
  readonly confirmed: (pairs: readonly (readonly [i: number, j: number])[]) => Promise<Estimate[]>;
}

/** Between two steps: gives others their turn, throws when it is time to stop. */
export type Pause = () => Promise<void>;

type Scored = Pick<CentredColumn, "chunks" | "rows">;

/** What is known of a column before pairs are looked at. `flat`: no spread. `wild`: infinite values. */
type Known = { readonly gaps: boolean } & ({ readonly is: "flat" | "wild" } | ({ readonly is: "ok" } & CentredColumn));

/** A pair's sum of squares may lose so much of itself to its mean, and no more, without losing digits. */
const leastLeft = 2 ** -7;
const leastSquares = 2 ** -500;

/** Pearson's correlations, or Spearman's with the ranks of whole columns, of which columns with gaps use some. */
export async function correlationMatrix(
  columns: readonly FixedColumn[],
  method: "pearson" | "spearman",
  pause: Pause,
): Promise<CorrelationMatrix> {
  const scored = (some: readonly FixedColumn[]) =>
    method === "pearson"
      ? some.map(({ chunks, rows }): Scored => ({ chunks: chunksInMemory(chunks), rows }))
      : ranked(some, pause);
  const values = await scored(columns);
  const known = values.map(centred);
  const usable = known.flatMap((column, k) => (column.is === "ok" ? [k] : []));
  const place = new Map(usable.map((column, k) => [column, k]));
  const sums = await finished(pairSums(usable.map((k) => known[k] as CentredColumn)), pause);
  const alone = new Map<string, PairCorrelation | null>();
  const standard = (i: number, j: number): StandardPair | null => {
    const [x, y] = [place.get(i), place.get(j)];
    return x === undefined || y === undefined ? null : standardPair(i, j, sums(x, y));
  };
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      const [one, other] = [known[i]!, known[j]!];
      if (one.is === "flat" || other.is === "flat") continue;
      // An infinite value counts unless its row is left out.
      if ((one.is === "wild" && !other.gaps) || (other.is === "wild" && !one.gaps)) continue;
      if (standard(i, j)) continue;
      alone.set(`${i} ${j}`, aloneOf(values[i]!, values[j]!));
      await pause();
    }
  }
  return {
    of(i, j) {
      const found = alone.get(`${i} ${j}`);
      if (found !== undefined) return found;
      const pair = standard(i, j);
      return pair && { r: pair.r, n: sums(place.get(i)!, place.get(j)!).n };
    },
    async confirmed(pairs) {
      const needed = [...new Set(pairs.flat())];
      const at = new Map(needed.map((column, k) => [column, k]));
      const again = await scored(needed.map((k) => columns[k]!));
      const kept = pairs.map(([i, j]) => (alone.has(`${i} ${j}`) ? null : standard(i, j)));
      const together = kept.flatMap((pair) => (pair ? [{ ...pair, i: at.get(pair.i)!, j: at.get(pair.j)! }] : []));
      const found = await finished(
        influenceSums(
          needed.map((k) => known[k] as CentredColumn).map((own, k) => ({ ...own, ...again[k]! })),
          together,
        ),
        pause,
      );
      let next = 0;
      return pairs.map(([i, j], k) => {
        const pair = kept[k];
        if (!pair) return aloneAgain(again[at.get(i)!]!, again[at.get(j)!]!);
        return {
          value: fisherZ(pair.r, 4, 1).value,
          variance: found[next++]! / Math.max(1 - pair.r ** 2, 2 ** -52) ** 2,
        };
      });
    },
  };
}

/** @returns `null` where digits would be lost */
function standardPair(i: number, j: number, { n, x, y, xx, yy, xy }: PairSums): StandardPair | null {
  const [ofX, ofY] = [xx - (x * x) / n, yy - (y * y) / n];
  if (!(ofX > xx * leastLeft && ofY > yy * leastLeft && ofX > leastSquares && ofY > leastSquares)) return null;
  const r = Math.max(-1, Math.min(1, (xy - (x * y) / n) / Math.sqrt(ofX * ofY)));
  return { i, j, xMean: x / n, yMean: y / n, xScale: 1 / Math.sqrt(ofX), yScale: 1 / Math.sqrt(ofY), r };
}

async function finished<R>({ step, result }: Steps<R>, pause: Pause): Promise<R> {
  while (step()) await pause();
  return result();
}

function denseOf({ chunks, rows }: Scored): Dense {
  return { chunks, rows, representation: "f64", selection: null };
}

/** The mean, and a power of two that brings the largest value to about 1. */
function centred(column: Scored): Known {
  const { chunks, rows } = column;
  const first = momentsOf(denseOf(column), 4, 0, 0n);
  const gaps = first.seen.values - first.nan < rows;
  if (first.positiveInfinity + first.negativeInfinity > 0) return { is: "wild", gaps };
  if (first.count === 0 || first.min === first.max) return { is: "flat", gaps };
  const exponent = exponentFor(Math.max(Math.abs(first.min), Math.abs(first.max)));
  const { mean } = Math.abs(exponent) > 400 ? momentsOf(denseOf(column), 2, exponent, 0n) : first;
  const power = Math.min(1023, -exponent);
  const scaledMean = timesPower(mean, power + (Math.abs(exponent) > 400 ? exponent : 0));
  return { is: "ok", chunks, rows, factor: 2 ** power, mean: scaledMean, gaps };
}

/** The ranks of each column in place of its values, doubled, as whole numbers. */
async function ranked(columns: readonly FixedColumn[], pause: Pause): Promise<Scored[]> {
  const all: Scored[] = [];
  for (const column of columns) {
    const ranks = doubledRanks({ ...column, representation: "f64", selection: null });
    const bytes = new Uint8Array(ranks.buffer);
    const chunk = { layout: "u32", length: ranks.length, bytes, bitOffset: 0, scale: 0, validityOffset: 0 } as const;
    all.push({ rows: column.rows, chunks: [{ ...chunk, validity: present(ranks) }] });
    await pause();
  }
  return all;
}

/** A bit for each row that has a rank; `null` where all have. */
function present(ranks: Uint32Array): Uint8Array | null {
  if (!ranks.includes(0)) return null;
  const bits = new Uint8Array(Math.ceil(ranks.length / 8));
  ranks.forEach((rank, row) => {
    if (rank > 0) bits[row >> 3]! |= 1 << (row & 7);
  });
  return bits;
}

function aloneOf(x: Scored, y: Scored): PairCorrelation | null {
  const [u, v] = together(x, y);
  const r = productMoment(u, v);
  return r === null ? null : { r, n: u.length };
}

function aloneAgain(x: Scored, y: Scored): Estimate {
  const [u, v] = together(x, y);
  return robustZ(u, v, productMoment(u, v)!);
}

/** The rows in which both hold a value. */
function together(x: Scored, y: Scored): [Float64Array, Float64Array] {
  const [u, v] = [aligned(x), aligned(y)];
  let count = 0;
  for (let k = 0; k < u.length; k++) {
    if (Number.isNaN(u[k]!) || Number.isNaN(v[k]!)) continue;
    u[count] = u[k]!;
    v[count++] = v[k]!;
  }
  return [u.subarray(0, count), v.subarray(0, count)];
}

/** A value for each row; NaN where there is none. */
function aligned({ chunks, rows }: Scored): Float64Array {
  return withScratch((engine, take) => {
    const address = take(rows * 8);
    rowReader(chunks)(rows, engine, address);
    return engine.f64.slice(address / 8, address / 8 + rows);
  });
}
