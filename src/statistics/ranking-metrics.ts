/**
 * How well a ranking puts what matters first: lists of rows, one for each query, in descending order of their scores.
 *
 * NDCG@k is the gain of the first k rows, discounted by log2(place + 1), over that of the best order [1]; gains are the
 * relevances themselves, as scikit-learn's ndcg_score takes them, or 2^relevance - 1 [2]. For all others a row is relevant or
 * not (its relevance is above 0): precision@k is the share of relevant rows among k (lists that are shorter are filled up with
 * others, as trec_eval does), recall@k the share of the relevant rows that are among the first k, the hit rate whether any
 * is; average precision the mean of the precisions at each relevant row [3], the reciprocal rank that of the first of them.
 *
 * Rows with equal scores may come in any order: everything is a mean over these orders [4].
 *
 * Intervals are of means over the queries, by Student's t; or queries are drawn with replacement.
 *
 * [1] Järvelin, Kekäläinen: Cumulated gain-based evaluation of IR techniques. ACM TOIS 20 (2002).
 * [2] Burges et al.: Learning to rank using gradient descent. ICML 2005.
 * [3] Manning, Raghavan, Schütze: Introduction to information retrieval. Cambridge (2008), chapter 8.
 * [4] McSherry, Najork: Computing information retrieval performance measures efficiently in the presence of tied scores.
 *     ECIR 2008.
 */
import type { ColumnInput } from "../column/column-of.js";
import { denseOf } from "../engine/dense.js";
import { eachDraw } from "../engine/drawn-sums.js";
import { momentsOf } from "../engine/moments.js";
import { judgeLists } from "../engine/ranked-queries.js";
import { type RowLists, rowLists } from "../source/row-lists.js";
import type { Missing } from "../source/source.js";
import { Resampled } from "./bootstrap.js";
import type { Estimated } from "./estimated.js";
import {
  alone,
  estimated,
  type IntervalOptions,
  type IntervalSettings,
  intervalOptionNames,
  intervalSettings,
  reachOf,
} from "./intervals.js";
import { oneOf } from "./one-of.js";
import { knownOptions, shown } from "./option-checks.js";
import { wholeNumber } from "./whole-number.js";

/** Rows of ranked lists. */
export interface RankedRows {
  /** How much a row matters: at least 0, above 0 where it is relevant. Truth values are 1 and 0. */
  readonly relevance: ColumnInput;
  /** Higher ones come first. */
  readonly scores?: ColumnInput;
  /** Or the rank, of which lower ones come first. */
  readonly rank?: ColumnInput;
  /** What tells the lists apart: text, numbers, truth values or points in time. */
  readonly query: ColumnInput;
}

export interface RankingMetricsOptions extends IntervalOptions {
  /** How many of the first rows are looked at; 5 and 10 if not given. */
  readonly k?: readonly number[];
  /** `linear` if not given: the relevance itself. `exponential`: 2^relevance - 1. */
  readonly gains?: "linear" | "exponential";
}

/** At one k, means over the queries. */
export interface RankingAtK {
  readonly k: number;
  /** Normalised discounted cumulative gain. */
  readonly ndcg: Estimated;
  readonly precision: Estimated;
  readonly recall: Estimated;
  readonly hitRate: Estimated;
}

export interface RankingMetrics {
  readonly task: "ranking";
  readonly rows: number;
  /** Lists that were ranked: one for each query. */
  readonly queries: number;
  /** Queries without anything relevant, which count 0 as in scikit-learn. */
  readonly withoutRelevant: number;
  readonly atK: readonly RankingAtK[];
  readonly ndcg: Estimated;
  /** Mean average precision. */
  readonly map: Estimated;
  /** Mean reciprocal rank. */
  readonly mrr: Estimated;
  readonly confidence: number;
  /** Rows left out: `null` where relevance, score or query is, `nan` where else one is NaN. */
  readonly missing: Missing;
  /** `empty`: no row has all three. */
  readonly status: "ok" | "empty";
}

const caller = "rankingMetrics";

/**
 * NDCG, precision, recall and hit rate at k, mean average precision and mean reciprocal rank of ranked lists, with
 * confidence intervals over the queries.
 *
 * @param rows columns of equal length; rows in which one is null or NaN are left out and counted. Infinite scores keep their
 *   rank. Only the order of scores matters
 * @throws RangeError for relevances below 0 or infinite (with exponential gains: above 1000), columns of unequal length and
 *   options out of range; TypeError for text as numbers
 * @see oracle: scikit-learn's ndcg_score and average_precision_score; all orders of equal scores in exact rationals
 */
