/**
 * Shares of both sides in the same cells, as Evidently forms them (its `get_binned_data`): numbers with more than 20
 * distinct values in the reference by bins of equal width over both sides, Sturges' number of them; all else by
 * category. NumPy's rules decide about edges: numpy.histogram_bin_edges, numpy.histogram.
 */
import { histogram, uniformEdges } from "../../statistics/histogram.js";
import type { EvidentlyKind } from "./kinds.js";
import { countsOf, isDistinctBeyond, keysOf, type NumberSide, type Side } from "./side.js";

export interface Shares {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** More distinct values than these are binned. */
const mostCategories = 20;

export function sharesOf(reference: Side, current: Side, kind: EvidentlyKind): Shares {
  if (kind === "num" && reference.form === "numbers" && current.form === "numbers") {
    if (isDistinctBeyond(mostCategories, reference)) return binned(reference, current);
  }
  const [before, after] = [countsOf(reference), countsOf(current)];
  const keys = keysOf(before, after);
  const shares = (counts: typeof before, { length }: Side) =>
    Float64Array.from(keys, (key) => (counts.get(key) ?? 0) / length);
  return { reference: shares(before, reference), current: shares(after, current) };
}

function binned(reference: NumberSide, current: NumberSide): Shares {
  const edges = sturgesEdges([reference.values, current.values], reference.whole && current.whole);
  return { reference: binnedShares(reference, edges), current: binnedShares(current, edges) };
}

function binnedShares({ values }: NumberSide, edges: Float64Array): Float64Array {
  return Float64Array.from(histogram(values, { bins: edges }).counts, (count) => count / values.length);
}

/** Values that lie too close together for as many bins, which NumPy refuses too. */
export class Unbinnable extends Error {}

/**
 * numpy.histogram_bin_edges(bins="sturges") of several arrays together; bins of whole numbers are at least 1 wide.
 *
 * @throws Unbinnable where bins would be finer than doubles
 */
export function sturgesEdges(arrays: readonly Float64Array[], whole: boolean): Float64Array {
  let [low, high, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const values of arrays) {
    count += values.length;
    for (const x of values) {
      if (x < low) low = x;
      if (x > high) high = x;
    }
  }
  const range = high - low;
  const width = range / (Math.log2(count) + 1);
  const bins = width > 0 ? Math.ceil(range / (whole ? Math.max(width, 1) : width)) : 1;
  try {
    return uniformEdges(bins, [low, high]);
  } catch (error) {
    throw new Unbinnable(`${bins} bins between ${low} and ${high} are finer than doubles`, { cause: error });
  }
}

/** Each side by itself: no share is 0, but 1e-4, or a millionth of the smallest where that is not above 1e-4. */
export function withoutZeros({ reference, current }: Shares): Shares {
  return { reference: filled(reference), current: filled(current) };
}

function filled(shares: Float64Array): Float64Array {
  const least = shares.reduce((least, share) => (share > 0 ? Math.min(least, share) : least), Number.POSITIVE_INFINITY);
  const filling = least <= 0.0001 ? least / 1e6 : 0.0001;
  return shares.map((share) => (share === 0 ? filling : share));
}
