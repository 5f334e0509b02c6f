/** Samples of which only count, mean and variance are known. */
import type { Moments } from "../source/source.js";
import { exponentFor, timesPower } from "./moments.js";
import { shown } from "./option-checks.js";

/** A sample as its summary: what `moments` returns, or the three numbers from elsewhere. */
export interface SampleSummary {
  readonly count: number;
  readonly mean: number | null;
  /** Of the sample, divisor count - 1. */
  readonly variance: number | null;
  /** Infinite values that mean and variance do not know of; none if not given. */
  readonly positiveInfinity?: number;
  readonly negativeInfinity?: number;
}

/** A sample as the F test needs it. */
export type VarianceSummary = Omit<SampleSummary, "mean">;

/** Whether `input` is a summary and no column. */
export function isSummary(input: unknown): input is SampleSummary {
  if (typeof input !== "object" || input === null || Array.isArray(input) || ArrayBuffer.isView(input)) return false;
  return "count" in input && "mean" in input && "variance" in input;
}

/**
 * A summary as moments: scaled so that neither sums nor squares overflow or vanish.
 *
 * @throws RangeError for a count below `least`, a mean that is not finite and a variance that is negative or not finite
 */
export function momentsOfSummary(
  caller: string,
  which: string,
  summary: SampleSummary | VarianceSummary,
  least: number,
  asked: "mean and variance" | "variance" = "mean and variance",
): Moments {
  if (typeof summary !== "object" || summary === null) {
    throw new TypeError(`${caller}: ${which} must be { count, ${asked.replace(" and", ",")} }, got ${shown(summary)}`);
  }
  const { count, positiveInfinity = 0, negativeInfinity = 0 } = summary;
  if (!(Number.isInteger(count) && count >= least)) {
    throw new RangeError(
      `${caller}: ${which} needs a whole count of at least ${least === 1 ? "one" : "two"}, got ${shown(count)}`,
    );
  }
  // Of one value there is no variance, and none is needed.
  const variance = summary.variance ?? (count === 1 ? 0 : null);
  const mean = asked === "variance" ? 0 : "mean" in summary ? summary.mean : undefined;
  if (!(isFiniteNumber(mean) && isFiniteNumber(variance) && variance >= 0)) {
    const found = `variance ${shown(summary.variance)}`;
    const both = asked === "variance" ? found : `mean ${shown(mean)}, ${found}`;
    throw new RangeError(`${caller}: ${which} needs a finite ${asked}, got ${both}`);
  }
  // The spread's own scale: beside a far mean its square may vanish. The mean has room for 900 powers of two.
  const exponent = Math.max(exponentFor(mean) - (variance > 0 ? 900 : 0), exponentFor(Math.sqrt(variance)));
  const m2 = timesPower(variance, -2 * exponent) * (count - 1);
  const about = { meanLow: 0, m3: 0, m4: 0, min: mean, max: mean, positiveInfinity, negativeInfinity };
  return { ...about, count, exponent, origin: 0n, mean: timesPower(mean, -exponent), m2 };
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
