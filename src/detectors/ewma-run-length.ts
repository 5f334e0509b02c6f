/**
 * Average run length of the EWMA chart Z ← (1 − λ) Z + λ z, which signals at |Z| > L σ_Z, over independent normal z.
 *
 * With the limits of the long run, c = L √(λ/(2 − λ)), the average M(u) from Z = u on solves [1]
 *
 *     M(u) = 1 + 1/λ ∫₋c..c φ((x − (1 − λ) u)/λ − μ) M(x) dx
 *
 * by Nyström's method as in cusum-run-length.ts. With the exact limits of value i, c √(1 − (1 − λ)^(2i)), the density of Z without a signal
 * so far is carried on value by value until the limits have come to rest; its integrals are the chances to get so far, and
 * M weighs what is left then.
 *
 * [1] Crowder: A simple method for studying run-length distributions of exponentially weighted moving average charts.
 *     Technometrics 29 (1987).
 * [2] Lucas, Saccucci: Exponentially weighted moving average control schemes: properties and enhancements. Technometrics 32
 *     (1990).
 * [3] Knoth: Fast initial response features for EWMA control charts. Statistical Papers 46 (2005).
 */

import { normal } from "../distributions/normal.js";
import { solveChain } from "./integral-equation.js";
import { density, panels, type Rule } from "./nodes.js";
import { checkOption } from "./options.js";
import { solveRising } from "./solve-rising.js";

export interface EwmaRunLengthOptions {
  /** Weight of the newest value. */
  readonly lambda: number;
  /** Limits in standard deviations of Z. */
  readonly limit: number;
  /** Of the mean, in standard deviations of a value; default 0. */
  readonly shift?: number;
  /** `exact`: of the variance after each value (default). `steady`: of the long run, which many tables have. */
  readonly limits?: "exact" | "steady";
}

const rules = {
  lambda: { kind: "number", default: null, least: 0.01, most: 1, words: "weight of the newest value" },
  limit: { kind: "number", default: null, least: 0, most: 20, open: "least", words: "standard deviations of Z" },
  shift: { kind: "number", default: 0, least: -10, most: 10, words: "of the mean, in standard deviations" },
  limits: { kind: "one of", default: "exact", values: ["exact", "steady"], words: "of which variance" },
} as const;

const farthest = 9;

/** In standard deviations of what one value adds: the rule is exact to 1e-13 on it. */
const panelWidth = 4;

/** Limits that were computed, by weight and interval. */
const known = new Map<string, number>();

/** What (1 − λ)^(2i) is when the limits count as come to rest. */
const atRest = 1e-9;

/**
 * Values until an EWMA chart signals, on average, from Z = 0 on.
 *
 * @throws RangeError for lambda outside of [0.01, 1], limit outside of (0, 20] and a shift beyond 10 either way
 * @see Crowder (1987); oracle: spc::xewma.arl
 */
export function ewmaRunLength(options: EwmaRunLengthOptions): number {
  const { lambda, limit, shift = 0, limits = "exact" } = options;
  const given = { lambda, limit, shift, limits };
  for (const [name, rule] of Object.entries(rules))
    checkOption("ewmaRunLength", name, given[name as keyof typeof given], rule);
  return runLength(lambda, limit, shift, limits === "exact");
}

/** The limit of an EWMA chart with exact limits and this average run length. @throws RangeError where there is none up to 20 */
export function ewmaLimit(caller: string, lambda: number, falseAlarmEvery: number): number {
  if (lambda < 0.01) throw new RangeError(`${caller}: falseAlarmEvery needs lambda of at least 0.01, got ${lambda}`);
  const name = `${lambda} ${falseAlarmEvery}`;
  const found = known.get(name) ?? solvedLimit(lambda, falseAlarmEvery);
  known.set(name, found);
  return found;
}

function solvedLimit(lambda: number, falseAlarmEvery: number): number {
  const goal = Math.log(falseAlarmEvery);
  const missing = (isExact: boolean) => (limit: number) =>
    (limit === 0 ? 0 : Math.log(runLength(lambda, limit, 0, isExact))) - goal;
  const steady = solveRising(missing(false), 0, 3, 1e-6);
  const exact = missing(true);
  return exact(steady) < 0 ? solveRising(exact, steady, 1.02 * steady) : solveRising(exact, 0, steady);
}

function runLength(lambda: number, limit: number, shift: number, isExact: boolean): number {
  const keep = 1 - lambda;
  const widest = limit * Math.sqrt(lambda / (2 - lambda));
  const rule = panels(-widest, widest, panelWidth * lambda);
  const lengths = lengthsFrom(rule, widest, lambda, shift);
  if (!isExact || keep === 0) {
    return (
      1 +
      rule.nodes.reduce((sum, x, j) => sum + (rule.weights[j]! / lambda) * density(x / lambda - shift) * lengths[j]!, 0)
    );
  }
  let [sum, decay] = [1, keep * keep];
  let from: Rule = { nodes: Float64Array.of(0), weights: Float64Array.of(1) };
  let chances: Float64Array = Float64Array.of(1);
  for (;;) {
    const last = decay < atRest;
    const to = last ? rule : panels(-widest * Math.sqrt(1 - decay), widest * Math.sqrt(1 - decay), panelWidth * lambda);
    chances = chancesAfter(from, chances, to, lambda, shift);
    const reached = chances.reduce((total, chance) => total + chance, 0);
    if (last || reached < 1e-12 * sum)
      return sum + chances.reduce((total, chance, j) => total + chance * (last ? lengths[j]! : 1), 0);
    sum += reached;
    decay *= keep * keep;
    from = to;
  }
}

/** M at the nodes. */
function lengthsFrom({ nodes, weights }: Rule, widest: number, lambda: number, shift: number): Float64Array {
  const keep = 1 - lambda;
  const lengths = new Float64Array(nodes.length).fill(1);
  const next = (row: number, column: number) =>
    (weights[column]! / lambda) * density((nodes[column]! - keep * nodes[row]!) / lambda - shift);
  const ends = nodes.map(
    (u) => normal.cdf((-widest - keep * u) / lambda - shift) + normal.sf((widest - keep * u) / lambda - shift),
  );
  solveChain(nodes.length, next, ends, [lengths]);
  return lengths;
}

/** Chances to be at the nodes of `to` one value later, as masses (density times weight). */
function chancesAfter(from: Rule, chances: Float64Array, to: Rule, lambda: number, shift: number): Float64Array {
  const keep = 1 - lambda;
  let first = 0;
  return to.nodes.map((x, j) => {
    const middle = x / lambda - shift;
    const slope = keep / lambda;
    while (first < from.nodes.length && middle - slope * from.nodes[first]! > farthest) first++;
    let sum = 0;
    for (let k = first; k < chances.length; k++) {
      const z = middle - slope * from.nodes[k]!;
      if (z < -farthest) break;
      sum += chances[k]! * density(z);
    }
    return (to.weights[j]! / lambda) * sum;
  });
}
