/** Intervals of a regression's metrics from rows drawn with replacement. */
import { eachResample } from "../engine/bootstrap.js";
import type { Errors } from "../engine/regression-errors.js";
import type { Estimated } from "./estimated.js";
import { type IntervalSettings, percentiles } from "./intervals.js";
import { timesPower } from "./moments.js";
import type { ErrorValues } from "./regression-metrics.js";

/** What has an interval. */
export interface ErrorEstimates {
  readonly meanError: Estimated;
  readonly meanAbsoluteError: Estimated;
  /** As a share; scikit-learn's, which divides by at least 2^-52. */
  readonly meanAbsolutePercentageError: Estimated;
  readonly rootMeanSquaredError: Estimated;
  readonly medianAbsoluteError: Estimated;
  readonly r2: Estimated;
}

const leastDivisor = 2 ** -52;

/**
 * @returns what makes the estimates once the median is known
 */
export function resampledErrors(
  found: Errors,
  values: ErrorValues,
  { resamples, seed, confidence }: IntervalSettings,
): (median: number | null) => ErrorEstimates {
  const { exponents } = found;
  const columns = columnsOf(found);
  const n = columns[0]!.length;
  const sizes = columns[1]!;
  const drawn = Array.from({ length: 6 }, () => new Float64Array(resamples));
  const upper = Math.floor(n / 2);
  const lower = n % 2 === 1 ? upper : upper - 1;
  let next = 0;
  eachResample(columns, resamples, seed, ({ sums, rowAt }) => {
    const [error, size, share, square, own, ownSquare] = sums as [number, number, number, number, number, number];
    const total = ownSquare - (own * own) / n;
    const medians = (sizes[rowAt(lower)]! + sizes[rowAt(upper)]!) / 2;
    const ratio = timesPower(square / total, 2 * (exponents.error - exponents.target));
    const inUnit = [error / n, size / n, Math.sqrt(square / n), medians].map((x) => timesPower(x, exponents.error));
    drawn[0]![next] = inUnit[0]!;
    drawn[1]![next] = inUnit[1]!;
    drawn[2]![next] = timesPower(share / n, exponents.share);
    drawn[3]![next] = inUnit[2]!;
    drawn[4]![next] = inUnit[3]!;
    // Of equal targets there is none.
    drawn[5]![next++] = total > 0 ? 1 - ratio : Number.NaN;
  });
  const of = (value: number | null, k: number): Estimated => percentiles(value, drawn[k]!, confidence);
  return (median) => ({
    meanError: of(values.meanError, 0),
    meanAbsoluteError: of(values.meanAbsoluteError, 1),
    meanAbsolutePercentageError: of(values.meanAbsolutePercentageError, 2),
    rootMeanSquaredError: of(values.rootMeanSquaredError, 3),
    medianAbsoluteError: of(median, 4),
    r2: of(values.r2, 5),
  });
}

/** Error, its size, share and square, the target's deviation and its square: rows by the size of their error. */
function columnsOf(found: Errors): Float64Array[] {
  const { errors, target } = found.rows();
  const { exponents } = found;
  const order = Uint32Array.from(errors.keys()).sort((a, b) => Math.abs(errors[a]!) - Math.abs(errors[b]!));
  const inOrder = (of: (row: number) => number): Float64Array => Float64Array.from(order, of);
  const deviation = inOrder((row) => target[row]! - found.target.mean - found.target.meanLow);
  const share = (row: number): number => {
    const divisor = Math.max(
      Math.abs(timesPower(target[row]!, exponents.target - exponents.error)),
      timesPower(leastDivisor, -exponents.error),
    );
    return timesPower(Math.abs(errors[row]!) / divisor, -exponents.share);
  };
  return [
    inOrder((row) => errors[row]!),
    inOrder((row) => Math.abs(errors[row]!)),
    inOrder(share),
    inOrder((row) => errors[row]! ** 2),
    deviation,
    deviation.map((d) => d * d),
  ];
}
