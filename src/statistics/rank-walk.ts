/** Everything that is a sum over ranks, in one walk over both sides in order and in rounds. */
import { finishRanks, type RankSums, startRanks, walkRanks } from "../engine/ranks.js";
import type { Plan } from "../source/plan.js";
import type { Ordered } from "./gap.js";
import { inOrderPlan } from "./in-order.js";

export interface Ranks extends RankSums {
  readonly n: number;
  readonly m: number;
  /** Both sides' values, where there are few. */
  readonly ordered: Ordered | null;
}

/** The sums over ranks; `areas`: the energy distance too. */
export function* rankPlan(areas = false): Plan<Ranks> {
  let walked = startRanks();
  const found = yield* inOrderPlan((x, y, n, m) => {
    walked = walkRanks(walked, x, y, n, m, areas);
  });
  return { ...finishRanks(walked), ...found };
}
