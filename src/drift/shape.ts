/** Small pictures of a column: both sides' shares in the same bins or categories. */

import { leading } from "../engine/most-frequent.js";
import { cellsToOrder } from "../source/grid-for.js";
import type { Plan } from "../source/plan.js";
import { both } from "../source/plan.js";
import { sum } from "../statistics/category-cells.js";
import { uniformEdges } from "../statistics/histogram.js";
import { quantilesPlan } from "../statistics/quantile.js";
import type { Shape } from "./report.js";

const bins = 24;
const categories = 12;

/** Bins of equal width over the middle 98 % of the reference; what lies outside is in the first and the last. */
export function* valueShape(): Plan<Shape | null> {
  // The cells in which a walk over everything orders the values.
  const ends = yield* quantilesPlan(0, [0.01, 0.99], 7, cellsToOrder);
  const [low, high] = (ends ?? []).map(Number);
  if (low === undefined || high === undefined || !Number.isFinite(high - low)) return null;
  // Bins finer than doubles can tell apart show nothing.
  const finest = Math.max(2 ** -51 * Math.max(Math.abs(low), Math.abs(high)), 2 ** -1070);
  if (!((high - low) / bins > finest)) return null;
  const edges = uniformEdges(bins, [low, high]);
  const [reference, current] = yield* both("bins", edges, true);
  const shares = [reference, current].map(({ counts, under, over }) => {
    counts[0]! += under;
    counts[bins - 1]! += over;
    return sharesOf(Array.from(counts));
  });
  return { edges: Array.from(edges), reference: shares[0]!, current: shares[1]! };
}

/** The most frequent categories of the reference, then those of the current side alone; the rest as "other". */
export function categoryShape(reference: ReadonlyMap<string, number>, current: ReadonlyMap<string, number>): Shape {
  const both = function* (): Generator<readonly [string, number]> {
    yield* reference;
    if (reference.size >= categories) return;
    for (const name of current.keys()) if (!reference.has(name)) yield [name, 0];
  };
  const shown = leading(both(), categories).map(([name]) => name);
  const sides = [reference, current].map((side) => {
    const counts = shown.map((name) => side.get(name) ?? 0);
    return { counts, rest: sum(side.values()) - sum(counts) };
  });
  const others = sides.some(({ rest }) => rest > 0);
  const [before, after] = sides.map(({ counts, rest }) => sharesOf(others ? [...counts, rest] : counts));
  return { categories: others ? [...shown, "other"] : shown, reference: before!, current: after! };
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}
