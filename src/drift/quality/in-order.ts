/** What is seen of one side's values when they come in order: distinct and most common ones, quantiles, signs. */
import { type CountedValue, finishFrequent, frequentOn, startFrequent } from "../../engine/frequent.js";
import { countBelow, countUpTo } from "../../engine/ordered-places.js";
import type { Values } from "../../source/source.js";
import { finiteOnes } from "../../statistics/full-walk.js";
import { pick, ranksOf } from "../../statistics/quantile.js";

/** Of the quantiles that are told. */
export const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

export interface InOrder {
  readonly distinct: number;
  /** At most ten, as `ColumnQuality` has them. */
  readonly mostCommon: readonly CountedValue[];
  /** At `probabilities`, infinite values among them; `null` of none. */
  readonly quantiles: readonly (number | bigint)[] | null;
  readonly zeros: number;
  /** Finite ones. */
  readonly negatives: number;
  /** All finite values are whole numbers. */
  readonly whole: boolean;
}

/** Takes stretch after stretch. */
export interface InOrderWalk {
  visit(values: Values): void;
  finish(): InOrder;
}

/** @param count  values that will come, infinite ones among them */
export function inOrderWalk(count: number): InOrderWalk {
  const wanted = [...new Set(ranksOf(probabilities, 7, count).flatMap(({ lower, upper }) => [lower, upper]))];
  wanted.sort((a, b) => a - b);
  const found = new Map<number, number | bigint>();
  let frequent = startFrequent();
  let like: Values = new Float64Array(0);
  let [passed, next, zeros, negatives] = [0, 0, 0, 0];
  return {
    visit(values) {
      if (values.length === 0) return;
      frequent = frequentOn(frequent, values);
      like = values.slice(0, 0);
      for (; next < wanted.length && wanted[next]! < passed + values.length; next++) {
        found.set(wanted[next]!, values[wanted[next]! - passed]!);
      }
      passed += values.length;
      const finite = finiteOnes(values);
      const below = countBelow(finite, 0);
      negatives += below;
      zeros += countUpTo(finite, 0) - below;
    },
    finish() {
      const quantiles = pick(probabilities, 7, count, (rank) => found.get(rank)!);
      return { ...finishFrequent(frequent, like), quantiles, zeros, negatives, whole: frequent.whole };
    },
  };
}

/** Distinct values in order, each with its number. */
export interface CountedInOrder {
  readonly values: readonly (number | bigint)[];
  readonly counts: readonly number[];
}

/** The same of values that were counted. */
export function inOrderOfCounts({ values, counts }: CountedInOrder): InOrder {
  const ends: number[] = [];
  let count = 0;
  for (const own of counts) {
    count += own;
    ends.push(count);
  }
  const counted = values.map((value, k) => ({ value, count: counts[k]! }));
  const sumOf = (holds: (value: number | bigint) => boolean): number =>
    counted.reduce((sum, { value, count }) => (holds(value) ? sum + count : sum), 0);
  const isWhole = (value: number | bigint): boolean =>
    typeof value === "bigint" || Number.isInteger(value) || Math.abs(value) === Number.POSITIVE_INFINITY;
  const repeated = counted.filter(({ count }) => count > 1);
  return {
    distinct: values.length,
    mostCommon: repeated.sort((a, b) => b.count - a.count).slice(0, mostListed),
    quantiles: pick(probabilities, 7, count, (rank) => values[ends.findIndex((end) => rank < end)]!),
    zeros: sumOf((value) => Number(value) === 0),
    negatives: sumOf((value) => value < 0 && value !== Number.NEGATIVE_INFINITY),
    whole: values.every(isWhole),
  };
}

/** Of most common values. */
export const mostListed = 10;
