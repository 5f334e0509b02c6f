/**
 * How much the side tells about the category, from 0 (nothing) to 1: effects of a 2 × K table.
 *
 * [1] Bergsma: A bias-correction for Cramér's V and Tschuprow's T. Journal of the Korean Statistical Society 42 (2013).
 * [2] Theil: On the estimation of relationships involving qualitative variables. American Journal of Sociology 76 (1970).
 * [3] Cohen: Statistical power analysis for the behavioral sciences (1988).
 */
import { sum } from "./category-cells.js";
import { divergenceOf } from "./deviance.js";
import { productGap } from "./product-gap.js";

export interface Association {
  /** Cramér's V, sqrt(X² / (n + m)), in [0, 1]; shrinks when the sides differ in size. */
  readonly cramersV: number;
  /** The same without what chance contributes to it on average [1], in [0, 1]. */
  readonly cramersVCorrected: number;
  /** Cramér's V of the table of shares, in which both sides weigh the same: 1 for sides without a common category. */
  readonly cramersVBalanced: number;
  /**
   * Theil's U (uncertainty coefficient) of the side given the category, in [0, 1]: which share of the uncertainty about a
   * row's side its category takes away [2]. 1 where each category occurs on one side only.
   */
  readonly theilsU: number;
  /** Cohen's h, |2 asin √p - 2 asin √q| for two categories [3], in [0, π]; `null` for more. */
  readonly cohensH: number | null;
}

/** Of one category. */
export const noAssociation: Association = {
  cramersV: 0,
  cramersVCorrected: 0,
  cramersVBalanced: 0,
  theilsU: 0,
  cohensH: null,
};

/** @param statistic  X² of the table; `cells` of it are not empty */
export function associationOf(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  statistic: number,
  cells: number,
): Association {
  const n = sum(Array.from(reference));
  const m = sum(Array.from(current));
  const all = n + m;
  const uncertainty = -((n / all) * Math.log(n / all) + (m / all) * Math.log(m / all));
  const information = divergenceOf({ reference, current }, n, m, 0) / (2 * all);
  return {
    cramersV: atMost1(Math.sqrt(statistic / all)),
    cramersVCorrected: corrected(statistic / all, cells, all),
    cramersVBalanced: balanced(reference, current, n, m),
    theilsU: atMost1(information / uncertainty),
    cohensH: cells === 2 ? hOfTwo(reference, current, n, m) : null,
  };
}

function corrected(square: number, cells: number, all: number): number {
  const excess = square - (cells - 1) / (all - 1);
  const most = Math.min((cells - 1) * (1 - (cells - 1) / (all - 1)), 1 - 1 / (all - 1));
  return excess > 0 && most > 0 ? atMost1(Math.sqrt(excess / most)) : 0;
}

function balanced(reference: ArrayLike<number>, current: ArrayLike<number>, n: number, m: number): number {
  let square = 0;
  for (let k = 0; k < reference.length; k++) {
    const gap = productGap(reference[k]!, m, current[k]!, n);
    if (gap !== 0) square += ((gap / n) * (gap / m)) / (reference[k]! * m + current[k]! * n);
  }
  return atMost1(Math.sqrt(square / 2));
}

function hOfTwo(reference: ArrayLike<number>, current: ArrayLike<number>, n: number, m: number): number {
  for (let k = 0; k < reference.length; k++) {
    if (reference[k]! + current[k]! > 0) return Math.abs(cohensH(reference[k]!, n, current[k]!, m));
  }
  return 0;
}

/**
 * Cohen's h of i of n against j of m, 2 asin √p - 2 asin √q. The sine of half of it is √(p (1 - q)) - √(q (1 - p)), which
 * is (p - q) / (√(p (1 - q)) + √(q (1 - p))): nothing cancels.
 */
export function cohensH(i: number, n: number, j: number, m: number): number {
  const [p, q] = [i / n, j / m];
  const gap = productGap(i, m, j, n) / n / m;
  if (gap === 0) return 0;
  const sum = Math.sqrt(p * ((m - j) / m)) + Math.sqrt(q * ((n - i) / n));
  return 2 * Math.asin(Math.max(-1, Math.min(1, gap / sum)));
}

function atMost1(x: number): number {
  return Math.min(x, 1);
}
