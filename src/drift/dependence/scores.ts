/**
 * Rows as scores: what a test adds up over the rows of a side, so that the dependence of rows shows in the variance of
 * sums of scores. Numbers have two scores, of their place and of their distance from the middle; categories have one
 * indicator each.
 */
import { normal } from "../../distributions/index.js";

/** Of one direction of change: a score a row with mean 0 and variance 1 over those that have one, NaN for the others. */
export type Scores = Float64Array;

/** One number a row, at least 0; -1 where a row has none. */
export type Codes = Int32Array;

/**
 * The normal score of each value's mid-rank, and its square: location and spread. A score without any variance is left out.
 */
export function numberScores(values: Float64Array): Scores[] {
  const places = midRankScores(values);
  return [places, places.map((score) => score * score)].flatMap(standardised);
}

/** The normal quantile at the share of values up to each value, equal ones counted half. */
function midRankScores(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = new Float64Array(sorted.length);
  const scores = new Float64Array(sorted.length);
  let count = 0;
  for (let from = 0; from < sorted.length; count++) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    distinct[count] = sorted[from]!;
    scores[count] = normal.quantile((from + to) / 2 / sorted.length);
    from = to;
  }
  const known = distinct.subarray(0, count);
  return values.map((value) => (Number.isNaN(value) ? Number.NaN : scores[placeOf(value, known)]!));
}

function placeOf(value: number, distinct: Float64Array): number {
  let [low, high] = [0, distinct.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function standardised(scores: Float64Array): Float64Array[] {
  let [count, sum, squares] = [0, 0, 0];
  for (const score of scores) {
    if (Number.isNaN(score)) continue;
    count++;
    sum += score;
  }
  const mean = sum / count;
  for (const score of scores) if (!Number.isNaN(score)) squares += (score - mean) ** 2;
  const deviation = Math.sqrt(squares / count);
  return deviation > 1e-9 ? [scores.map((score) => (score - mean) / deviation)] : [];
}

/** Number of rows of each code. */
export function countCodes(codes: Codes): Float64Array {
  let most = -1;
  for (const code of codes) if (code > most) most = code;
  const counts = new Float64Array(most + 1);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return counts;
}
