/** Methods on the table of both sides' categories beside the default one. */
import type { Plan } from "../source/plan.js";
import { categoryCellsPlan } from "../statistics/category-cells.js";
import { chiSquareOf } from "../statistics/chi-square.js";
import { fisherOf } from "../statistics/fisher-test.js";
import { powerDivergenceOf } from "../statistics/power-divergence.js";
import { proportionOf } from "../statistics/proportion-test.js";
import { mostFrequentPlan, type TwoByTwo } from "../statistics/two-by-two.js";
import type { Finding, Method } from "./methods.js";

/** Base 2, in [0, 1]. */
export const jensenShannonThreshold = 0.1;
/** A small change of a share in Cohen's terms: 50 % to 60 %, 5 % to 10 %. */
const cohensThreshold = 0.2;

/** The likelihood ratio of the same table. */
function* likelihoodRatio(): Plan<Finding> {
  const cells = yield* categoryCellsPlan();
  const { statistic, pValue } = powerDivergenceOf(cells, 0);
  const { effect } = chiSquareOf(cells.reference, cells.current);
  return {
    statistic,
    pValue,
    effects: [{ name: "jensen-shannon", value: effect, threshold: jensenShannonThreshold }],
    status: "ok",
  };
}

/** One category against all others: of more than two the one most frequent on both sides together. */
function onTwo(
  test: (table: TwoByTwo) => { statistic: number | null; pValue: number; effect: number },
): NonNullable<Method["categories"]> {
  return function* () {
    const { statistic, pValue, effect } = test(yield* mostFrequentPlan());
    const effects = [{ name: "cohens-h", value: Math.abs(effect), threshold: cohensThreshold }];
    return { statistic, pValue, effects, status: "ok" };
  };
}

/** Fisher's exact test; its statistic is the odds ratio. */
const fisher = onTwo((table) => {
  const { pValue, oddsRatio, effect } = fisherOf(table);
  return { statistic: oddsRatio, pValue, effect };
});

export const tableMethods: readonly Method[] = [
  { name: "g-test", threshold: "level", categories: likelihoodRatio },
  { name: "fisher", threshold: "level", categories: fisher },
  { name: "proportion", threshold: "level", categories: onTwo((table) => proportionOf(table)) },
];
