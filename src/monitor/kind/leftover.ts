/** Whether what a shape leaves is noise: histories with several changes are of no kind. */
import { Evidence } from "./amplitude.js";
import { Noise } from "./noise.js";
import type { Model } from "./posterior.js";
import { addSteps, addStretches } from "./shapes.js";

/** Logarithm of the Bayes factor from which on there is a second change. */
const strong = Math.log(1000);
/** Least amplitude of a second change in those of the first: smaller ones may come from a shape that does not quite fit. */
const share = 0.4;

/**
 * Whether scores without a shape show another step or stretch, up or down, that matters beside it.
 *
 * @param amplitude  of the shape
 */
export function severalChanges(residuals: Float64Array, amplitude: number, phi: number, model: Model): boolean {
  const noise = new Noise(residuals, phi, model.sd, model.level);
  return [addSteps, addStretches].some((addAll) => {
    const evidence = new Evidence(model.tau, true);
    addAll(noise, null, evidence);
    return evidence.log > strong && Math.abs(evidence.amplitude) >= share * Math.abs(amplitude);
  });
}
