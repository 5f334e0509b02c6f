/**
 * A grid is a monotone rule that puts every value, ±Infinity too, into one cell. Counting and ordering take the same
 * grid, so they cannot disagree about a value.
 *
 * - `scale`: cell = round(clamp((x - low) · scale, 0, count - 1)), ties to even. The formula decides, not nominal edges:
 *   on one-decimal data 29 % of the values lie outside their cell's nominal edges.
 * - `key`: cell = clamp((key(x) - low) >> shift, 0, count - 1) on the order-preserving integer key of the bit pattern
 *   (of a 64-bit integer: the integer itself). Cells grow with the magnitude, so heavy tails spread.
 * - `edges`: NumPy's rule; the cell of x is the number of edges e <= x, so count = edges.length + 1 with two outer
 *   cells; with `closed`, a value equal to the last edge belongs to the cell before it.
 */
import type { Values } from "./source.js";

export type Grid =
  | { readonly by: "scale"; readonly low: number; readonly scale: number; readonly count: number }
  | { readonly by: "key"; readonly low: bigint; readonly shift: number; readonly count: number; readonly wide: boolean }
  | { readonly by: "edges"; readonly edges: Values; readonly closed: boolean; readonly count: number };
