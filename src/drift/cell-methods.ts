/**
 * Methods on cells: distances with the p-value of their null law, or of X² on the same cells where they have none. The
 * effect is what chance does not account for.
 */
import type { Plan } from "../source/plan.js";
import { bhattacharyyaOf } from "../statistics/bhattacharyya.js";
import { type BinnedCells, binnedCellsPlan } from "../statistics/binned-cells.js";
import { type Cells, categoryCellsPlan } from "../statistics/category-cells.js";
import type { CellPValue } from "../statistics/cell-significance.js";
import { hellingerOf } from "../statistics/hellinger.js";
import { jensenShannonOf } from "../statistics/jensen-shannon.js";
import { klOf } from "../statistics/kl-divergence.js";
import { largestShareOf } from "../statistics/largest-share.js";
import { psiOf } from "../statistics/psi.js";
import type { CheckedSignificance } from "../statistics/significance.js";
import { totalVariationOf } from "../statistics/total-variation.js";
import type { Finding, Method } from "./methods.js";

interface Found extends CellPValue {
  readonly distance: number | null;
  readonly debiased: number | null;
}

/**
 * From which effect on a change matters. In ten cells between the deciles of a normal law a shift by 0.3 standard
 * deviations has PSI .086, KL .043, Jensen-Shannon distance .12 (base 2), Hellinger .10, Bhattacharyya .011, total
 * variation .12 and Chebyshev .063: the thresholds are where the industry's 0.1 of PSI puts all of them, in round numbers.
 */
const thresholds = {
  psi: 0.1,
  klDivergence: 0.05,
  jensenShannon: 0.1,
  hellinger: 0.1,
  bhattacharyya: 0.0125,
  totalVariation: 0.1,
  chebyshev: 0.05,
};

/** Rows dealt to the sides: p-values down to 0.00025. Of very many categories fewer, so that it takes seconds at most. */
function resampling({ reference }: Cells): CheckedSignificance {
  const permutations = Math.max(99, Math.min(3999, Math.floor(5e7 / reference.length)));
  return { permutations, seed: 0, confidence: 0.95 };
}

function onCells(
  name: string,
  effect: string,
  usual: number,
  distanceOf: (cells: Cells, tested: Cells) => Found,
): Method {
  const found = (cells: Cells, tested: Cells, threshold = usual): Finding => {
    const { distance, debiased, pValue, resolution } = distanceOf(cells, tested);
    return {
      statistic: distance,
      pValue,
      ...(resolution !== undefined && { resolution }),
      effects: [{ name: effect, value: debiased, threshold, ...(distance === null && { infinite: true }) }],
      status: distance === null ? "infinite" : "ok",
    };
  };
  const onBins = ({ tested, ...cells }: BinnedCells, threshold?: number): Finding => found(cells, tested, threshold);
  return {
    name,
    threshold: "effect",
    *values(threshold): Plan<Finding> {
      return onBins(yield* binnedCellsPlan("quantile"), threshold);
    },
    bins: onBins,
    *categories(threshold): Plan<Finding> {
      const cells = yield* categoryCellsPlan();
      return found(cells, cells, threshold);
    },
  };
}

export const cellMethods: readonly Method[] = [
  onCells("psi", "psi", thresholds.psi, (cells, tested) => psiOf(cells, 0.5, tested)),
  onCells("jensen-shannon", "jensen-shannon", thresholds.jensenShannon, (cells, tested) =>
    jensenShannonOf(cells, 2, tested),
  ),
  onCells("kl-divergence", "kl-divergence", thresholds.klDivergence, (cells, tested) =>
    klOf(cells, Math.E, 0.5, tested),
  ),
  onCells("hellinger", "hellinger", thresholds.hellinger, (cells, tested) => hellingerOf(cells, tested)),
  onCells("bhattacharyya", "bhattacharyya", thresholds.bhattacharyya, (cells, tested) =>
    bhattacharyyaOf(cells, tested),
  ),
  onCells("total-variation", "total-variation", thresholds.totalVariation, (cells, tested) =>
    totalVariationOf(cells, tested),
  ),
  onCells("total-variation-resampled", "total-variation", thresholds.totalVariation, (cells, tested) =>
    totalVariationOf(cells, tested, resampling(tested)),
  ),
  onCells("chebyshev", "chebyshev", thresholds.chebyshev, (cells, tested) => largestShareOf(cells, tested)),
  onCells("chebyshev-resampled", "chebyshev", thresholds.chebyshev, (cells, tested) =>
    largestShareOf(cells, tested, resampling(tested)),
  ),
];
