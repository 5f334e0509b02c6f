/**
 * The cells of two columns brought to common edges. Cells of a smaller shift lie within those of a larger one, so the
 * coarser side's edges serve both, and every count is exact. What is not known is where in its cell a value lies.
 *
 * The cell of 0 holds subnormal numbers too, below 2.2e-308. Unless all values are that small they are taken for 0: many
 * columns are 0 in most rows, of which otherwise nothing would be known.
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

function cellsOn(shift: number, { cells, moments, type }: CellsOfColumn, finite: boolean): Cell[] {
  const { min, max, positiveInfinity, negativeInfinity } = moments;
  const isWhole = whole.test(type);
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
      low: isWhole ? Math.ceil(low) + 0 : low,
      high: isWhole ? Math.floor(high) : high,
      count,
    });
  }
  infinite(Number.POSITIVE_INFINITY, positiveInfinity);
  return found;
}

const smallestNormal = 2 ** -1022;

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
