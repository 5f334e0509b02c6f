/**
 * A reference that was ordered once: it answers from its sorted values, so a comparison only reads the current side.
 * Plain data over shared memory, nothing to dispose of.
 */
import type { FixedColumn, Kind } from "../column/column.js";
import { countCells } from "../engine/cells.js";
import { denseOf, type Representation } from "../engine/dense.js";
import type { Grid, Values } from "../engine/grid.js";
import { sumSigned } from "../engine/sums.js";
import { cellsFor, cellsToOrder } from "./grid-for.js";
import type { Missing, Moments, Source } from "./source.js";
import { denseSource, type IntegerRange } from "./values.js";

/** One ordered column, as `prepare` returns it. Give it wherever a reference is asked for. */
export interface Prepared {
  readonly prepared: true;
  readonly kind: Kind;
  readonly type: string;
  /** All values in order, without null and NaN. */
  readonly values: Values;
  /** Whether the column held 64-bit integers. */
  readonly integers: boolean;
  readonly missing: Missing;
  readonly moments: Moments;
  readonly grid: Grid;
  readonly counts: Uint32Array;
}

/** Orders a column of numbers. */
export function prepareColumn(column: FixedColumn, representation: Representation): Prepared {
  const source = denseSource({ chunks: column.chunks, rows: column.rows, representation, selection: null });
  const grid = source.grid(cellsFor(column.rows));
  const counts = source.cells(grid);
  const coarse = source.grid(cellsToOrder(column.rows));
  const all = Uint32Array.from({ length: coarse.count }, (_, cell) => cell);
  const values = shared(source.ordered(coarse, all));
  return {
    prepared: true,
    kind: column.kind,
    type: column.type,
    values,
    integers: column.chunks.every(({ layout }) => layout === "i64" || layout === "u64"),
    missing: source.missing(),
    moments: source.moments(4),
    grid,
    counts,
  };
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

/** The representation of prepared values. */
function representationOf({ values }: Prepared): Representation {
  return values instanceof Float64Array ? "f64" : values instanceof BigUint64Array ? "u64" : "i64";
}

/** Answers from ordered values. `representation`: as the other side needs it; a conversion keeps the order. */
export function preparedSource(prepared: Prepared, representation = representationOf(prepared)): Source {
  const same = representation === representationOf(prepared);
  const values = same ? prepared.values : converted(prepared.values, representation);
  const dense = denseOf(values);
  let own = same ? { grid: prepared.grid, counts: prepared.counts } : undefined;
  const cells = (grid: Grid): Uint32Array => {
    if (own?.grid !== grid) own = { grid, counts: countCells(dense, grid).counts };
    return own.counts;
  };
  const rest = denseSource(dense);
  return {
    size: () => values.length,
    wide: () => representation !== "f64",
    missing: () => prepared.missing,
    grid: (count) => (same && count >= prepared.grid.count ? prepared.grid : rest.grid(count)),
    moments: (order) => (same ? prepared.moments : rest.moments(order)),
    absoluteMoments: rest.absoluteMoments,
    characteristic: rest.characteristic,
    cells,
    bins: rest.bins,
    binSums: rest.binSums,
    spans: rest.spans,
    ordered: (grid, open) => (grid.count === 1 ? values : pick(values, cells(grid), open)),
    signedSum: (grid, signs, centre) => sumSigned(dense, grid, signs, centre),
    categories: rest.categories,
  };
}

/** The values of the open cells: stretches of the ordered values. */
function pick(values: Values, counts: Uint32Array, open: Uint32Array): Values {
  let total = 0;
  for (const cell of open) total += counts[cell]!;
  if (total === values.length) return values;
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

/** A copy in shared memory, so that worker threads can read it without one. */
function shared(values: Values): Values {
  const buffer = new SharedArrayBuffer(values.byteLength);
  new Uint8Array(buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  if (values instanceof Float64Array) return new Float64Array(buffer);
  return values instanceof BigUint64Array ? new BigUint64Array(buffer) : new BigInt64Array(buffer);
}
