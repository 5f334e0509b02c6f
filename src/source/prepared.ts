/**
 * A reference that was ordered once: it answers from its sorted values, so a comparison only reads the current side.
 * Plain data over shared memory, nothing to dispose of.
 */
import type { FixedColumn, Kind } from "../column/column.js";
import { countValues } from "../engine/categories.js";
import { countCells } from "../engine/cells.js";
import type { FixedChunk } from "../engine/chunk.js";
import { denseOf, type Representation } from "../engine/dense.js";
import type { Grid, Values } from "../engine/grid.js";
import { middleOf } from "../engine/order.js";
import { type OrderIndex, orderIndex } from "../engine/placed-walk.js";
import { lowerBound, upperBound } from "../engine/places.js";
import { inSharedMemory } from "../engine/sendable.js";
import { sumCells } from "../engine/sums.js";
import { cellsFor, cellsToOrder } from "./grid-for.js";
import type { Bins, Missing, Moments, Source } from "./source.js";
import { denseSource, type IntegerRange, type Integers, integersOf } from "./values.js";

/** One ordered column, as `prepare` returns it. Give it wherever a reference is asked for. */
export interface Prepared {
  readonly prepared: true;
  readonly kind: Kind;
  readonly type: string;
  /** See `FixedColumn`. */
  readonly unitsPerSecond: number;
  /** All values in order, without null and NaN. */
  readonly values: Values;
  /** Which 64-bit integers the column held; `null` for other numbers. */
  readonly integers: Integers;
  readonly missing: Missing;
  readonly moments: Moments;
  readonly grid: Grid;
  readonly counts: Uint32Array;
  /** Sums of the distances from the grid's middle, see `CellSums`; `null` for integers that doubles cannot hold. */
  readonly sums: Float64Array | null;
  /** Number of distinct values. */
  readonly distinct: number;
  /** Rows of each distinct value by its name, in the order of the column, where there are at most `fewValues`. */
  readonly few: ReadonlyMap<string, number> | null;
  /** Finds the place of a value; `null` where sums of the values would lose digits. */
  readonly index: OrderIndex | null;
}

/** Up to so many distinct numbers are counted by name. */
export const fewValues = 20;

/** Orders a column of numbers. */
export function prepareColumn(column: FixedColumn, representation: Representation): Prepared {
  const source = denseSource({ chunks: column.chunks, rows: column.rows, representation, selection: null });
  const grid = source.grid(cellsFor(column.rows));
  const { counts, sums } =
    representation === "f64" ? source.cellSums(grid) : { counts: source.cells(grid), sums: null };
  const coarse = source.grid(cellsToOrder);
  const all = Uint32Array.from({ length: coarse.count }, (_, cell) => cell);
  const values = source.ordered(coarse, all);
  const distinct = countDistinct(values);
  const few = distinct > fewValues ? null : countValues(column.chunks, null, fewValues)!.counts;
  // In shared memory threads can read it without a copy.
  return inSharedMemory<Prepared>({
    prepared: true,
    kind: column.kind,
    type: column.type,
    unitsPerSecond: column.unitsPerSecond,
    values,
    integers: integersOf(column),
    missing: source.missing(),
    moments: source.moments(4),
    grid,
    counts,
    sums,
    distinct,
    few,
    index: values instanceof Float64Array ? orderIndex(values, source.grid) : null,
  });
}

/**
 * Whether `input` came from `prepare`.
 *
 * @throws TypeError for what only says so, as after JSON
 */
export function isPrepared(input: unknown): input is Prepared {
  if (typeof input !== "object" || input === null || (input as Partial<Prepared>).prepared !== true) return false;
  const { values, moments, grid, counts, missing, categories } = input as Partial<Prepared & { categories: object }>;
  const numbers = ArrayBuffer.isView(values) && ArrayBuffer.isView(counts) && moments && grid;
  if (missing && (numbers || (categories as { counts?: unknown } | undefined)?.counts instanceof Map)) return true;
  throw new TypeError("prepare: a prepared column must be what prepare returned (it does not survive JSON)");
}

/** The range of ordered 64-bit integers, or `null` when the column held other numbers. */
export function preparedRanges({ values, integers }: Prepared): IntegerRange[] | null {
  if (!integers) return null;
  return values.length === 0 ? [] : [{ min: BigInt(values[0]!), max: BigInt(values[values.length - 1]!) }];
}

/** Prepared integers as a column again: their order is lost, what was missing is null. */
export function columnOfPrepared({ kind, type, unitsPerSecond, values, missing }: Prepared): FixedColumn {
  const integers = BigInt64Array.from(values as Float64Array, BigInt);
  const chunk = (bytes: Uint8Array, length: number, validity: Uint8Array | null): FixedChunk => {
    return { layout: "i64", length, bytes, bitOffset: 0, scale: 0, validity, validityOffset: 0 };
  };
  const { rows } = missing;
  const nulls = rows - values.length;
  const none = new Uint8Array(Math.ceil(nulls / 8));
  const chunks = [
    chunk(new Uint8Array(integers.buffer), values.length, null),
    chunk(new Uint8Array(8 * nulls), nulls, none),
  ];
  return { kind: kind as FixedColumn["kind"], type, unitsPerSecond, rows, chunks };
}

