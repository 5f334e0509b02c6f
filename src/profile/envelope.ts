/**
 * Integrals over everything that the gap path can be inside a cell. As values are passed, t of them, the gap moves by at
 * most 1/n up and 1/m down a value, and has to reach its known value at the cell's end: it stays between
 *   up(t) = min(before + t/n, most, after + (c - t)/m)  and  down(t) = max(before - t/m, least, after - (c - t)/n),
 * c the number of values. Runs of equal values are crossed in straight lines, which keep between them too, since up is
 * concave and down convex.
 */
import type { CellPair } from "./common-cells.js";
import type { GapPath } from "./gap-path.js";

export interface SquareBounds {
  /** Bounds on the integral of the squared path. */
  readonly low: number;
  readonly high: number;
  /** Least possible size of the path's own integral. */
  readonly area: number;
  /** Largest possible size of the gap. */
  readonly size: number;
}

/** Where either bound turns, ascending: room for one call. */
const turns = new Float64Array(8);

/** Bounds on the integrals over t from 0 to c. */
export function squaresIn(
  cell: number,
  { n, m, reference, current }: CellPair,
  { gaps, least, most }: GapPath,
): SquareBounds {
  const before = gaps[cell]!;
  const after = gaps[cell + 1]!;
  const a = reference[cell]!;
  const b = current[cell]!;
  const count = a + b;
  const top = Math.max(most[cell]!, before, after);
  const bottom = Math.min(least[cell]!, before, after);
  let places = 0;
  const turn = (t: number): void => {
    if (!(t > 0 && t < count)) return;
    let at = places++;
    for (; at > 0 && turns[at - 1]! > t; at--) turns[at] = turns[at - 1]!;
    turns[at] = t;
  };
  turn((top - before) * n);
  turn(count - (top - after) * m);
  turn(a);
  turn((before - bottom) * m);
  turn(count - (after - bottom) * n);
  turn(b);
  turns[places] = count;
  let [low, high, sumUp, sumDown] = [0, 0, 0, 0];
  let [t, above, below] = [0, before, before];
  for (let k = 0; k <= places; k++) {
    const next = turns[k]!;
    const left = count - next;
    const aboveNext = Math.min(before + next / n, top, after + left / m);
    const belowNext = Math.max(before - next / m, bottom, after - left / n);
    const length = next - t;
    high += largerSquares(above, aboveNext, -below, -belowNext, length);
    low += positiveSquares(below, belowNext, length) + positiveSquares(-above, -aboveNext, length);
    sumUp += ((above + aboveNext) / 2) * length;
    sumDown += ((below + belowNext) / 2) * length;
    t = next;
    above = aboveNext;
    below = belowNext;
  }
  const size = Math.max(Math.min(before + a / n, top), -Math.max(before - b / m, bottom));
  return { low, high, area: Math.max(0, sumDown, -sumUp), size };
}

/** Integral of the squared line from x to y. */
function squares(x: number, y: number, length: number): number {
  return (length * (x * x + x * y + y * y)) / 3;
}

/** The same of what is positive of it. */
function positiveSquares(x: number, y: number, length: number): number {
  if (x <= 0 && y <= 0) return 0;
  if (x >= 0 && y >= 0) return squares(x, y, length);
  const share = Math.max(x, y) / Math.abs(x - y);
  return squares(0, Math.max(x, y), share * length);
}

/** Integral of the larger one of two squared lines, whose sum is never negative beyond where they are equal in size. */
function largerSquares(x: number, y: number, u: number, v: number, length: number): number {
  const from = x - u;
  const to = y - v;
  if (from >= 0 && to >= 0) return squares(x, y, length);
  if (from <= 0 && to <= 0) return squares(u, v, length);
  const share = from / (from - to);
  const middle = x + (y - x) * share;
  return from > 0
    ? squares(x, middle, share * length) + squares(middle, v, (1 - share) * length)
    : squares(u, middle, share * length) + squares(middle, y, (1 - share) * length);
}
