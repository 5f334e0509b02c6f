/**
 * Cells that values and other cells are added to, in place. What they hold depends on the multiset of all values only:
 * the shift is the smallest with few enough cells, and a value's cell at that shift is a matter of its bits.
 */
import { type CellsBeside, type CellsIndex, coarserCells, indexedCells } from "../engine/key-cells.js";
import type { KeyCells } from "./profile.js";

/** Cells that may be occupied. */
export const mostCells = 2048;

export interface CellsAccumulator {
  shift: number;
  length: number;
  /** May have room for more than `length`; what lies there means nothing. */
  starts: Float64Array;
  counts: Float64Array;
  /** Of these cells, if it was made and nothing but counts has changed since. */
  index: CellsIndex | null;
}

export function emptyCells(): CellsAccumulator {
  return { shift: 0, length: 0, starts: new Float64Array(16), counts: new Float64Array(16), index: null };
}

export function accumulatorOfCells({ shift, starts, counts }: KeyCells): CellsAccumulator {
  return { shift, length: starts.length, starts: starts.slice(), counts: counts.slice(), index: null };
}

/** The index of cells, beside which others can be read. */
export function indexOf(cells: CellsAccumulator): CellsIndex {
  const { shift, length, starts } = cells;
  cells.index ??= indexedCells({ shift, starts: starts.subarray(0, length) });
  return cells.index;
}

export function keyCellsOf({ shift, length, starts, counts }: CellsAccumulator): KeyCells {
  return { shift, starts: starts.slice(0, length), counts: counts.slice(0, length) };
}

/** Adds other cells, which stay as they are. Those that are known must be so by the accumulator's index. */
export function addCells(into: CellsAccumulator, from: CellsBeside): void {
  if (from.known) addCounts(into, from.known);
  if (from.starts.length === 0) return;
  if (from.shift > into.shift) coarsen(into, from.shift);
  const cells = from.shift < into.shift ? coarserCells(from, into.shift, mostCells) : from;
  const fresh = addKnown(into, cells.starts, cells.counts);
  if (fresh === 0) return;
  insert(into, fresh);
  if (into.length > mostCells) coarsen(into, into.shift);
}

function addCounts({ length, counts }: CellsAccumulator, more: Float64Array): void {
  for (let k = 0; k < length; k++) counts[k]! += more[k]!;
}

/** The cells that were not there yet, until they are inserted. */
const freshStarts = new Float64Array(mostCells);
const freshCounts = new Float64Array(mostCells);

/** Adds the counts of cells that are there; notes the others and returns how many these are. */
function addKnown(into: CellsAccumulator, starts: Float64Array, counts: Float64Array): number {
  reserve(into, into.length + 1);
  const { starts: known, counts: sums } = into;
  // No cell begins here, and none is above: nothing has to look for the end.
  known[into.length] = Number.NaN;
  let fresh = 0;
  let at = 0;
  let next = known[0]!;
  for (let k = 0; k < starts.length; k++) {
    const start = starts[k]!;
    while (next < start) next = known[++at]!;
    if (next === start) sums[at]! += counts[k]!;
    else {
      freshStarts[fresh] = start;
      freshCounts[fresh++] = counts[k]!;
    }
  }
  return fresh;
}

/** Inserts what was noted, from the end. */
function insert(into: CellsAccumulator, fresh: number): void {
  into.index = null;
  reserve(into, into.length + fresh);
  const { starts, counts } = into;
  let from = into.length - 1;
  let next = fresh - 1;
  for (let to = into.length + fresh - 1; next >= 0; to--) {
    if (from >= 0 && starts[from]! > freshStarts[next]!) {
      starts[to] = starts[from]!;
      counts[to] = counts[from--]!;
    } else {
      starts[to] = freshStarts[next]!;
      counts[to] = freshCounts[next--]!;
    }
  }
  into.length += fresh;
}

function reserve(into: CellsAccumulator, length: number): void {
  if (length <= into.starts.length) return;
  const { starts, counts } = into;
  const room = Math.min(Math.max(length, 2 * starts.length), 2 * mostCells + 1);
  into.starts = new Float64Array(room);
  into.counts = new Float64Array(room);
  into.starts.set(starts);
  into.counts.set(counts);
}

function coarsen(into: CellsAccumulator, least: number): void {
  const { length } = into;
  into.index = null;
  const all = { starts: into.starts.subarray(0, length), counts: into.counts.subarray(0, length) };
  const { shift, starts, counts } = coarserCells(all, least, mostCells);
  into.shift = shift;
  into.length = starts.length;
  into.starts.set(starts);
  into.counts.set(counts);
}
