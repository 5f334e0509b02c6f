/** Small pictures of a column: both sides' shares in the same bins or categories. */
import { cellsToOrder } from "../source/grid-for.js";
import type { Plan } from "../source/plan.js";
import { both } from "../source/plan.js";
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

/** The most frequent categories of the reference, and the rest as "other". */
export function categoryShape(reference: ReadonlyMap<string, number>, current: ReadonlyMap<string, number>): Shape {
  const names = [...new Set([...reference.keys(), ...current.keys()])].sort(
    (a, b) => (reference.get(b) ?? 0) - (reference.get(a) ?? 0) || (a < b ? -1 : 1),
  );
  const shown = names.slice(0, categories);
  const rest = names.slice(categories);
  const counts = [reference, current].map((side) => [
    ...shown.map((name) => side.get(name) ?? 0),
    ...(rest.length > 0 ? [rest.reduce((sum, name) => sum + (side.get(name) ?? 0), 0)] : []),
  ]);
  return {
    categories: rest.length > 0 ? [...shown, "other"] : shown,
    reference: sharesOf(counts[0]!),
    current: sharesOf(counts[1]!),
  };
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total > 0 ? count / total : 0));
}
