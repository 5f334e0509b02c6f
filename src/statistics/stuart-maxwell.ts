/**
 * Stuart and Maxwell's test: are the categories as frequent on either side, among the same rows?
 *
 * With w_ij rows that went from i to j or back, the differences d of the categories' counts have the covariance S when
 * each of them went either way with chance 1/2, and X² = d' S⁻ d. S is the Laplacian of the graph whose edges are the
 * changes. So it is solved component by component, with one category grounded, and nothing has to be left out or merged:
 * categories without a change are nodes without edges, and the degrees of freedom are nodes less components.
 *
 * The p-value comes from the gamma law with the exact mean and variance that X² has over all ways to turn the changes
 * round: the mean is the degrees of freedom, the variance 2 (df - Σ w R²) with the edges' effective resistances R. With
 * many changes it is the chi-square law.
 *
 * [1] Stuart: A test for homogeneity of the marginal distributions in a two-way classification. Biometrika 42 (1955).
 * [2] Maxwell: Comparing the classification of subjects by two independent judges. British Journal of Psychiatry 116 (1970).
 */
import { chiSquare, gamma } from "../distributions/index.js";
import type { CategoryInput } from "../source/categories.js";
import { type PairedCategories, pairedCategories } from "../source/paired-categories.js";
import type { Missing } from "../source/source.js";
import { laplacianOf } from "./laplacian.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import { agreementOf, marginsOf } from "./paired-table.js";

export interface StuartMaxwellOptions {
  /** `matched`: the gamma law of X²'s exact mean and variance (the default). `asymptotic`: the chi-square law. */
  readonly method?: "matched" | "asymptotic";
}

export interface StuartMaxwellResult {
  /** X²; with two categories McNemar's. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly method: "matched" | "asymptotic";
  /** Number of categories that occur. */
  readonly categories: number;
  /** Share of the rows that changed their category. */
  readonly effect: number;
  /** Cohen's kappa; `null` where all rows are of one category. */
  readonly kappa: number | null;
  readonly n: number;
  /** `constant`: no row changed its category. */
  readonly status: "ok" | "constant";
  readonly missing: Missing;
}

/**
 * Stuart and Maxwell's test of the null hypothesis that all categories are as frequent on either side, among rows that
 * belong together, against the alternative that they are not.
 *
 * @param reference, current  text, truth values or numbers, row by row, with at most 1 024 categories; rows in which a
 *   side is missing are left out and counted
 * @returns X², degrees of freedom, p-value; the share of rows that changed and Cohen's kappa
 * @throws RangeError for more categories, columns of unequal length, and no pair; TypeError for points in time, prepared
 *   columns, and sides of two kinds
 * @see Stuart (1955), Maxwell (1970); oracle: statsmodels SquareTable.homogeneity, all ways to turn the changes round
 */
export function stuartMaxwellTest(
  reference: Exclude<CategoryInput, { readonly counts: unknown }>,
  current: Exclude<CategoryInput, { readonly counts: unknown }>,
  options: StuartMaxwellOptions = {},
): StuartMaxwellResult {
  knownOptions("stuartMaxwellTest", options, ["method"]);
  oneOf("stuartMaxwellTest", "method", options.method ?? "matched", ["matched", "asymptotic"]);
  const table = pairedCategories("stuartMaxwellTest", reference, current);
  if (table.n === 0) {
    throw new RangeError("stuartMaxwellTest: at least one row with a value on both sides is needed, got 0");
  }
  return { ...stuartMaxwellOf(table, options), missing: table.missing };
}

/** The test on a table of paired categories. */
export function stuartMaxwellOf(
  table: Pick<PairedCategories, "names" | "counts" | "n">,
  { method = "matched" }: StuartMaxwellOptions = {},
): Omit<StuartMaxwellResult, "missing"> {
  const { names, counts, n } = table;
  const size = names.length;
  const { reference, current } = marginsOf(table);
  const weights = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) if (i !== j) weights[i * size + j] = counts[i * size + j]! + counts[j * size + i]!;
  }
  const { solved, rank, squaredResistances } = laplacianOf(
    weights,
    reference.map((count, k) => count - current[k]!),
  );
  const { changed, kappa } = agreementOf(table);
  const found = { method, categories: size, effect: changed ?? 0, kappa, n };
  if (rank === 0) return { statistic: 0, degreesOfFreedom: 0, pValue: 1, ...found, status: "constant" };
  const variance = 2 * (rank - squaredResistances);
  // Without variance every way to turn the changes round gives the same X².
  const matched = () => (variance > 1e-9 * rank ? gamma.sf(solved, (rank * rank) / variance, variance / rank) : 1);
  const pValue = method === "matched" ? matched() : chiSquare.sf(solved, rank);
  return { statistic: solved, degreesOfFreedom: rank, pValue, ...found, status: "ok" };
}
