/** How the p-value of a statistic on cells is found: by a law, or by dealing the rows to the sides again and again. */
import { oneOf } from "./one-of.js";
import { type CheckedResampling, type Resampling, resamplingOf } from "./resampled.js";

export interface SignificanceOptions extends Resampling {
  /**
   * `law`: from the null law, of the statistic or, where that does not hold, of X² on the same cells. `resampled`: from
   * rows dealt to the sides at random, `permutations` times with a `seed`.
   */
  readonly significance?: "law" | "resampled";
}

export const significanceOptions = ["significance", "permutations", "seed", "confidence"] as const;

export type CheckedSignificance = "law" | CheckedResampling;

/** @throws RangeError or TypeError for settings that are none, or that are of another significance */
export function significanceOf(
  caller: string,
  { significance, ...resampling }: SignificanceOptions,
  usual: "law" | "resampled" = "law",
): CheckedSignificance {
  const chosen = significance ?? usual;
  oneOf(caller, "significance", chosen, ["law", "resampled"]);
  if (chosen === "resampled") return resamplingOf(caller, resampling);
  refuseResampling(caller, resampling);
  return chosen;
}

/** @throws TypeError for settings of what is not resampled */
export function refuseResampling(caller: string, { permutations, seed, confidence }: Resampling): void {
  for (const [name, value] of Object.entries({ permutations, seed, confidence })) {
    if (value !== undefined) throw new TypeError(`${caller}: ${name} needs significance: "resampled"`);
  }
}
