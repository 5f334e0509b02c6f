/**
 * The two-sample Kolmogorov-Smirnov test. The statistic is in gap.ts; here is which law its p-value comes from.
 *
 * - Equal sizes without ties: the exact reflection series, at any size.
 * - Otherwise exact where it costs some milliseconds: the share of all orderings of the pooled values with a gap at least
 *   as large, conditional on the ties, since the gap can only be attained where a block of equal values ends. Ignoring
 *   ties makes the test blind: a type I error of 0 % on data of 80 % zeros.
 * - Else approximate. Without ties, laws that are exact at both ends of the ratio of sizes, at a distance that allows for
 *   where the two distribution functions can meet it; with ties, a Brownian bridge looked at where blocks end.
 *
 * [1] Hodges: The significance probability of the Smirnov two-sample test. Arkiv för Matematik 3 (1958).
 * [2] Schröer, Trenkler: Exact and randomization distributions of Kolmogorov-Smirnov tests two or three samples.
 *     Computational Statistics & Data Analysis 20 (1995).
 */
import { type Alternative, ksAsymptotic, ksExact, ksExactCells } from "../distributions/index.js";
import { wholeGrid } from "../engine/grid.js";
import { answerNow, both, type Plan } from "../source/plan.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { Values } from "../source/source.js";
import { gapPlan, ratioOf } from "./gap.js";
import { oneOf } from "./one-of.js";
import { knownOptions } from "./option-checks.js";
import { plain } from "./plain.js";

export interface KsOptions {
  /**
   * `greater`: the reference's distribution function lies above the current one's, its values are smaller; only the
   * largest distance in that direction counts. `less`: the other way round.
   */
  readonly alternative?: Alternative;
  /** `auto`: exact where that takes milliseconds. */
  readonly method?: "auto" | "exact" | "asymptotic";
  /**
   * `conditional`: p-values given the ties; unless asked for by name, only up to 100 000 values or with an exact p-value,
   * because all values have to be sorted for it. `ignore`: as if there were none (SciPy's choice).
   */
  readonly ties?: "conditional" | "ignore";
}

export interface KsResult {
  /**
   * D, the largest distance between the two distribution functions (D+ or D- when one-sided): the double nearest to
   * max |i·m - j·n| / (n·m).
   */
  readonly statistic: number;
  readonly pValue: number;
  /**
   * Which law the p-value comes from. `exact`: shares of orderings. `continuous`: the exact one for equal sizes without
   * ties, which were not looked for; under ties it is too large. `asymptotic`: an approximation; how far it may be
   * off is in docs/methods.md.
   */
  readonly method: "exact" | "continuous" | "asymptotic";
  /**
   * `none`: no two values are equal. `conditional`: the law allows for them. `ignored`: there may be ties, and the p-value
   * is too large by what they change.
   */
  readonly ties: "none" | "conditional" | "ignored";
  /** The smallest value at which D is attained, in the column's unit; `null` when D is 0. */
  readonly location: number | string | null;
  /** +1: the reference's distribution function is above there (its values are smaller), -1: the current one's. */
  readonly sign: -1 | 0 | 1;
  readonly n: number;
  readonly m: number;
  readonly missing: MissingOfBoth;
}

const directionOf = { "two-sided": 0, less: -1, greater: 1 } as const;

/** Cells of lattice paths that `auto` may visit: 5 ms; and with ties, where what it would do instead costs as much. */
const affordableCells = 6.5e6;
const affordableTiedCells = 2.5e7;

/** And `exact`: about ten seconds. */
const mostCells = 1e10;

/** Values of both sides that are sorted, to look for ties, without being asked for. */
const mostSorted = 100_000;

/**
 * Two-sample Kolmogorov-Smirnov test of the null hypothesis that `reference` and `current` were drawn from one
 * distribution, against the alternative that they were not, or that one's values are smaller (`alternative`). D is
 * exact on every input.
 *
 * @param reference, current  numbers; nulls and NaN are left out and counted, infinite values keep their rank
 * @returns D in [0, 1], its p-value and law, where D is attained and in which direction
 * @throws RangeError when a side has no value, for options that are none, or when `exact` would take more than 10^10 steps; TypeError for text
 * @see Hodges (1958); oracle: scipy.stats.ks_2samp
 */
