/** Bounds on the gap inside cells, from counts alone. */
import type { Direction } from "../engine/walk.js";

/** The largest gap at the end of a cell. */
export function largestAtEdges(a: Uint32Array, b: Uint32Array, n: number, m: number, direction: Direction): number {
  let [highest, lowest] = [0, 0];
  let i = 0;
  let j = 0;
  for (let cell = 0; cell < a.length; cell++) {
    i += a[cell]!;
    j += b[cell]!;
    const gap = i * m - j * n;
    if (gap > highest) highest = gap;
    else if (gap < lowest) lowest = gap;
  }
  return Math.max(direction < 0 ? 0 : highest, direction > 0 ? 0 : -lowest);
}

/**
 * Gaps from which a cell stays open. Beyond 2^53 the products are rounded, so a cell is closed only when it stays clear of
 * the bound by more than rounding can be. A bound that nothing reaches leaves a direction out.
 */
export function marginsOf(bound: number, n: number, m: number, direction: Direction): { above: number; below: number } {
  const margin = n * m < 2 ** 53 ? Math.max(bound, 1) : bound - n * m * 2 ** -50;
  return {
    above: direction < 0 ? Number.POSITIVE_INFINITY : margin,
    below: direction > 0 ? Number.POSITIVE_INFINITY : margin,
  };
}

/** The cells inside which the gap may reach `bound`. */
export function mayReach(
  bound: number,
  a: Uint32Array,
  b: Uint32Array,
  n: number,
  m: number,
  direction: Direction,
): Uint32Array {
  const { above, below } = marginsOf(bound, n, m, direction);
  const open: number[] = [];
  let i = 0;
  let j = 0;
  for (let cell = 0; cell < a.length; cell++) {
    const up = i + a[cell]!;
    const down = j + b[cell]!;
    if ((up * m - j * n >= above || down * n - i * m >= below) && up + down > i + j) open.push(cell);
    i = up;
    j = down;
  }
  return Uint32Array.from(open);
}
