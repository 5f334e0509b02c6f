/** What a column of numbers, truth values or points in time is like. */
import { wholeGrid } from "../../engine/grid.js";
import { countUpTo } from "../../engine/ordered-places.js";
import { answerNow } from "../../source/plan.js";
import type { Source, Values } from "../../source/source.js";
import { finiteOnes, finiteWalkPlan } from "../../statistics/full-walk.js";
import { oneInOrderPlan } from "../../statistics/in-order.js";
import { plain } from "../../statistics/plain.js";
import { type Dated, dateOf, inTime, isDate, type NumbersFound, numbersPlan } from "../../statistics/summary.js";
import { valueAvailability } from "../availability.js";
import { type LargestGap, largestGapOf } from "../largest-gap.js";
import { histogramOf } from "./histogram.js";
import { type InOrder, type InOrderWalk, inOrderWalk, probabilities } from "./in-order.js";
import { largestOf, type Point, type Points, pointsWalk, type Range } from "./points.js";
import type { ColumnQuality, HistogramOfBoth, PlainValue } from "./quality-report.js";
import { watched } from "./watch.js";

/** Of one side, in the unit of its source. */
export interface NumberFacts {
  readonly numbers: NumbersFound;
  readonly inOrder: InOrder;
}

/** Of both, as far as it does not follow from that of each. */
export interface PairFacts {
  readonly reference: NumberFacts;
  readonly current: NumberFacts;
  readonly points: Points;
  /** Where the distribution functions are farthest apart; `null` where they are the same, or a side has no value. */
  readonly largest: Point | null;
  readonly histogram: HistogramOfBoth | null;
}

/** Of values that were ordered before it is found once. */
const known = new WeakMap<Values, InOrder>();

export function numberFacts(source: Source): NumberFacts {
  const numbers = answerNow(numbersPlan(0), source);
  const last = knownOf(source);
  if (last) return { numbers, inOrder: last };
  const walk = inOrderWalk(valuesOf(numbers));
  answerNow(oneInOrderPlan(0, walk.visit), source);
  return { numbers, inOrder: finished(walk, source) };
}

function knownOf(source: Source): InOrder | undefined {
  const ready = source.inOrder();
  return ready ? known.get(ready) : undefined;
}

function finished(walk: InOrderWalk, source: Source): InOrder {
  const found = walk.finish();
  const ready = source.inOrder();
  if (ready) known.set(ready, found);
  return found;
}

function valuesOf({ count, positiveInfinity, negativeInfinity }: NumbersFound): number {
  return count + positiveInfinity + negativeInfinity;
}

/** Both sides' sources for a method to walk over, and what was seen meanwhile. */
export interface NumbersWatch {
  readonly sources: readonly [Source, Source];
  /** @param largest  what the method found */
  facts(largest: LargestGap | undefined): PairFacts;
}

/** @param numbers  of both sides, by `numbersPlan` without quantiles */
export function watchNumbers(x: Source, y: Source, numbers: readonly [NumbersFound, NumbersFound]): NumbersWatch {
  const [n, m] = [numbers[0].count, numbers[1].count];
  const range = rangeOf(x, numbers[0]);
  const before = knownOf(x);
  const start = () => ({
    reference: before ? null : inOrderWalk(valuesOf(numbers[0])),
    current: inOrderWalk(valuesOf(numbers[1])),
    points: pointsWalk(n, m, range),
  });
  let walks = start();
  const onlooker = {
    begin() {
      walks = start();
    },
    visit(a: Values, b: Values) {
      walks.reference?.visit(a);
      walks.current.visit(b);
      walks.points.visit(finiteOnes(a), finiteOnes(b));
    },
  };
  const watch = watched(x, y, onlooker);
  const { sources } = watch;
  /** Walks over both sides, which the watch sees. */
  const walk = (): LargestGap => largestGapOf(answerNow(finiteWalkPlan(n, m), ...sources));
  return {
    sources,
    facts(found) {
      let largest = found?.n === n && found.m === m ? found : undefined;
      const ordered = watch.seen() ? null : orderedSides(x, y);
      if (ordered) {
        onlooker.begin();
        onlooker.visit(...ordered);
      } else if (!watch.seen()) largest = walk();
      const points = walks.points.finish();
      const facts = (numbers: NumbersFound, inOrder: InOrder): NumberFacts => ({ numbers, inOrder });
      const sides = {
        reference: facts(numbers[0], before ?? finished(walks.reference!, x)),
        current: facts(numbers[1], finished(walks.current, y)),
      };
      const isKnown = points.complete || n === 0 || m === 0;
      return {
        ...sides,
        points,
        largest: isKnown ? largestOf(points) : pointAt(largest ?? walk(), ordered, x.wide(), walk),
        histogram: histogramOf(sides, (edges) => [x.bins(edges, true), y.bins(edges, true)]),
      };
    },
  };
}

/** Both sides in order, where the reference was ordered before. */
function orderedSides(x: Source, y: Source): readonly [Values, Values] | null {
  const reference = x.inOrder();
  return reference && [reference, y.inOrder() ?? y.ordered(wholeGrid, Uint32Array.of(0))];
}

/** @param walk  asked where nothing else tells how many values there are up to the location */
function pointAt(
  { location, upTo }: LargestGap,
  ordered: readonly [Values, Values] | null,
  wide: boolean,
  walk: () => LargestGap,
): Point | null {
  if (location === null) return null;
  const value = wide ? BigInt(location) : Number(location);
  const known = upTo ?? ordered?.map((values) => countUpTo(finiteOnes(values), value)) ?? walk().upTo!;
  return { value, i: known[0]!, j: known[1]! };
}

/** Of the finite values. */
function rangeOf(source: Source, { min, max }: NumbersFound): Range {
  if (min === null || max === null) return null;
  return source.wide() ? [BigInt(min), BigInt(max)] : [Number(min), Number(max)];
}

/** A column's quality, in its own unit. */
export function qualityOfNumbers(column: Dated, { numbers, inOrder }: NumberFacts): ColumnQuality {
  const { kind, type } = column;
  const quantiles = probabilities.map((probability, k) => {
    return { probability, value: inOrder.quantiles ? plain(inOrder.quantiles[k]!) : null };
  });
  const found = inTime({ ...numbers, quantiles }, column);
  const { mean, standardDeviation, skewness, kurtosis, min, max } = found;
  const { zeros, negatives } = inOrder;
  const mostCommon = inOrder.mostCommon.map(({ value, count }) => ({ value: told(value, column), count }));
  const count = valuesOf(numbers);
  return {
    kind,
    type,
    availability: valueAvailability(numbers),
    distinct: { count: inOrder.distinct, error: 0 },
    ...spreadOf(inOrder.distinct, mostCommon[0]?.count ?? 0, count),
    mostCommon,
    numbers: {
      ...{ mean, standardDeviation, skewness, kurtosis, min, max },
      quantiles: found.quantiles,
      rankError: 0,
      zeros,
      negatives,
    },
    lengths: null,
    hash: null,
  };
}

/** From this share of one value on a column is almost constant. */
const nearlyAll = 0.95;

/** @param most  rows of the most common value */
export function spreadOf(distinct: number, most: number, count: number) {
  const constant = distinct === 1 && count > 0;
  return { constant, almostConstant: !constant && count > 0 && most >= nearlyAll * count };
}

/** A value as reports have it. */
export function told(value: number | bigint, column: Dated): PlainValue {
  if (column.kind === "boolean") return Number(value) === 1;
  const text = plain(value)!;
  return isDate(column) ? (dateOf(text, column) ?? String(text)) : text;
}
