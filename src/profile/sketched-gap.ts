/**
 * What quantile sketches know of the gap F - G inside cells: each estimates a distribution function within its rank error,
 * at all points at once, so that the gap is known within the sum of both. Where many values are equal this is far more than
 * their cell tells. A rank error holds with all but a billionth of probability over the sketch's random bits.
 */
import { rankError } from "../sketch/rank-error.js";
import { sortedView } from "../sketch/sorted-view.js";
import type { CellPair } from "./common-cells.js";
import type { GapRange } from "./gap-path.js";
import type { NumberProfile } from "./profile.js";

export type SketchOfColumn = Pick<NumberProfile, "quantiles" | "moments">;

/** @param finite  whether the cells leave infinities out */
export function sketchedGap(
  pair: CellPair,
  x: SketchOfColumn,
  y: SketchOfColumn,
  finite = false,
): GapRange | undefined {
  if (pair.n === 0 || pair.m === 0 || x.quantiles.count === 0 || y.quantiles.count === 0) return undefined;
  const [one, other] = [estimateOf(x, finite), estimateOf(y, finite)];
  const error = one.error + other.error;
  const least = new Float64Array(pair.low.length);
  const most = new Float64Array(pair.low.length);
  for (let k = 0; k < pair.low.length; k++) {
    const [low, high] = [pair.low[k]!, pair.high[k]!];
    let gap = one.shareUpTo(low) - other.shareUpTo(low);
    let [smallest, largest] = [gap, gap];
    for (;;) {
      const next = Math.min(one.next(), other.next());
      if (!(next < high)) break;
      gap = one.shareUpTo(next) - other.shareUpTo(next);
      smallest = Math.min(smallest, gap);
      largest = Math.max(largest, gap);
    }
    least[k] = smallest - error;
    most[k] = largest + error;
  }
  return { least, most };
}

interface Estimate {
  readonly error: number;
  /** Estimated share of values up to x, which must not descend from call to call. */
  readonly shareUpTo: (x: number) => number;
  /** The next value that the sketch kept. */
  readonly next: () => number;
}

function estimateOf({ quantiles, moments }: SketchOfColumn, finite: boolean): Estimate {
  const { values, ranks } = sortedView(quantiles);
  const { count } = quantiles;
  const below = finite ? moments.negativeInfinity : 0;
  const all = finite ? count - moments.negativeInfinity - moments.positiveInfinity : count;
  let at = 0;
  return {
    error: (rankError(quantiles) * count) / all,
    shareUpTo(x) {
      while (at < values.length && values[at]! <= x) at++;
      const rank = at === 0 ? 0 : ranks[at - 1]!;
      return Math.min(1, Math.max(0, (rank - below) / all));
    },
    next: () => values[at] ?? Number.POSITIVE_INFINITY,
  };
}
