/** Both sides' values in order, in rounds, for walks that need every one of them. */
import { wholeGrid } from "../engine/grid.js";
import { cellsToWalk } from "../source/grid-for.js";
import { both, one, type Plan, type Side } from "../source/plan.js";
import type { Values } from "../source/source.js";
import { nextRound, type Ordered, orderAtOnce, total, walkSize } from "./gap.js";

/**
 * Hands stretch after stretch of both sides to `visit`, which must not keep them, with the numbers of values n and m of
 * the whole sides.
 *
 * @returns n, m and both sides' values, where there are few
 */
export function* inOrderPlan(
  visit: (reference: Values, current: Values, n: number, m: number) => void,
): Plan<{ n: number; m: number; ordered: Ordered | null }> {
  const sizes = yield* both("size");
  if (sizes[0] + sizes[1] <= orderAtOnce) {
    const [x, y] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
    visit(x, y, x.length, y.length);
    return { n: x.length, m: y.length, ordered: { reference: x, current: y } };
  }
  const grid = yield* one(sizes[1] > 8 * sizes[0] ? 1 : 0, "grid", cellsToWalk(Math.max(...sizes)));
  const [a, b] = yield* both("cells", grid);
  const n = total(a);
  const m = total(b);
  const cells = Uint32Array.from({ length: a.length }, (_, cell) => cell);
  for (let from = 0; from < cells.length; ) {
    const round = nextRound(cells, from, a, b, walkSize);
    from += round.length;
    const [x, y] = yield* both("ordered", grid, round, true);
    visit(x, y, n, m);
  }
  return { n, m, ordered: null };
}

/** The same of one side. */
export function* oneInOrderPlan(side: Side, visit: (values: Values) => void): Plan<void> {
  const ready = yield* one(side, "inOrder");
  if (ready) return visit(ready);
  const size = yield* one(side, "size");
  if (size <= orderAtOnce) return visit(yield* one(side, "ordered", wholeGrid, Uint32Array.of(0)));
  const grid = yield* one(side, "grid", cellsToWalk(size));
  const counts = yield* one(side, "cells", grid);
  const cells = Uint32Array.from(counts.keys());
  const none = new Uint32Array(counts.length);
  for (let from = 0; from < cells.length; ) {
    const round = nextRound(cells, from, counts, none, walkSize);
    from += round.length;
    visit(yield* one(side, "ordered", grid, round, true));
  }
}
