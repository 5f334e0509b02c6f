/**
 * p-values of power divergences of a 2 × K table, and the law where most categories have a single row.
 *
 * Rows that are alone in their category differ in nothing but their side: of r such rows the x on the reference say all. Given x
 * the statistic S is that of the table of r single rows and one category of all c other rows, which x makes exact, and what is
 * between the other categories, whose own statistic S' given their own margins has the gamma law with its permutation moments:
 *
 *   S = S(x) + a S',   a = q' (p'/p)^λ + p' (q'/q)^λ,
 *
 * p, q being the sides' shares of all rows and p', q' those of the others: exact for Pearson's X² and for G, and near it else.
 * x is hypergeometric, and the p-value the mean of those given x. With one other category that is Fisher's exact test.
 *
 * A gamma law with the moments of S fails here: most of S is nearly the same for every deal, and what is left is the square
 * of x's distance from its mean, far more skewed than a gamma law of so large a mean (at a nominal 0.1 %, up to 2.5 % of the
 * true hypotheses were rejected).
 */
import { gamma, hypergeometric } from "../distributions/index.js";
import { cellDeviance } from "./deviance.js";

/** Statistics are equal up to this share. */
const rounding = 1e-9;

/** What is left of a sum is not worth adding. */
const nothing = 1e-17;

/** Mean and variance of a statistic of categories with these rows, of which n and m are dealt to the sides. */
type MomentsOf = (
  totals: readonly number[],
  n: number,
  m: number,
) => { readonly mean: number; readonly variance: number };

/**
 * p-value of a power divergence: from the gamma law with its moments, or where most categories have a single row as above.
 *
 * @param totals  rows of each category on both sides, none of 0
 */
export function tableP(
  statistic: number,
  totals: readonly number[],
  n: number,
  m: number,
  lambda: number,
  momentsOf: MomentsOf,
): number {
  if (2 * totals.filter((count) => count === 1).length > totals.length) {
    return singleRowsP(statistic, totals, n, m, lambda, momentsOf);
  }
  const { mean, variance } = momentsOf(totals, n, m);
  // Without variance every deal gives the same statistic: all rows differ, or there are only two.
  return variance > 0 ? gamma.sf(statistic, (mean * mean) / variance, variance / mean) : 1;
}

function singleRowsP(...[statistic, totals, n, m, lambda, momentsOf]: Parameters<typeof tableP>): number {
  const others = totals.filter((count) => count > 1);
  const single = totals.length - others.length;
  const [all, rest] = [n + m, n + m - single];
  const [first, last] = [Math.max(0, single - m), Math.min(single, n)];
  const mode = Math.min(last, Math.max(first, Math.round((single * n) / all)));
  const fewer = Math.min(n, m);
  const dealt = Math.min(Math.max(fewer - Math.round((single * fewer) / all), 1), rest - 1);
  const { mean, variance } =
    others.length > 1
      ? momentsOf(others, n <= m ? dealt : rest - dealt, n <= m ? rest - dealt : dealt)
      : { mean: 0, variance: 0 };
  const onReference = cellDeviance(1, 1, n, m, lambda);
  const onCurrent = cellDeviance(0, 1, n, m, lambda);

  /** P(S is at least as large | x). */
  const given = (x: number): number => {
    const left =
      statistic - x * onReference - (single - x) * onCurrent - (rest > 0 ? cellDeviance(n - x, rest, n, m, lambda) : 0);
    const least = rounding * statistic;
    if (left <= least) return 1;
    const share = (n - x) / rest;
    if (!(share > 0 && share < 1)) return 0;
    const scale = (1 - share) * ((share * all) / n) ** lambda + share * (((1 - share) * all) / m) ** lambda;
    if (!(variance > 0)) return left <= scale * mean + least ? 1 : 0;
    return gamma.sf(left / scale, (mean * mean) / variance, variance / mean);
  };

  const middle = hypergeometric.pmf(mode, all, single, n);
  let sum = middle * given(mode);
  for (let x = mode, mass = middle; x < last; x++) {
    mass *= ((single - x) / (x + 1)) * ((n - x) / (m - single + x + 1));
    if (mass <= nothing * sum) break;
    sum += mass * given(x + 1);
  }
  for (let x = mode, mass = middle; x > first; x--) {
    mass *= (x / (single - x + 1)) * ((m - single + x) / (n - x + 1));
    if (mass <= nothing * sum) break;
    sum += mass * given(x - 1);
  }
  return Math.min(1, sum);
}
