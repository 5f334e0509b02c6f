/** Whether what a shape leaves is noise: histories with several changes are of no kind. */
import { Evidence } from "./amplitude.js";
import { valueAt } from "./described.js";
import { Noise } from "./noise.js";
import type { Drift, Fit, Model } from "./posterior.js";
import { addSteps, addStretches } from "./shapes.js";

/** Logarithm of the Bayes factor from which on there is a second change. */
const strong = Math.log(100);
/** Least amplitude of a second change in those of the first: smaller ones may come from a shape that does not quite fit. */
const share = 0.4;

/**
 * Whether scores without a shape show another step or stretch, up or down, that matters beside it. Where a step, a
 * ramp or a stretch is high they may spread more than where it is low, so that each of the two is measured by its own spread; a
 * rhythm is high several times, and one that is missing must not pass for spread.
 */
export function severalChanges(scores: Float64Array, kind: Drift, fit: Fit, model: Model): boolean {
  const heights = scores.map((_, t) => valueAt(kind, fit.shape, t));
  const residuals = scores.map((z, t) => z - fit.amplitude * heights[t]!);
  const spreadOf = (high: boolean) => {
    const some = residuals.filter((z, t) => !Number.isNaN(z) && heights[t]! >= 0.5 === high);
    return Math.sqrt(Math.max(1, some.reduce((sum, z) => sum + z * z, 0) / some.length || 1));
  };
  const [low, high] = kind === "periodic" ? [model.sd, model.sd] : [spreadOf(false), spreadOf(true)];
  const spreads = heights.map((height) => (height >= 0.5 ? high : low));
  const noise = new Noise(
    residuals.map((z, t) => z / spreads[t]!),
    fit.phi,
    1,
    model.level,
  );
  return [addSteps, addStretches].some((addAll) => {
    const evidence = new Evidence(model.tau / Math.max(low, high), true);
    addAll(noise, null, evidence);
    const amplitude = evidence.amplitude * (spreads[evidence.shape[0] ?? 0] ?? 1);
    return evidence.log > strong && Math.abs(amplitude) >= share * Math.abs(fit.amplitude);
  });
}
