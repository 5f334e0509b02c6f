/** The likelihood ratio test and the other members of its family; see power-divergence.ts. */
import type { CategoryInput } from "../source/categories.js";
import { type CategoryTested, type CellTestOptions, categoryTest, cellTestOptions } from "./category-test.js";
import { divergenceOf } from "./deviance.js";
import { knownOptions, shown } from "./option-checks.js";
import { type PowerDivergenceOfCells, powerDivergenceOf } from "./power-divergence.js";

/** The members that have names, as SciPy calls them. */
export type NamedPower =
  | "pearson"
  | "log-likelihood"
  | "freeman-tukey"
  | "mod-log-likelihood"
  | "neyman"
  | "cressie-read";

const powers: Readonly<Record<NamedPower, number>> = {
  pearson: 1,
  "log-likelihood": 0,
  "freeman-tukey": -1 / 2,
  "mod-log-likelihood": -1,
  neyman: -2,
  "cressie-read": 2 / 3,
};

export type GTestOptions = CellTestOptions;

export interface PowerDivergenceOptions extends CellTestOptions {
  /** A name or a number; `cressie-read` (2/3) if not given, which keeps close to its law and sees most changes. */
  readonly lambda?: NamedPower | number;
}

export interface GTestResult extends Omit<PowerDivergenceOfCells, "statistic" | "method" | "status">, CategoryTested {
  /** G = 2 · sum of O ln(O/E). */
  readonly statistic: number;
  /** Where the p-value is from: `gamma`, the matched law; or deals of the rows, `exact` all of them, `sampled` some. */
  readonly method: "gamma" | "exact" | "sampled";
  /** `constant`: there is only one category. */
  readonly status: "ok" | "constant";
}

export interface PowerDivergenceResult extends Omit<PowerDivergenceOfCells, "method">, CategoryTested {
  readonly lambda: number;
  /** As of `gTest`; `pearson`: the law of X², where the statistic is infinite or would often be. */
  readonly method: "gamma" | "pearson" | "exact" | "sampled";
}

/**
 * Likelihood ratio test (G test) of the null hypothesis that `reference` and `current` have their categories in equal
 * proportions, against the alternative that they have not.
 *
 * p-value from the gamma law matched to the permutation mean and variance of G, or from deals of the rows.
 *
 * @param reference, current  as `chiSquareTest`
 * @param options  as `chiSquareTest`
 * @returns G, degrees of freedom, p-value; new and vanished categories by name
 * @throws as `chiSquareTest`
 * @see Woolf (1957), Cressie and Read (1984); oracle: scipy.stats.chi2_contingency(lambda_="log-likelihood") for G
 */
export function gTest(reference: CategoryInput, current: CategoryInput, options: GTestOptions = {}): GTestResult {
  // Only λ ≤ -1 has infinite values and the law of X².
  return tested("gTest", reference, current, options, 0) as GTestResult;
}

/**
 * Test of the same null hypothesis by a member of Cressie and Read's family, of which `chiSquareTest` is λ = 1 and `gTest`
 * λ = 0.
 *
 * @param reference, current  as `chiSquareTest`
 * @param options.lambda  the member; the other options are those of `chiSquareTest`
 * @returns the statistic, for λ ≤ -1 `null` with status `infinite` where a side lacks a category
 * @throws RangeError for a λ that is none, and as `chiSquareTest`
 * @see Cressie and Read (1984); oracle: scipy.stats.chi2_contingency(lambda_=…) for the statistic
 */
export function powerDivergenceTest(
  reference: CategoryInput,
  current: CategoryInput,
  options: PowerDivergenceOptions = {},
): PowerDivergenceResult {
  knownOptions("powerDivergenceTest", options, ["lambda", ...cellTestOptions]);
  const { lambda = "cressie-read", ...others } = options;
  const power = powerOf(lambda);
  return { ...tested("powerDivergenceTest", reference, current, others, power), lambda: power };
}

function tested(
  caller: string,
  reference: CategoryInput,
  current: CategoryInput,
  options: CellTestOptions,
  lambda: number,
) {
  return categoryTest(
    caller,
    reference,
    current,
    options,
    (cells) => powerDivergenceOf(cells, lambda),
    (one, other, n, m) => divergenceOf({ reference: one, current: other }, n, m, lambda),
  );
}

/** Beyond this λ powers of counts overflow. */
const mostLambda = 100;

function powerOf(lambda: unknown): number {
  if (typeof lambda === "string" && Object.hasOwn(powers, lambda)) return powers[lambda as NamedPower];
  if (typeof lambda === "number" && Math.abs(lambda) <= mostLambda) return lambda;
  const names = Object.keys(powers).join(", ");
  const message = `powerDivergenceTest: lambda must be a number from -${mostLambda} to ${mostLambda} or ${names}, got ${shown(lambda)}`;
  throw typeof lambda === "number" || typeof lambda === "string" ? new RangeError(message) : new TypeError(message);
}