export function ksTest(reference: NumericInput, current: NumericInput, options: KsOptions = {}): KsResult {
  knownOptions("ksTest", options, ["alternative", "method", "ties"]);
  const { method = "auto", ties = "conditional", alternative = "two-sided" } = options;
  oneOf("ksTest", "method", method, ["auto", "exact", "asymptotic"]);
  oneOf("ksTest", "ties", ties, ["conditional", "ignore"]);
  oneOf("ksTest", "alternative", alternative, ["two-sided", "less", "greater"]);
  return withSides("ksTest", reference, current, (x, y) => {
    const result = answerNow(ksPlan(options), x, y);
    const { n, m } = result;
    if (n === 0 || m === 0) throw new RangeError(`ksTest: each side needs at least one value, got ${n} and ${m}`);
    return { ...result, missing: { reference: x.missing(), current: y.missing() } };
  });
}

/** The plan behind `ksTest`; a side without values gives D = 0 and p = 1. */
export function* ksPlan(options: KsOptions = {}): Plan<Omit<KsResult, "missing">> {
  const { alternative = "two-sided" } = options;
  const { n, m, gap, location, ordered } = yield* gapPlan(directionOf[alternative]);
  const size = gap < 0n ? -gap : gap;
  const found = {
    statistic: n > 0 && m > 0 ? ratioOf(gap, n, m) : 0,
    location: plain(location),
    sign: Math.sign(Number(gap)) as -1 | 0 | 1,
    n,
    m,
  };
  if (size === 0n) return { ...found, pValue: 1, method: "exact", ties: "ignored" };
  const looks = looksForTies(options, n, m, Number(size));
  const values = looks ? (ordered ?? (yield* orderedPlan())) : null;
  const ends = values && tieEnds(values.reference, values.current);
  return { ...found, ...lawOf(options, n, m, Number(size), ends, looks) };
}

/** Whether ties are to be looked for. */
function looksForTies({ method = "auto", ties, alternative }: KsOptions, n: number, m: number, gap: number): boolean {
  if (ties !== undefined) return ties === "conditional";
  if (method === "asymptotic") return false;
  if (method === "auto" && n + m <= mostSorted) return true;
  if (n === m) return 2 * gap <= (method === "exact" ? mostCells : affordableCells);
  return method === "exact" || ksExactCells(n, m, gap, alternative) <= affordableCells;
}

/**
 * The p-value of a gap of at least 1 as `ksTest` finds it.
 *
 * @param ends  where blocks of equal values end, `null` without ties
 * @param looks  whether ties count wherever they are affordable, as of values that need not be ordered for it
 */
export function ksPValue(n: number, m: number, gap: number, ends: Uint32Array | null, looks: boolean): number {
  const known = looks || looksForTies({}, n, m, gap);
  return lawOf({}, n, m, gap, known ? ends : null, known).pValue;
}

/** The p-value of a gap of at least 1, and its law; `ends` of blocks when there are ties, `looked` for. */
function lawOf(
  { method = "auto", ties, alternative = "two-sided" }: KsOptions,
  n: number,
  m: number,
  gap: number,
  ends: Uint32Array | null,
  looked: boolean,
): Pick<KsResult, "pValue" | "method" | "ties"> {
  const about = ends ? "conditional" : looked ? "none" : "ignored";
  const cells = ksExactCells(n, m, gap, alternative, ends);
  const auto = ends ? affordableTiedCells : affordableCells;
  if (cells <= (method === "exact" ? mostCells : method === "auto" ? auto : -1)) {
    const isExact = looked || ties === "ignore" || n !== m;
    const pValue = ksExact(n, m, gap, ends, alternative);
    return { pValue, method: isExact ? "exact" : "continuous", ties: about };
  }
  if (method === "exact") {
    throw new RangeError(
      `ksTest: an exact p-value for ${n} and ${m} values would take ${cells.toExponential(1)} steps`,
    );
  }
  return { pValue: ksAsymptotic(n, m, gap, alternative, ends), method: "asymptotic", ties: about };
}

function* orderedPlan(): Plan<{ reference: Values; current: Values }> {
  const [reference, current] = yield* both("ordered", wholeGrid, Uint32Array.of(0));
  return { reference, current };
}

/** Where the blocks of equal pooled values end, as cumulative sizes; `null` when all values differ. */
export function tieEnds(reference: Values, current: Values): Uint32Array | null {
  const n = reference.length;
  const m = current.length;
  const ends = new Uint32Array(n + m);
  let blocks = 0;
  let i = 0;
  let j = 0;
  while (i < n || j < m) {
    const value = j === m || (i < n && reference[i]! <= current[j]!) ? reference[i]! : current[j]!;
    while (i < n && reference[i] === value) i++;
    while (j < m && current[j] === value) j++;
    ends[blocks++] = i + j;
  }
  return blocks === n + m ? null : ends.subarray(0, blocks);
}
