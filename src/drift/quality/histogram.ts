/**
 * Bins for a picture of both sides: at most 32 of equal width over the middle of both, from the smaller first percentile to
 * the larger ninety-ninth. What lies outside is in the first and the last. Whole numbers have bins around whole numbers,
 * so that every bin holds as many of them.
 */
import type { Bins } from "../../source/source.js";
import { uniformEdges } from "../../statistics/histogram.js";
import type { CountedInOrder } from "./in-order.js";
import type { NumberFacts } from "./numbers.js";
import type { HistogramOfBoth } from "./quality-report.js";

const mostBins = 32;

interface Sides {
  readonly reference: NumberFacts;
  readonly current: NumberFacts;
}

/** @param count  of both sides between the edges */
export function histogramOf(
  { reference, current }: Sides,
  count: (edges: Float64Array) => readonly [Bins, Bins],
): HistogramOfBoth | null {
  const edges = edgesFor([reference, current]);
  if (!edges) return null;
  const [x, y] = count(edges);
  return { edges: Array.from(edges), reference: finiteCounts(x, reference), current: finiteCounts(y, current) };
}

/** Of counted values. */
export function binsOfCounts({ values, counts }: CountedInOrder, edges: Float64Array): Bins {
  const bins = { counts: new Uint32Array(edges.length - 1), under: 0, over: 0 };
  values.forEach((value, k) => {
    const number = Number(value);
    const next = edges.findIndex((edge) => edge > number);
    if (next === 0) bins.under += counts[k]!;
    else if (next > 0) bins.counts[next - 1]! += counts[k]!;
    else if (number === edges.at(-1)) bins.counts[edges.length - 2]! += counts[k]!;
    else bins.over += counts[k]!;
  });
  return bins;
}

function finiteCounts({ counts, under, over }: Bins, { numbers }: NumberFacts): number[] {
  const found = Array.from(counts);
  found[0]! += under - numbers.negativeInfinity;
  found[found.length - 1]! += over - numbers.positiveInfinity;
  return found;
}

function edgesFor(sides: readonly NumberFacts[]): Float64Array | null {
  if (sides.some(({ numbers }) => numbers.count === 0)) return null;
  const least = Math.min(...sides.map(({ numbers }) => Number(numbers.min)));
  const most = Math.max(...sides.map(({ numbers }) => Number(numbers.max)));
  const [first, last] = [0, sides[0]!.inOrder.quantiles!.length - 1];
  const low = Math.min(...sides.map(({ inOrder }) => Number(inOrder.quantiles![first])));
  const high = Math.max(...sides.map(({ inOrder }) => Number(inOrder.quantiles![last])));
  const whole = sides.every(({ inOrder }) => inOrder.whole);
  if (whole && Math.max(-least, most) <= largestHalf) {
    if (most - least < mostBins) return wholeEdges(least, most);
    return low < high && Number.isFinite(high - low)
      ? wholeEdges(Math.floor(low), Math.ceil(high))
      : wholeEdges(least, most);
  }
  return evenEdges(low, high) ?? evenEdges(least, most);
}

/** Up to here there is a double in the middle between two whole numbers. */
const largestHalf = 2 ** 51;

function wholeEdges(low: number, high: number): Float64Array {
  const values = high - low + 1;
  const width = Math.ceil(values / mostBins);
  const bins = Math.ceil(values / width);
  return uniformEdges(bins, [low - 0.5, low - 0.5 + bins * width]);
}

/** `null` where bins would be finer than doubles can tell apart, or wider than the largest one. */
function evenEdges(low: number, high: number): Float64Array | null {
  const finest = Math.max(2 ** -51 * Math.max(Math.abs(low), Math.abs(high)), 2 ** -1070);
  const width = (high - low) / mostBins;
  return Number.isFinite(width) && width > finest ? uniformEdges(mostBins, [low, high]) : null;
}
