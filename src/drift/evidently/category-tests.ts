/** Evidently's tests of categories, each a p-value. */
import { chiSquare, hypergeometric, normal } from "../../distributions/index.js";
import { numpyRandom } from "./numpy-random.js";
import { numpySum } from "./numpy-sum.js";
import { refused, type Score } from "./score.js";
import { countsOf, keysOf, rowsOf, type Side } from "./side.js";

interface Table {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

function tableOf(reference: Side, current: Side): Table {
  const [before, after] = [countsOf(reference), countsOf(current)];
  const keys = keysOf(before, after);
  return {
    reference: Float64Array.from(keys, (key) => before.get(key) ?? 0),
    current: Float64Array.from(keys, (key) => after.get(key) ?? 0),
  };
}

/**
 * Pooled z test of two proportions: of all rows that are not the first category of both sides, in ascending order. The
 * tail is 1 - Φ, so that beyond 8.2 standard errors p is 0.
 */
export function zTest(reference: Side, current: Side): Score {
  if (reference.form !== current.form) return refused("Evidently's z cannot order numbers and text together");
  const table = tableOf(reference, current);
  if (table.reference.length === 1) return 1;
  const [n, m] = [reference.length, current.length];
  const [p, q] = [(n - table.reference[0]!) / n, (m - table.current[0]!) / m];
  const pooled = (p * n + q * m) / (n + m);
  const z = (p - q) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return 2 * (1 - normal.cdf(Math.abs(z)));
}

/**
 * Goodness of fit of the current counts to the reference's shares, as if those were known and not estimated: of
 * unchanged columns of equal length about a third are found at 0.05. A category that the reference lacks makes p 0.
 */
export function goodnessOfFit(reference: Side, current: Side): Score {
  const scale = current.length / reference.length;
  const { reference: expected, current: found } = tableOf(reference, current);
  if (expected.length === 1) return Number.NaN;
  const terms = expected.map((count, k) => (found[k]! - count * scale) ** 2 / (count * scale));
  const statistic = numpySum(terms);
  return statistic === Number.POSITIVE_INFINITY ? 0 : chiSquare.sf(statistic, expected.length - 1);
}

/** The same by log likelihood; without scaling, so that sides of unequal length cannot be compared. */
export function gTest(reference: Side, current: Side): Score {
  const [n, m] = [reference.length, current.length];
  if (n !== m) return refused(`Evidently's g_test needs sides of equal length, got ${n} and ${m} values`);
  const { reference: expected, current: found } = tableOf(reference, current);
  if (expected.length === 1) return Number.NaN;
  const statistic =
    2 * numpySum(expected.map((count, k) => (found[k]! > 0 ? found[k]! * Math.log(found[k]! / count) : 0)));
  return statistic === Number.POSITIVE_INFINITY ? 0 : chiSquare.sf(statistic, expected.length - 1);
}

/** Fisher's exact test, two-sided: all tables of the same margins that are no more likely than the one found. */
export function fisherExact(reference: Side, current: Side): Score {
  const [n, m] = [reference.length, current.length];
  const counts = [countsOf(reference), countsOf(current)] as const;
  const categories = keysOf(...counts);
  if (Math.max(counts[0].size, counts[1].size) > 2) {
    return refused("Evidently's fisher_exact needs at most two categories a side");
  }
  if (n !== m) return refused(`Evidently's fisher_exact needs sides of equal length, got ${n} and ${m} values`);
  if (categories.length > 2) {
    const names = categories.join(", ");
    return refused(`of three categories (${names}) Evidently's fisher_exact takes two that the order of a set decides`);
  }
  const first = categories[0]!;
  const inReference = counts[0].get(first) ?? 0;
  const inBoth = inReference + (counts[1].get(first) ?? 0);
  const likelihood = (k: number) => hypergeometric.pmf(k, n + m, inBoth, n);
  const most = likelihood(inReference) * (1 + 1e-14);
  let pValue = 0;
  for (let k = Math.max(0, inBoth - m); k <= Math.min(n, inBoth); k++) {
    const likely = likelihood(k);
    if (likely <= most) pValue += likely;
  }
  return Math.min(pValue, 1);
}

const shuffles = 1000;

/** Share of 1 000 random divisions of all rows, from seed 0, whose total variation distance is no smaller. */
export function totalVariation(reference: Side, current: Side): Score {
  const [before, after] = [countsOf(reference), countsOf(current)];
  const keys = keysOf(before, after);
  const codes = new Map(keys.map((key, code) => [key, code]));
  const rows = Uint32Array.from([...rowsOf(reference), ...rowsOf(current)], (value) => codes.get(value)!);
  const totals = Float64Array.from(keys, (key) => (before.get(key) ?? 0) + (after.get(key) ?? 0));
  const [n, m] = [reference.length, current.length];
  const distance = (counts: Float64Array) =>
    0.5 * numpySum(counts.map((count, code) => Math.abs(count / n - (totals[code]! - count) / m)));
  const observed = distance(Float64Array.from(keys, (key) => before.get(key) ?? 0));
  const random = numpyRandom(0);
  const drawn = new Float64Array(keys.length);
  let reached = 0;
  for (let k = 0; k < shuffles; k++) {
    drawn.fill(0);
    for (const row of random.permutation(n + m).subarray(0, n)) drawn[rows[row]!]!++;
    if (observed <= distance(drawn)) reached++;
  }
  return reached / shuffles;
}
