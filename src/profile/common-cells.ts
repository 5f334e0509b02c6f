/**
 * The cells of two columns brought to common edges. Cells of a smaller shift lie within those of a larger one, so the
 * coarser side's edges serve both, and every count is exact. What is not known is where in its cell a value lies.
 *
 * The cell of 0 holds subnormal numbers too, below 2.2e-308. Unless all values are that small they are taken for 0: many
 * columns are 0 in most rows, of which otherwise nothing would be known.
 *
 * Integers beyond 2^53 were rounded to doubles, which keeps their order but not that of those that became the same one:
 * such a double is a cell that reaches up to its neighbours. Where two overlap, integrals over both and over the negative
 * step between them still add up: no value of the lower cell lies beyond the middle, none of the upper one below it.
 */
import type { NumberProfile } from "./profile.js";

/** Counts of both sides in the same cells, ascending. */
export interface CellPair {
  /** Values of either side. */
  readonly n: number;
  readonly m: number;
  /** The smallest and the largest value that a cell can hold; equal where there is only one. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** What is known of one column's values. */
export interface CellsOfColumn extends Pick<NumberProfile, "cells" | "type"> {
  readonly moments: Pick<NumberProfile["moments"], "min" | "max" | "positiveInfinity" | "negativeInfinity">;
}

/**
 * The union of both sides' cells. Infinities have cells of their own, since their number is known; `finite` leaves them
 * out. The extremes of the finite values, which are known too, narrow the outer cells.
 */
export function cellPair(x: CellsOfColumn, y: CellsOfColumn, finite = false): CellPair {
  const shift = Math.max(x.cells.shift, y.cells.shift);
  const [one, other] = [x, y].map((side) => cellsOn(shift, side, finite)) as [Cell[], Cell[]];
  const [low, high, reference, current]: number[][] = [[], [], [], []];
  for (let i = 0, j = 0; i < one.length || j < other.length; ) {
    const a = one[i];
    const b = other[j];
    const order = a && b ? Math.sign(a.start - b.start) || 0 : a ? -1 : 1;
    const [mine, theirs] = [order <= 0 ? a : undefined, order >= 0 ? b : undefined];
    low!.push(Math.min(mine?.low ?? Number.POSITIVE_INFINITY, theirs?.low ?? Number.POSITIVE_INFINITY));
    high!.push(Math.max(mine?.high ?? Number.NEGATIVE_INFINITY, theirs?.high ?? Number.NEGATIVE_INFINITY));
    reference!.push(mine?.count ?? 0);
    current!.push(theirs?.count ?? 0);
    if (mine) i++;
    if (theirs) j++;
  }
  return {
    n: countOf(one),
    m: countOf(other),
    low: Float64Array.from(low!),
    high: Float64Array.from(high!),
    reference: Float64Array.from(reference!),
    current: Float64Array.from(current!),
  };
}

/** Whether a column holds integers that were rounded to doubles. */
export function isRounded({ type, moments: { min, max } }: CellsOfColumn): boolean {
  return wide.test(type) && Math.max(-min, max) >= exactIntegers;
}

/** Whether the values themselves are known: no cell can hold two different ones. */
export function isExact({ low, high }: CellPair): boolean {
  return low.every((value, k) => value === high[k]);
}

interface Cell {
  /** Where it begins on the grid; of infinities these themselves. */
  readonly start: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

function countOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}

/** Types whose values are whole numbers: of these a narrow cell holds one only. */
const whole = /^(Int\d|Uint\d|Date|Time|Duration|Bool)/;
/** Those that may lie beyond 2^53. */
const wide = /^(Int64|Uint64|Date|Time|Duration)/;
const exactIntegers = 2 ** 53;

function cellsOn(shift: number, { cells, moments, type }: CellsOfColumn, finite: boolean): Cell[] {
  const { min, max, positiveInfinity, negativeInfinity } = moments;
  const isWhole = whole.test(type);
  const isWide = wide.test(type);
  const isTiny = max < smallestNormal && min > -smallestNormal;
  const starts = ends(cells.starts, shift, false);
  const lasts = ends(cells.starts, shift, true);
  const found: Cell[] = [];
  const infinite = (value: number, count: number): void => {
    if (count > 0 && !finite) found.push({ start: value, low: value, high: value, count });
  };
  infinite(Number.NEGATIVE_INFINITY, negativeInfinity);
  for (let k = 0; k < starts.length; ) {
    const start = starts[k]!;
    const last = lasts[k]!;
    let count = 0;
    for (; k < starts.length && starts[k] === start; k++) count += cells.counts[k]!;
    if (start === Number.NEGATIVE_INFINITY) count -= negativeInfinity;
    if (last === Number.POSITIVE_INFINITY) count -= positiveInfinity;
    if (count <= 0) continue;
    // A cell of infinities that also holds finite values must not be taken for one without.
    const begin = Math.max(start, -Number.MAX_VALUE);
    const low = Math.max(begin, min);
    const high = start === 0 && last < smallestNormal && !isTiny ? 0 : Math.min(last, max);
    found.push({
      start: begin,
      low: isWide && Math.abs(low) >= exactIntegers ? neighbour(low, false) : isWhole ? Math.ceil(low) + 0 : low,
      high: isWide && Math.abs(high) >= exactIntegers ? neighbour(high, true) : isWhole ? Math.floor(high) : high,
      count,
    });
  }
  infinite(Number.POSITIVE_INFINITY, positiveInfinity);
  return found;
}

const smallestNormal = 2 ** -1022;

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The double next to one that is not 0. */
function neighbour(x: number, above: boolean): number {
  double[0] = x;
  bits[0]! += x > 0 === above ? 1n : -1n;
  return double[0];
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * The first or the last double of the cells in which values lie. Keys of positive doubles ascend with their bits, those of
 * negative ones descend; beyond the infinities there is nothing.
 */
function ends(values: Float64Array, shift: number, last: boolean): Float64Array {
  const found = values.map((value) => value + 0);
  const words = new Uint32Array(found.buffer);
  const lowMask = shift >= 32 ? 0xffffffff : 2 ** shift - 1;
  const highMask = shift > 32 ? 2 ** (shift - 32) - 1 : 0;
  for (let k = 0; k < found.length; k++) {
    const isPositive = found[k]! >= 0;
    const at = 2 * k + (littleEndian ? 0 : 1);
    const above = 2 * k + (littleEndian ? 1 : 0);
    if (isPositive === last) {
      words[at]! |= lowMask;
      words[above]! |= highMask;
    } else {
      words[at]! &= ~lowMask;
      words[above]! &= ~highMask;
    }
    // The key below that of 0 is that of -0, which is 0.
    if (!isPositive && found[k] === 0) found[k] = -Number.MIN_VALUE;
    if (Number.isNaN(found[k])) found[k] = isPositive ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }
  return found;
}