/** The representation of prepared values. */
function representationOf({ values }: Prepared): Representation {
  return values instanceof Float64Array ? "f64" : values instanceof BigUint64Array ? "u64" : "i64";
}

const sources = new WeakMap<Prepared, Source>();

/** Answers from ordered values. `representation`: as the other side needs it; a conversion keeps the order. */
export function preparedSource(prepared: Prepared, representation = representationOf(prepared)): Source {
  if (representation !== representationOf(prepared)) return sourceOf(prepared, representation, false);
  const known = sources.get(prepared) ?? sourceOf(prepared, representation, true);
  sources.set(prepared, known);
  return known;
}

/** @param same  whether that is how the values are */
function sourceOf(prepared: Prepared, representation: Representation, same: boolean): Source {
  const values = same ? prepared.values : converted(prepared.values, representation);
  const dense = denseOf(values);
  let own: { readonly grid: Grid; readonly counts: Uint32Array } | undefined;
  const cells = (grid: Grid): Uint32Array => {
    if (same && grid === prepared.grid) return prepared.counts;
    if (own?.grid !== grid) own = { grid, counts: countCells(dense, grid).counts };
    return own.counts;
  };
  const rest = denseSource(dense);
  return {
    size: () => values.length,
    wide: () => representation !== "f64",
    missing: () => prepared.missing,
    grid: (count) => (same && count * 4 >= prepared.grid.count ? prepared.grid : rest.grid(count)),
    moments: (order) => (same ? prepared.moments : rest.moments(order)),
    absoluteMoments: rest.absoluteMoments,
    characteristic: rest.characteristic,
    cells,
    bins: (edges, uniform) => (values instanceof Float64Array ? knownBins(values, edges) : rest.bins(edges, uniform)),
    binSums: rest.binSums,
    spans: rest.spans,
    ordered: (grid, open) => (grid.count === 1 ? values : pick(values, cells(grid), open)),
    inOrder: () => values,
    index: () => (same ? prepared.index : null),
    placed: rest.placed,
    cellSums(grid) {
      const { counts, sums } = prepared;
      return same && sums && grid === prepared.grid ? { counts, sums } : sumCells(dense, grid, middleOf(grid));
    },
    distinct: (limit) => (prepared.distinct > limit ? null : prepared.distinct),
    categories: rest.categories,
    countsOf: rest.countsOf,
  };
}

/** Number of runs of equal values. */
function countDistinct(values: Values): number {
  let distinct = 0;
  for (let k = 0; k < values.length; k++) if (k === 0 || values[k] !== values[k - 1]) distinct++;
  return distinct;
}

/** The bins that were last asked for: reports ask for the same every time. */
const lastBins = new WeakMap<Values, { readonly edges: Float64Array; readonly bins: Bins }>();

function knownBins(values: Float64Array, edges: Float64Array): Bins {
  const last = lastBins.get(values);
  const same = last?.edges.length === edges.length && edges.every((edge, k) => edge === last.edges[k]);
  const bins = same ? last!.bins : binsOf(values, edges);
  if (!same) lastBins.set(values, { edges: edges.slice(), bins });
  return { ...bins, counts: bins.counts.slice() };
}

/** Counts between edges: each edge is looked up. */
function binsOf(values: Float64Array, edges: Float64Array): Bins {
  const places = edges.map((edge, k) => {
    const find = k === edges.length - 1 ? upperBound : lowerBound;
    return find(values, edge, 0, values.length);
  });
  const counts = new Uint32Array(edges.length - 1);
  for (let k = 0; k < counts.length; k++) counts[k] = places[k + 1]! - places[k]!;
  return { counts, under: places[0]!, over: values.length - places[counts.length]! };
}

/** The values of the open cells: stretches of the ordered values. */
function pick(values: Values, counts: Uint32Array, open: Uint32Array): Values {
  let total = 0;
  for (const cell of open) total += counts[cell]!;
  if (total === values.length) return values;
  if (open[open.length - 1]! - open[0]! === open.length - 1) {
    let start = 0;
    for (let cell = 0; cell < open[0]!; cell++) start += counts[cell]!;
    return values.subarray(start, start + total);
  }
  const out = newLike(values, total);
  let start = 0;
  let to = 0;
  let next = 0;
  for (let cell = 0; next < open.length; cell++) {
    const count = counts[cell]!;
    if (open[next] === cell) {
      let length = count;
      // Neighbouring open cells are copied together.
      while (open[next + 1] === cell + 1) {
        next++;
        cell++;
        length += counts[cell]!;
      }
      if (length > 0) out.set(values.subarray(start, start + length) as never, to);
      to += length;
      start += length;
      next++;
    } else start += count;
  }
  return out;
}

function newLike(values: Values, length: number): Values {
  if (values instanceof Float64Array) return new Float64Array(length);
  return values instanceof BigUint64Array ? new BigUint64Array(length) : new BigInt64Array(length);
}

function converted(values: Values, representation: Representation): Values {
  if (representation === "f64") return Float64Array.from(values as BigInt64Array, Number);
  const integers = Array.from(values as BigInt64Array, BigInt);
  return representation === "u64" ? BigUint64Array.from(integers) : BigInt64Array.from(integers);
}
