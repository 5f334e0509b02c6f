/**
 * Integrals over everything that the gap path can be inside a cell. As values are passed, t of them, the gap moves by at
 * most 1/n up and 1/m down a value, and has to reach its known value at the cell's end: it stays between
 *   up(t) = min(before + t/n, most, after + (c - t)/m)  and  down(t) = max(before - t/m, least, after - (c - t)/n),
 * c the number of values. Runs of equal values are crossed in straight lines, which keep between them too, since up is
 * concave and down convex.
 */

export interface Envelope {
  readonly before: number;
  readonly after: number;
  /** Bounds of the gap inside. */
  readonly least: number;
  readonly most: number;
  /** Values of the reference and of the current side in the cell. */
  readonly a: number;
  readonly b: number;
  readonly n: number;
  readonly m: number;
}

export interface SquareBounds {
  /** Bounds on the integral of the squared path. */
  readonly low: number;
  readonly high: number;
  /** Least possible size of the path's own integral. */
  readonly area: number;
  /** Largest possible size of the gap. */
  readonly size: number;
}

/** Bounds on the integrals over t from 0 to c. */
export function squaresWithin({ before, after, least, most, a, b, n, m }: Envelope): SquareBounds {
  const count = a + b;
  const top = Math.max(most, before, after);
  const bottom = Math.min(least, before, after);
  const up = (t: number): number => Math.min(before + t / n, top, after + (count - t) / m);
  const down = (t: number): number => Math.max(before - t / m, bottom, after - (count - t) / n);
  const turns = [
    ...[(top - before) * n, count - (top - after) * m, a],
    ...[(before - bottom) * m, count - (after - bottom) * n, b],
  ];
  const places = [0, ...turns.filter((t) => t > 0 && t < count).sort((x, y) => x - y), count];
  let [low, high, sumUp, sumDown] = [0, 0, 0, 0];
  let [t, above, below] = [0, up(0), down(0)];
  for (const next of places.slice(1)) {
    const [aboveNext, belowNext] = [up(next), down(next)];
    const length = next - t;
    high += largerSquares(above, aboveNext, -below, -belowNext, length);
    low += positiveSquares(below, belowNext, length) + positiveSquares(-above, -aboveNext, length);
    sumUp += ((above + aboveNext) / 2) * length;
    sumDown += ((below + belowNext) / 2) * length;
    [t, above, below] = [next, aboveNext, belowNext];
  }
  return { low, high, area: Math.max(0, sumDown, -sumUp), size: Math.max(up(a), -down(b)) };
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
  const [from, to] = [x - u, y - v];
  if (from >= 0 && to >= 0) return squares(x, y, length);
  if (from <= 0 && to <= 0) return squares(u, v, length);
  const share = from / (from - to);
  const middle = x + (y - x) * share;
  return from > 0
    ? squares(x, middle, share * length) + squares(middle, v, (1 - share) * length)
    : squares(u, middle, share * length) + squares(middle, y, (1 - share) * length);
}
