/** Boosted trees, some at a time: between them others have their turn. The trees are those of one go. */
import { type Boosted, boost, type Coded, type Growth } from "../engine/boosting.js";
import { inParts, type StepOptions } from "./steps.js";

/** Codes that a part may look at once for each of its trees, which takes some ten milliseconds; a part grows a tree at least. */
const mostCodes = 2 ** 22;

export async function boostInParts(
  coded: Coded,
  targets: Float64Array,
  training: Uint32Array,
  growth: Growth,
  steps: StepOptions,
): Promise<Boosted> {
  const atOnce = Math.max(1, Math.floor(mostCodes / (training.length * coded.columns)));
  let found: Boosted | undefined;
  await inParts(Math.ceil(growth.trees / atOnce), steps, (part) => {
    const trees = Math.min(atOnce, growth.trees - part * atOnce);
    found = boost(coded, targets, training, { ...growth, trees }, found);
  });
  return found!;
}
