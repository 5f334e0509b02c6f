/** Intervals of a regression's metrics from rows drawn with replacement. */
import { eachDraw } from "../engine/drawn-sums.js";
import type { Errors } from "../engine/regression-errors.js";
import { Resampled } from "./bootstrap.js";
import type { Estimated } from "./estimated.js";
import { alone, estimated, type IntervalSettings } from "./intervals.js";
import { timesPower } from "./moments.js";

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

/** The values alone. */
export type ErrorValues = { readonly [name in keyof Omit<ErrorEstimates, "medianAbsoluteError">]: number | null };

const leastDivisor = 2 ** -52;

/** @returns what makes the estimates once the median is known */
export function resampledErrors(
  found: Errors,
  values: ErrorValues,
  settings: IntervalSettings,
): (median: number | null) => ErrorEstimates {
  const { exponents } = found;
  const columns = columnsOf(found);
  const n = columns[0]!.length;
  const sizes = columns[1]!;
  const drawn = new Resampled(6, settings);
  const upper = Math.floor(n / 2);
  const lower = n % 2 === 1 ? upper : upper - 1;
  eachDraw(columns, settings.resamples, settings.seed, ({ sums, rowAt }) => {
    const [error, size, share, square, own, ownSquare] = sums as [number, number, number, number, number, number];
    const total = ownSquare - (own * own) / n;
    const median = (sizes[rowAt(lower)]! + sizes[rowAt(upper)]!) / 2;
    const inUnit = [error / n, size / n, Math.sqrt(square / n), median].map((x) => timesPower(x, exponents.error));
    const ratio = timesPower(square / total, 2 * (exponents.error - exponents.target));
    // Of equal targets there is none.
    drawn.add([...inUnit, timesPower(share / n, exponents.share), total > 0 ? 1 - ratio : Number.NaN]);
  });
  const of = (value: number | null, k: number): Estimated => {
    const range = value === null ? null : drawn.interval(k, value);
    return range ? estimated(value, ...range, "bootstrap") : alone(value);
  };
  return (median) => ({
    meanError: of(values.meanError, 0),
    meanAbsoluteError: of(values.meanAbsoluteError, 1),
    rootMeanSquaredError: of(values.rootMeanSquaredError, 2),
    medianAbsoluteError: of(median, 3),
    meanAbsolutePercentageError: of(values.meanAbsolutePercentageError, 4),
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
