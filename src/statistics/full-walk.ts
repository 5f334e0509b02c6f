/**
 * Everything that compares two whole distribution functions, in one walk over both sides in order: the largest gap, the
 * area between them (Wasserstein) and the Anderson-Darling statistic.
 *
 * The two-sample Anderson-Darling statistic weighs the squared gap by its variance, so that the tails count as much as
 * the middle. With mid-ranks [1], for ties:
 *   A² = (N - 1) / (N·n·m) · Σ l · (m·F - n·G)² / (B·(N - B) - N·l / 4)
 * over the distinct pooled values, l of them equal, F, G and B the numbers of reference, current and pooled values below
 * plus half of those equal.
 *
 * [1] Scholz, Stephens: K-sample Anderson-Darling tests. Journal of the American Statistical Association 82 (1987), (7).
 */
import { wholeGrid } from "../engine/grid.js";
import { finishWalk, startWalk, walkOn } from "../engine/walk.js";
import { cellsToOrder } from "../source/grid-for.js";
import { both, one, type Plan } from "../source/plan.js";
import { type GapResult, nextRound, orderAtOnce, total, walkSize } from "./gap.js";

/** Largest gap, area and A² of two samples. */
export interface WalkResult extends GapResult {
  /** Wasserstein distance; Infinity when the sides hold different shares of an infinity. */
  readonly area: number;
  /** Anderson-Darling statistic with mid-ranks; 0 when all values are equal. */
  readonly andersonDarling: number;
  /** Sum of the squared weights of its law given the ties: 1 for two different values, π²/3 - 3 for many; `null` without ties. */
  readonly spread: number | null;
}

export function* fullWalkPlan(): Plan<WalkResult> {
  const sizes = yield* both("size");
  if (sizes[0] + sizes[1] <= orderAtOnce) {
    const [x, y] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
    return resultOf(finishWalk(walkOn(startWalk(), x, y, x.length, y.length), x), x.length, y.length);
  }
  const grid = yield* one(sizes[1] > 8 * sizes[0] ? 1 : 0, "grid", cellsToOrder);
  const [a, b] = yield* both("cells", grid);
  const n = total(a);
  const m = total(b);
  const used = Uint32Array.from({ length: a.length }, (_, cell) => cell);
  let walked = startWalk();
  let like = new Float64Array(0) as Parameters<typeof finishWalk>[1];
  for (let from = 0; from < used.length; ) {
    const round = nextRound(used, from, a, b, walkSize);
    from += round.length;
    const [x, y] = yield* both("ordered", grid, round, true);
    walked = walkOn(walked, x, y, n, m);
    like = x;
  }
  return resultOf(finishWalk(walked, like), n, m);
}

function resultOf(walk: ReturnType<typeof finishWalk>, n: number, m: number): WalkResult {
  const { gap, location, area, weighted, distinct } = walk;
  const all = n + m;
  const andersonDarling = (weighted * (all - 1)) / all / n / m;
  const spread = distinct === all ? null : walk.spread / all / all;
  return { gap, location, n, m, area: area / n / m, andersonDarling, spread };
}
