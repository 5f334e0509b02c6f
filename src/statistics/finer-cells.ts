/** Cells where those of the first grid hold too many values to be closed, or to be ordered. */
import type { Grid } from "../engine/grid.js";
import { cellsFor, fineCellsFor, gridBetween } from "../source/grid-for.js";
import { both, one, type Plan, type Side } from "../source/plan.js";
import type { Spans } from "../source/source.js";

/** How many values of either side lie in each cell. */
export interface Cells {
  readonly grid: Grid;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
}

/** Many more cells than `grid` has; `null` where there are none to be had. */
export function* finerCells(grid: Grid, side: Side, size: number): Plan<Cells | null> {
  const finer = yield* one(side, "grid", fineCellsFor(size));
  if (finer.count <= 4 * grid.count) return null;
  const [a, b] = yield* both("cells", finer);
  return { grid: finer, a, b };
}

/** The values of one cell in many cells, all others in the first and the last of them. */
export function* divided(cell: number, a: Uint32Array, b: Uint32Array, x: Spans, y: Spans): Plan<Cells> {
  const ends = [...(a[cell]! > 0 ? [x] : []), ...(b[cell]! > 0 ? [y] : [])];
  const least = ends.map(({ min }) => min[cell]!).reduce((one, other) => (other < one ? other : one));
  const most = ends.map(({ max }) => max[cell]!).reduce((one, other) => (other > one ? other : one));
  const grid = gridBetween(least, most, x.min instanceof BigUint64Array, cellsFor(Number.POSITIVE_INFINITY));
  const [inA, inB] = yield* both("cells", grid);
  return { grid, a: inA, b: inB };
}

/** Whether nothing can lie below a grid's inner cells. */
export function beginsWithAll(grid: Grid): boolean {
  return grid.by === "key" && grid.low === -(2n ** 63n);
}
