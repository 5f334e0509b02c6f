/** Small pictures of a column: both sides' shares in the same bins or categories. */

import { leading } from "../engine/most-frequent.js";
import { cellsToOrder } from "../source/grid-for.js";
import type { Plan } from "../source/plan.js";
import { one } from "../source/plan.js";
import type { Bins } from "../source/source.js";
import { sum } from "../statistics/category-cells.js";
import { uniformEdges } from "../statistics/histogram.js";
import { quantilesPlan } from "../statistics/quantile.js";
import type { Shape } from "./report.js";

const bins = 24;
const categories = 12;

/** Bins, and the shares of the reference in them. */
export interface ReferenceBins {
  readonly edges: Float64Array;
  readonly shares: readonly number[];
}

/** Bins of equal width over the middle 98 % of the reference; what lies outside is in the first and the last. */
export function* referenceBins(): Plan<ReferenceBins | null> {
  // The cells in which a walk over everything orders the values.
  const ends = yield* quantilesPlan(0, [0.01, 0.99], 7, cellsToOrder);
  const [low, high] = (ends ?? []).map(Number);
  if (low === undefined || high === undefined || !Number.isFinite(high - low)) return null;
  // Bins finer than doubles can tell apart show nothing.
  const finest = Math.max(2 ** -51 * Math.max(Math.abs(low), Math.abs(high)), 2 ** -1070);
  if (!((high - low) / bins > finest)) return null;
  const edges = uniformEdges(bins, [low, high]);
  return { edges, shares: sharesIn(yield* one(0, "bins", edges, true)) };
}

/** Both sides' shares in the reference's bins. */
export function* valueShape(reference: ReferenceBins | null): Plan<Shape | null> {
  if (!reference) return null;
  const { edges, shares } = reference;
  const current = sharesIn(yield* one(1, "bins", edges, true));
  return { edges: Array.from(edges), reference: shares.slice(), current };
}

/** The same where nothing is known of the reference. */
export function* shapeOfValues(): Plan<Shape | null> {
  return yield* valueShape(yield* referenceBins());
}

function sharesIn({ counts, under, over }: Bins): number[] {
  counts[0]! += under;
  counts[bins - 1]! += over;
  return sharesOf(Array.from(counts));
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

/** Shares of all; zeros of none. */
export function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}
