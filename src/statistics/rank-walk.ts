/** Everything that is a sum over ranks, in one walk over both sides in order and in rounds. */
import { wholeGrid } from "../engine/grid.js";
import { finishRanks, type RankSums, startRanks, walkRanks } from "../engine/ranks.js";
import { cellsToOrder } from "../source/grid-for.js";
import { both, one, type Plan } from "../source/plan.js";
import { nextRound, type Ordered, orderAtOnce, total, walkSize } from "./gap.js";

export interface Ranks extends RankSums {
  readonly n: number;
  readonly m: number;
  /** Both sides' values, where there are few. */
  readonly ordered: Ordered | null;
}

/** The sums over ranks; `areas`: the energy distance too. */
export function* rankPlan(areas = false): Plan<Ranks> {
  const sizes = yield* both("size");
  if (sizes[0] + sizes[1] <= orderAtOnce) {
    const [reference, current] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
    const n = reference.length;
    const m = current.length;
    return {
      ...finishRanks(walkRanks(startRanks(), reference, current, n, m, areas)),
      n,
      m,
      ordered: { reference, current },
    };
  }
  const grid = yield* one(sizes[1] > 8 * sizes[0] ? 1 : 0, "grid", cellsToOrder);
  const [a, b] = yield* both("cells", grid);
  const n = total(a);
  const m = total(b);
  const cells = Uint32Array.from({ length: a.length }, (_, cell) => cell);
  let walked = startRanks();
  for (let from = 0; from < cells.length; ) {
    const round = nextRound(cells, from, a, b, walkSize);
    from += round.length;
    const [x, y] = yield* both("ordered", grid, round, true);
    walked = walkRanks(walked, x, y, n, m, areas);
  }
  return { ...finishRanks(walked), n, m, ordered: null };
}
