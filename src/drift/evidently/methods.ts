/**
 * Evidently's twenty methods by its names: which columns each is for, what its score is, from where on it is drift, and
 * how it is found. Source: Evidently 0.7.21, legacy/calculations/stattests.
 */
import { fisherExact, goodnessOfFit, gTest, totalVariation, zTest } from "./category-tests.js";
import { Unbinnable } from "./cells.js";
import { cramerVonMises } from "./cramer-von-mises.js";
import {
  energyDistance,
  hellingerDistance,
  jensenShannonDistance,
  kullbackLeibler,
  populationStability,
  wassersteinDistance,
} from "./distances.js";
import type { EvidentlyKind } from "./kinds.js";
import { meanDiscrepancy } from "./mean-discrepancy.js";
import { andersonDarling, eppsSingleton, kolmogorovSmirnov, mannWhitney, studentTest } from "./number-tests.js";
import { type Refusal, refused, type Score } from "./score.js";
import { isDistinctBeyond, type NumberSide, type Side } from "./side.js";
import { randomTextArea, textDrift } from "./text-drift.js";

/** How a score is compared with its threshold. */
export type Comparison = "<" | "<=" | ">" | ">=";

export interface EvidentlyMethod {
  readonly name: string;
  readonly kinds: readonly EvidentlyKind[];
  readonly threshold: number;
  readonly drift: Comparison;
  readonly isPValue: boolean;
  readonly score: (reference: Side, current: Side, kind: EvidentlyKind, threshold: number) => Score | Compared;
}

/** A score that is compared with something else than the threshold. */
export interface Compared {
  readonly score: number;
  readonly limit: number;
}

const test = (
  name: string,
  kind: EvidentlyKind,
  threshold: number,
  score: EvidentlyMethod["score"],
  drift: Comparison = "<",
): EvidentlyMethod => ({ name, kinds: [kind], threshold, drift, isPValue: true, score });

const distance = (
  name: string,
  kinds: readonly EvidentlyKind[],
  score: EvidentlyMethod["score"],
  drift: Comparison = ">=",
): EvidentlyMethod => ({ name, kinds, threshold: 0.1, drift, isPValue: false, score });

/** Methods on numbers refuse text. */
const onNumbers =
  (score: (reference: NumberSide, current: NumberSide) => Score): EvidentlyMethod["score"] =>
  (reference, current) =>
    reference.form === "numbers" && current.form === "numbers"
      ? score(reference, current)
      : refused(`the ${reference.form === "numbers" ? "current side" : "reference"} should hold numbers only`);

function textScore(reference: Side, current: Side) {
  return reference.form === "texts" && current.form === "texts"
    ? textDrift(reference.rows(), current.rows())
    : refused(`the ${reference.form === "texts" ? "current side" : "reference"} should hold text only`);
}

const isRefusal = (found: object): found is Refusal => "refused" in found;

function percentileOfText(reference: Side, current: Side, _: EvidentlyKind, threshold: number): Score | Compared {
  const found = textScore(reference, current);
  return isRefusal(found) ? found : { score: found.score, limit: randomTextArea(found.classes, threshold) };
}

function absoluteText(reference: Side, current: Side): Score {
  const found = textScore(reference, current);
  return isRefusal(found) ? found : found.score;
}

const rows: readonly EvidentlyMethod[] = [
  test("ks", "num", 0.05, onNumbers(kolmogorovSmirnov), "<="),
  test("z", "cat", 0.05, zTest),
  test("chisquare", "cat", 0.05, goodnessOfFit),
  distance("jensenshannon", ["cat", "num"], jensenShannonDistance),
  distance("wasserstein", ["num"], onNumbers(wassersteinDistance)),
  distance("psi", ["cat", "num"], populationStability),
  distance("kl_div", ["cat", "num"], kullbackLeibler),
  distance("hellinger", ["cat", "num"], hellingerDistance),
  test("anderson", "num", 0.1, onNumbers(andersonDarling)),
  test("cramer_von_mises", "num", 0.1, onNumbers(cramerVonMises), "<="),
  test("mannw", "num", 0.05, onNumbers(mannWhitney)),
  distance("ed", ["num"], onNumbers(energyDistance), ">"),
  test("es", "num", 0.05, onNumbers(eppsSingleton)),
  test("t_test", "num", 0.05, onNumbers(studentTest)),
  test("empirical_mmd", "num", 0.1, onNumbers(meanDiscrepancy)),
  test("fisher_exact", "cat", 0.1, fisherExact),
  test("g_test", "cat", 0.1, gTest),
  test("TVD", "cat", 0.1, totalVariation),
  {
    name: "perc_text_content_drift",
    kinds: ["text"],
    threshold: 0.95,
    drift: ">",
    isPValue: false,
    score: percentileOfText,
  },
  {
    name: "abs_text_content_drift",
    kinds: ["text"],
    threshold: 0.55,
    drift: ">",
    isPValue: false,
    score: absoluteText,
  },
];

/** All methods by name. */
export const evidentlyMethods: ReadonlyMap<string, EvidentlyMethod> = new Map(rows.map((row) => [row.name, row]));

/** References of up to as many values get tests, larger ones distances. */
const mostForTests = 1000;

/** The method that Evidently chooses, by the kind, the reference's size and the distinct values of both sides. */
export function defaultMethod(reference: Side, current: Side, kind: EvidentlyKind): string {
  const isLarge = reference.length > mostForTests;
  if (kind === "text") return isLarge ? "abs_text_content_drift" : "perc_text_content_drift";
  const isBeyond = (limit: number) => isDistinctBeyond(limit, reference, current);
  if (kind === "num" && isBeyond(5)) return isLarge ? "wasserstein" : "ks";
  if (isLarge) return "jensenshannon";
  return isBeyond(2) ? "chisquare" : "z";
}

/** What one method says about one column. */
export interface Judged {
  readonly method: string;
  /** `null` where it is no number. */
  readonly score: number | null;
  readonly isPValue: boolean;
  readonly threshold: number;
  /** What the score was compared with: the threshold, or what random scores reach. */
  readonly limit: number;
  readonly comparison: Comparison;
  readonly drifted: boolean;
}

/** Applies a method to two sides that both hold values; a kind that it is not for is refused as Evidently refuses it. */
export function judge(
  name: string,
  reference: Side,
  current: Side,
  kind: EvidentlyKind,
  chosen?: { readonly threshold: number | undefined; readonly byName: boolean },
): Judged | Refusal {
  const method = evidentlyMethods.get(name)!;
  if (chosen?.byName && !method.kinds.includes(kind)) {
    return refused(`${name} is not for columns of kind ${kind}, but ${method.kinds.join(" and ")}`);
  }
  const threshold = chosen?.threshold ?? method.threshold;
  const found = scored(method, reference, current, kind, threshold);
  if (typeof found === "object" && isRefusal(found)) return found;
  const { score, limit } = typeof found === "number" ? { score: found, limit: threshold } : found;
  const { isPValue, drift: comparison } = method;
  const drifted = isReached(score, comparison, limit);
  return { method: name, score: Number.isNaN(score) ? null : score, isPValue, threshold, limit, comparison, drifted };
}

function scored(method: EvidentlyMethod, ...asked: Parameters<EvidentlyMethod["score"]>): Score | Compared {
  try {
    return method.score(...asked);
  } catch (error) {
    if (error instanceof Unbinnable) return refused(error.message);
    throw error;
  }
}

function isReached(score: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case "<":
      return score < limit;
    case "<=":
      return score <= limit;
    case ">":
      return score > limit;
    case ">=":
      return score >= limit;
  }
}
