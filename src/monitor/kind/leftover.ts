/** Whether what a shape leaves is noise: histories with several changes are of no kind. */
import { Evidence } from "./amplitude.js";
import { Noise } from "./noise.js";
import type { Fit, Model } from "./posterior.js";
import { addSteps, addStretches } from "./shapes.js";

/** Logarithm of the Bayes factor from which on there is a second change. */
const strong = Math.log(100);
/** Least amplitude of a second change in those of the first: smaller ones may come from a shape that does not quite fit. */
const share = 0.4;

/** Whether scores without a shape show another step or stretch, up or down, that matters beside it. */
export function severalChanges(residuals: Float64Array, fit: Fit, model: Model): boolean {
  const noise = new Noise(residuals, fit.phi, model.sd, model.level);
  return [addSteps, addStretches].some((addAll) => {
    const evidence = new Evidence(model.tau, true);
    addAll(noise, null, evidence);
    return evidence.log > strong && Math.abs(evidence.amplitude) >= share * Math.abs(fit.amplitude);
  });
}