export function rankingMetrics(rows: RankedRows, options: RankingMetricsOptions = {}): RankingMetrics {
  knownOptions(caller, options, [...intervalOptionNames, "k", "gains"]);
  const { k, gains, ...settings } = rankingSettings(caller, options);
  const lists = listsOf(rows);
  const worth = lists.first.map((relevance) => gainOf(relevance, gains));
  const judged = judgeLists({ gains: worth, scores: lists.second, ends: lists.ends }, k);
  const columns = [
    judged.ndcg,
    judged.averagePrecision,
    judged.reciprocalRank,
    ...judged.atCut.flatMap(({ ndcg, precision, recall, hit }) => [ndcg, precision, recall, hit]),
  ];
  const [ndcg, map, mrr, ...others] = meansOf(columns, settings) as [Estimated, Estimated, Estimated, ...Estimated[]];
  return {
    task: "ranking",
    rows: lists.first.length,
    queries: lists.ends.length,
    withoutRelevant: judged.relevant.reduce((sum, relevant) => sum + Number(relevant === 0), 0),
    atK: k.map((each, at) => {
      const [own, precision, recall, hitRate] = others.slice(4 * at) as [Estimated, Estimated, Estimated, Estimated];
      return { k: each, ndcg: own, precision, recall, hitRate };
    }),
    ndcg,
    map,
    mrr,
    confidence: settings.confidence,
    missing: lists.missing,
    status: lists.ends.length === 0 ? "empty" : "ok",
  };
}

/** @throws TypeError for settings of another type, RangeError for settings out of range */
export function rankingSettings(caller: string, options: RankingMetricsOptions) {
  const { k = [5, 10], gains = "linear" } = options;
  oneOf(caller, "gains", gains, ["linear", "exponential"]);
  if (!Array.isArray(k)) throw new TypeError(`${caller}: k must be an array of whole numbers, got ${shown(k)}`);
  for (const each of k) wholeNumber(caller, "each k", each, 1, 2 ** 31 - 1);
  return { k: k as readonly number[], gains, ...intervalSettings(caller, options) };
}

function listsOf(rows: RankedRows): RowLists {
  if (typeof rows !== "object" || rows === null) {
    throw new TypeError(`${caller}: needs an object with relevance, scores and query, got ${shown(rows)}`);
  }
  const { relevance, scores, rank, query } = rows;
  if ((scores === undefined) === (rank === undefined)) {
    throw new TypeError(`${caller}: needs either scores or rank, got ${scores === undefined ? "neither" : "both"}`);
  }
  const by = scores === undefined ? { name: "rank", input: rank! } : { name: "scores", input: scores };
  const lists = rowLists(caller, { name: "relevance", input: relevance }, by, { name: "query", input: query });
  return scores === undefined ? { ...lists, second: lists.second.map((place) => -place) } : lists;
}

function gainOf(relevance: number, gains: "linear" | "exponential"): number {
  const most = gains === "linear" ? Number.MAX_VALUE : 1000;
  if (!(relevance >= 0 && relevance <= most)) {
    const wanted =
      relevance >= 0 ? (gains === "linear" ? "finite" : "at most 1000 with exponential gains") : "at least 0";
    throw new RangeError(`${caller}: relevance must be ${wanted}, got ${relevance}`);
  }
  // As 2^relevance - 1 where that is exact; small relevances stay above 0.
  if (gains === "linear") return relevance;
  return Number.isInteger(relevance) ? 2 ** relevance - 1 : Math.expm1(relevance * Math.LN2);
}

/** Means of what each query has, each of which lies between 0 and 1. */
function meansOf(columns: readonly Float64Array[], settings: IntervalSettings): Estimated[] {
  const queries = columns[0]!.length;
  if (queries === 0) return columns.map(() => alone(null));
  const moments = columns.map((column) => momentsOf(denseOf(column), 4, 0, 0n));
  const values = moments.map(({ mean, min, max }) => (min === max ? min : mean));
  if (queries === 1) return values.map(alone);
  if (settings.law === "analytic") {
    const reach = reachOf(queries, settings.confidence);
    return moments.map(({ m2, min, max }, k) => {
      const value = values[k]!;
      const half = reach * Math.sqrt(m2 / (queries - 1) / queries);
      return min === max
        ? alone(value)
        : estimated(value, Math.max(0, value - half), Math.min(1, value + half), "analytic");
    });
  }
  const drawn = new Resampled(columns.length, settings);
  eachDraw(columns, settings.resamples, settings.seed, ({ sums }) => drawn.add(sums.map((sum) => sum / queries)));
  return values.map((value, k) => {
    const range = drawn.interval(k, value);
    return range ? estimated(value, ...range, "bootstrap") : alone(value);
  });
}
