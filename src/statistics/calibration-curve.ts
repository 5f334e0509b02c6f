/**
 * The calibration curve of scores (reliability diagram): in bins of the score, its mean beside the share of rows that are of
 * the class; and the expected calibration error, the mean distance of both, by rows. Bins are scikit-learn's
 * (`calibration_curve`): equally wide ones of [0, 1], or with equally many rows each, as near as equal scores allow; a score
 * on an edge belongs to the bin below; bins without rows are left out.
 */
import { binScores } from "../engine/class-losses.js";
import { denseOf } from "../engine/dense.js";
import { orderAll } from "../engine/order.js";

/** Bins of the score of the positive class (of more classes: of the predicted class). */
export interface CalibrationCurve {
  readonly meanScore: readonly number[];
  /** Share of rows that are of the class. */
  readonly observed: readonly number[];
  readonly counts: readonly number[];
  /** Expected calibration error: mean distance of both, by counts. */
  readonly error: number;
}

/** Bins of equal width, or of equally many rows. */
export type CalibrationBins = "uniform" | "quantile";

/** @param hits 1 for rows that are of the class that the score is of, else 0; at least one row */
export function calibrationCurve(
  scores: Float64Array,
  hits: Uint8Array,
  bins: number,
  strategy: CalibrationBins,
): CalibrationCurve {
  const shares = Float64Array.from({ length: bins - 1 }, (_, k) => (k + 1) * (1 / bins));
  const ends = strategy === "uniform" ? shares : quantilesOf(scores, shares);
  const filled = binScores(scores, hits, ends).filter(({ count }) => count > 0);
  const gap = filled.reduce((sum, bin) => sum + Math.abs(bin.sum - bin.hits), 0);
  return {
    meanScore: filled.map(({ sum, count }) => sum / count),
    observed: filled.map((bin) => bin.hits / bin.count),
    counts: filled.map(({ count }) => count),
    error: gap / scores.length,
  };
}

/** As numpy.percentile, operation by operation: the edges decide where equal scores belong. */
function quantilesOf(scores: Float64Array, shares: Float64Array): Float64Array {
  const sorted = orderAll(denseOf(scores)).values as Float64Array;
  return shares.map((share) => {
    const place = (sorted.length - 1) * ((share * 100) / 100);
    const below = Math.floor(place);
    const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
    const part = place - below;
    return part >= 0.5 ? high - (high - low) * (1 - part) : low + (high - low) * part;
  });
}
