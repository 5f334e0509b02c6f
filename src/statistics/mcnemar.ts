/**
 * McNemar's test: did one of two categories become more frequent among the same rows? Only rows that changed tell. Under
 * the null hypothesis each went either way with chance 1/2, so that the number of those that went one way is binomial:
 * exact at any size.
 *
 * [1] McNemar: Note on the sampling error of the difference between correlated proportions. Psychometrika 12 (1947).
 * [2] Fagerland, Lydersen, Laake: The McNemar test for binary matched-pairs data: mid-p and asymptotic are better than
 *     exact conditional. BMC Medical Research Methodology 13 (2013).
 */
import { binomial, chiSquare } from "../distributions/index.js";
import type { CategoryInput } from "../source/categories.js";
import { type PairedCategories, pairedCategories } from "../source/paired-categories.js";
import type { Missing } from "../source/source.js";
import { oneOf } from "./one-of.js";
import { knownOptions, truthValue } from "./option-checks.js";
import { agreementOf } from "./paired-table.js";

export interface McNemarOptions {
  /** `exact`: the binomial law (the default). `mid-p`: of the result itself only half. `asymptotic`: the chi-square law. */
  readonly method?: "exact" | "mid-p" | "asymptotic";
  /** Whether the chi-square law is taken at a difference of 1 less: yes if not said. */
  readonly continuity?: boolean;
}

export interface McNemarResult {
  /** (b - c)² / (b + c), with continuity correction where the law is asymptotic and that was not declined. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: "exact" | "mid-p" | "asymptotic";
  /** Both categories in the order of their names; one or none where there are no more. */
  readonly categories: readonly string[];
  /** Rows that went from the first category to the second, and the other way: b and c. */
  readonly changes: readonly [number, number];
  /** Share of the rows that changed. */
  readonly effect: number;
  /** Cohen's kappa; `null` where all rows are of one category. */
  readonly kappa: number | null;
  readonly n: number;
  /** `constant`: there is only one category. */
  readonly status: "ok" | "constant";
  readonly missing: Missing;
}

/**
 * McNemar's test of the null hypothesis that both categories are as frequent on either side, among rows that belong
 * together, against the alternative that they are not.
 *
 * @param reference, current  text, truth values or numbers with two distinct values, row by row; rows in which a side is
 *   missing are left out and counted
 * @returns the statistic, its p-value and law, how many rows changed either way, Cohen's kappa
 * @throws RangeError for more than two categories, columns of unequal length, and no pair; TypeError for points in time,
 *   prepared columns, and sides of two kinds
 * @see McNemar (1947); oracle: statsmodels mcnemar, R mcnemar.test
 */
export function mcnemarTest(
  reference: Exclude<CategoryInput, { readonly counts: unknown }>,
  current: Exclude<CategoryInput, { readonly counts: unknown }>,
  options: McNemarOptions = {},
): McNemarResult {
  knownOptions("mcnemarTest", options, ["method", "continuity"]);
  const { method = "exact", continuity = true } = options;
  oneOf("mcnemarTest", "method", method, ["exact", "mid-p", "asymptotic"]);
  truthValue("mcnemarTest", "continuity", continuity);
  const table = pairedCategories("mcnemarTest", reference, current);
  if (table.names.length > 2) {
    throw new RangeError(
      `mcnemarTest: there may be two categories, got ${table.names.length}; stuartMaxwellTest compares more`,
    );
  }
  if (table.n === 0) {
    throw new RangeError("mcnemarTest: at least one row with a value on both sides is needed, got 0");
  }
  return { ...mcnemarOf(table, options), missing: table.missing };
}

/** The test on a table of at most two categories. */
export function mcnemarOf(
  table: Pick<PairedCategories, "names" | "counts" | "n">,
  { method = "exact", continuity = true }: McNemarOptions = {},
): Omit<McNemarResult, "missing"> {
  const { names, counts, n } = table;
  const [b, c] = names.length === 2 ? [counts[1]!, counts[2]!] : [0, 0];
  const gap = Math.abs(b - c);
  const corrected = method === "asymptotic" && continuity ? Math.max(gap - 1, 0) : gap;
  const statistic = b + c > 0 ? (corrected / (b + c)) * corrected : 0;
  const { changed, kappa } = agreementOf(table);
  const found = { categories: names, changes: [b, c] as const, effect: changed ?? 0, kappa, n };
  const status = names.length < 2 ? "constant" : "ok";
  return { statistic, pValue: pValueOf(b, c, statistic, method), method, ...found, status };
}

function pValueOf(b: number, c: number, statistic: number, method: McNemarResult["method"]): number {
  if (b === c) return 1;
  if (method === "asymptotic") return chiSquare.sf(statistic, 1);
  const tail = 2 * binomial.cdf(Math.min(b, c), b + c, 0.5);
  return Math.min(1, method === "exact" ? tail : tail - binomial.pmf(b, b + c, 0.5));
}
