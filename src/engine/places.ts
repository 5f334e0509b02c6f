/**
 * Looks few values up among many that are in order. What is read of those is the cell that each lies in, and where inside
 * of it in 16 bits: see assembly/places.ts. Values themselves are only read where that is equal.
 */
import { indexer } from "./cells.js";
import type { Grid } from "./grid.js";
import type { Engine } from "./memory.js";
import { type Take, withScratch } from "./workspace.js";

/** Values in order, none of them infinite, with what finds a place among them. */
export interface Places {
  /** The distinct values where most are equal to others, else all. */
  readonly among: Float64Array;
  /** Of distinct values how many of all lie below each, and how many there are; `null` where `among` are all. */
  readonly before: Uint32Array | null;
  readonly grid: Exclude<Grid, { by: "edges" }>;
  /** Place of the first value of each cell of the grid, and the end. */
  readonly starts: Uint32Array;
  /** The fraction of each value, and a few zeros; they follow `starts` in one buffer. */
  readonly fractions: Uint16Array;
}

/** Fractions compared at once. */
const atOnce = 16;

/** Values whose fractions are found at once. */
const blockLength = 16_384;

/** Cells to look values up in: four values in each, twice as many where they are dense, which are compared at once. */
export function cellsToSearch(length: number): number {
  return Math.min(Math.max(length >> 2, 64), 65_536);
}

/**
 * Makes ordered values ready for being looked up.
 *
 * @param before  as `Places` has it
 * @param gridOf  a grid of about so many cells
 */
export function placesFor(
  among: Float64Array,
  before: Uint32Array | null,
  gridOf: (count: number) => Grid,
): Places | null {
  const grid = gridOf(cellsToSearch(among.length));
  if (grid.by === "edges") return null;
  // One after the other, to be copied together.
  const bytes = 4 * (grid.count + 1);
  const buffer = new SharedArrayBuffer(bytes + 2 * (among.length + atOnce));
  const starts = new Uint32Array(buffer, 0, grid.count + 1);
  const fractions = new Uint16Array(buffer, bytes);
  withScratch((engine, take) => {
    const block = take(blockLength * 8);
    const room = roomFor(Math.min(blockLength, among.length), take);
    for (let from = 0; from < among.length; from += blockLength) {
      const part = among.subarray(from, from + blockLength);
      engine.f64.set(part, block / 8);
      writeFractions(grid, block, part.length, room, engine, take);
      fractions.set(engine.u16.subarray(room.fractions / 2, room.fractions / 2 + part.length), from);
      for (const cell of engine.u16.subarray(room.cells / 2, room.cells / 2 + part.length)) starts[cell + 1]!++;
    }
  });
  for (let cell = 0; cell < grid.count; cell++) starts[cell + 1]! += starts[cell]!;
  return { among, before, grid, starts, fractions };
}

/** Addresses of what is found of each value. */
interface Room {
  readonly cells: number;
  readonly fractions: number;
}

function roomFor(length: number, take: Take): Room {
  return { cells: take(length * 2), fractions: take(length * 2) };
}

function writeFractions(
  grid: Places["grid"],
  values: number,
  length: number,
  { cells, fractions }: Room,
  engine: Engine,
  take: Take,
): void {
  indexer({ representation: "f64" }, grid, engine, take)(values, length, cells);
  if (grid.by === "scale") engine.kernels.fractionsByScale(values, cells, length, grid.low, grid.scale, fractions);
  else engine.kernels.fractionsByKey(values, cells, length, grid.low, grid.shift, fractions);
}

/**
 * Up to so many values are brought into engine memory, which is read in a row as fast as here and there; of more, only
 * those that are compared are read.
 */
const copied = 32_768;

/**
 * Writes for each of `length` values, in order at an address, how many of all others are below it, and then for each how
 * many are not above it.
 */
export function lookUp(known: Places, address: number, length: number, places: number): void {
  withScratch((engine, take) => {
    const room = roomFor(length, take);
    writeFractions(known.grid, address, length, room, engine, take);
    const doubtful = take(length * 4);
    const { among, before, starts } = known;
    let count: number;
    if (among.length <= copied) {
      const begins = take(starts.buffer.byteLength);
      engine.copyIn(new Uint8Array(starts.buffer), begins);
      const ordered = begins + starts.byteLength;
      count = engine.kernels.placesOf(room.cells, room.fractions, length, begins, ordered, places, doubtful);
    } else count = search(known, room, length, places, doubtful, engine);
    // Views of what is looked at alone: places in all of the memory are no small integers.
    const both = new Uint32Array(engine.buffer, places, 2 * length);
    if (count > 0) {
      const current = new Float64Array(engine.buffer, address, length);
      settle(among, current, both, new Uint32Array(engine.buffer, doubtful, count));
    }
    if (before) for (let k = 0; k < both.length; k++) both[k] = before[both[k]!]!;
  });
}

/** Does what the kernel `placesOf` does, outside of engine memory. */
function search(
  { starts, fractions }: Places,
  room: Room,
  length: number,
  places: number,
  doubtful: number,
  { buffer }: Engine,
): number {
  const cells = new Uint16Array(buffer, room.cells, length);
  const own = new Uint16Array(buffer, room.fractions, length);
  const below = new Uint32Array(buffer, places, length);
  const upTo = new Uint32Array(buffer, places + 4 * length, length);
  const open = new Uint32Array(buffer, doubtful, length);
  // Memory is slow to answer, and can be asked for much at once: what is needed is read before, in a loop without a branch.
  for (let k = 0; k < length; k++) upTo[k] = starts[cells[k]!]!;
  for (let k = 0; k < length; k++) below[k] = fractions[upTo[k]! + 4]!;
  let count = 0;
  for (let k = 0; k < length; k++) {
    const fraction = own[k]!;
    const end = starts[cells[k]! + 1]!;
    let place = upTo[k]!;
    let size = end - place;
    while (size > 0) {
      const half = size >> 1;
      const isBelow = (fractions[place + half]! - fraction) >> 31;
      place += (half + 1) & isBelow;
      size = half + ((size - 2 * half - 1) & isBelow);
    }
    below[k] = place;
    upTo[k] = place;
    if (place === end || fractions[place] !== fraction) continue;
    let equal = place + 1;
    while (equal < end && fractions[equal] === fraction) equal++;
    upTo[k] = equal;
    open[count++] = k;
  }
  return count;
}

/** Finds the places of those of the current values that others may be equal to. */
function settle(among: Float64Array, current: Float64Array, places: Uint32Array, doubtful: Uint32Array): void {
  const length = current.length;
  for (let which = 0; which < doubtful.length; which++) {
    const k = doubtful[which]!;
    const value = current[k]!;
    let first = places[k]!;
    let end = places[length + k]!;
    if (end - first > 1) {
      first = lowerBound(among, value, first, end);
      end = upperBound(among, value, first, end);
    } else {
      const other = among[first]!;
      if (value < other) end = first;
      else if (value > other) first = end;
    }
    places[k] = first;
    places[length + k] = end;
  }
}

/** Place of the first value that is not below `value`, from a place up to another. */
export function lowerBound(values: Float64Array, value: number, from: number, to: number): number {
  let first = from;
  let end = to;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (values[middle]! < value) first = middle + 1;
    else end = middle;
  }
  return first;
}

/** Place of the first value above `value`. */
export function upperBound(values: Float64Array, value: number, from: number, to: number): number {
  let first = from;
  let end = to;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if (values[middle]! <= value) first = middle + 1;
    else end = middle;
  }
  return first;
}
