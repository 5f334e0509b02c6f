/** Columns of few distinct numbers, which are counted: everything follows from the counts. */
import type { Kind } from "../../column/column.js";
import type { NumbersFound } from "../../statistics/summary.js";
import { binsOfCounts, histogramOf } from "./histogram.js";
import { type CountedInOrder, inOrderOfCounts } from "./in-order.js";
import type { NumberFacts, PairFacts } from "./numbers.js";
import { pointsOfCounts } from "./points.js";

/** Counts by name, and what the names are of. */
export interface Counts {
  readonly counts: ReadonlyMap<string, number>;
  readonly kind: Kind;
  /** 64-bit integers. */
  readonly integers: boolean;
}

/** Values of columns in order, all as numbers or all as integers. */
function inOrder(sides: readonly Counts[]): CountedInOrder[] {
  const isWide =
    sides.every(({ integers }) => integers) &&
    sides.some(({ counts }) => [...counts.keys()].some((name) => !Number.isSafeInteger(Number(name))));
  return sides.map(({ counts, kind }) => {
    const named = (name: string): number | bigint => {
      if (kind === "boolean") return Number(name === "true");
      return isWide ? BigInt(name) : Number(name);
    };
    const entries = Array.from(counts, ([name, count]) => [named(name), count] as const).filter(([, n]) => n > 0);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return { values: entries.map(([value]) => value), counts: entries.map(([, count]) => count) };
  });
}

export function countedFacts(numbers: NumbersFound, counts: Counts): NumberFacts {
  return { numbers, inOrder: inOrderOfCounts(inOrder([counts])[0]!) };
}

export function countedPair(
  numbers: readonly [NumbersFound, NumbersFound],
  counts: readonly [Counts, Counts],
): PairFacts {
  return pairOfCounts(numbers, inOrder(counts) as [CountedInOrder, CountedInOrder]);
}

/** The same of values that are in order already. */
export function pairOfCounts(
  [before, after]: readonly [NumbersFound, NumbersFound],
  [x, y]: readonly [CountedInOrder, CountedInOrder],
): PairFacts {
  const sides = {
    reference: { numbers: before, inOrder: inOrderOfCounts(x) },
    current: { numbers: after, inOrder: inOrderOfCounts(y) },
  };
  const { largest, ...points } = pointsOfCounts(x, y);
  return {
    ...sides,
    points,
    largest,
    histogram: histogramOf(sides, (edges) => [binsOfCounts(x, edges), binsOfCounts(y, edges)]),
  };
}
