/**
 * Order statistics of both sides taken together, exactly: the cells of both tell where the wanted ranks lie, and only
 * those cells' values are ordered.
 */
import { wholeGrid } from "../engine/grid.js";
import { cellsFor } from "../source/grid-for.js";
import { both, one, type Plan } from "../source/plan.js";
import type { Values } from "../source/source.js";
import { orderAtOnce, total } from "./gap.js";
import { cellsOfRanks, rankReader } from "./quantile.js";

/** How many values both sides hold, and those at the wanted ranks; none without values. */
export interface PooledRanks {
  readonly n: number;
  readonly m: number;
  readonly values: readonly (number | bigint)[];
}

/** @param ranksOf  the wanted ranks among `count` values, from 0 on, ascending */
export function* pooledRanksPlan(ranksOf: (count: number) => readonly number[]): Plan<PooledRanks> {
  const sizes = yield* both("size");
  if (sizes[0] + sizes[1] <= orderAtOnce) {
    const [x, y] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
    const [n, m] = [x.length, y.length];
    const pooled = merged(x, y);
    return { n, m, values: n + m === 0 ? [] : ranksOf(n + m).map((rank) => pooled[rank]!) };
  }
  const grid = yield* one(sizes[1] > sizes[0] ? 1 : 0, "grid", cellsFor(Math.max(...sizes)));
  const [a, b] = yield* both("cells", grid);
  const counts = a.map((count, cell) => count + b[cell]!);
  const [n, m] = [total(a), total(b)];
  if (n + m === 0) return { n, m, values: [] };
  const ranks = ranksOf(n + m);
  const open = cellsOfRanks(ranks, counts);
  const [x, y] = yield* both("ordered", grid, open);
  return { n, m, values: ranks.map(rankReader(merged(x, y), open, counts)) };
}

/** Both in one order. Of one representation, as both sides of a comparison are. */
function merged(x: Values, y: Values): Values {
  const all =
    x instanceof Float64Array ? new Float64Array(x.length + y.length) : new BigInt64Array(x.length + y.length);
  const pooled = x instanceof BigUint64Array ? new BigUint64Array(x.length + y.length) : all;
  pooled.set(x as never);
  pooled.set(y as never, x.length);
  return pooled.sort();
}
