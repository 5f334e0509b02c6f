// How well lists of rows are ranked, list by list. Rows with equal scores may come in any order, so that everything is a mean
// over these orders, in closed form [1]; of discounted gains that is what scikit-learn's ndcg_score does.
//
// For each list are written, one after the other and `stride` bytes apart: for each cut k NDCG@k, precision@k, recall@k and
// the hit rate@k; then NDCG, average precision, the reciprocal rank, and how many rows are relevant (have a gain).
//
// [1] McSherry, Najork: Computing information retrieval performance measures efficiently in the presence of tied scores.
//     ECIR 2008.

import { sortF64 } from "./sort";

/** Rows that are put in order by insertion. */
const shortRun: u32 = 16;

/**
 * @param scores, gains  f64 of all lists, one list after the other; gains are at least 0 and finite. Both are put in order
 * @param ends      u32, where each list ends
 * @param discounts f64, what the gain at each place counts, of as many places as the longest list has
 * @param cuts      u32
 * @param scratch   room for twice the longest list's f64, `counters` for `sortCounters()` u32
 */
export function rankedQueries(
  scores: usize,
  gains: usize,
  ends: usize,
  queries: u32,
  discounts: usize,
  cuts: usize,
  cutCount: u32,
  scratch: usize,
  counters: usize,
  out: usize,
  stride: usize,
): void {
  let start: u32 = 0;
  for (let query: u32 = 0; query < queries; query++, out += 8) {
    const end = load<u32>(ends + (<usize>query << 2));
    const at = <usize>start << 3;
    rankedQuery(scores + at, gains + at, end - start, discounts, cuts, cutCount, scratch, counters, out, stride);
    start = end;
  }
}

function rankedQuery(
  scores: usize,
  gains: usize,
  length: u32,
  discounts: usize,
  cuts: usize,
  cutCount: u32,
  scratch: usize,
  counters: usize,
  out: usize,
  stride: usize,
): void {
  const total = out + <usize>(cutCount << 2) * stride;
  for (let to = out; to <= total + 3 * stride; to += stride) store<f64>(to, 0);
  const relevant = <f64>comparable(gains, length);
  store<f64>(total + 3 * stride, relevant);
  if (relevant == 0) return;
  sortByScore(scores, gains, length, scratch);
  let all: f64 = 0; // the gain of the whole list
  let precisions: f64 = 0;
  let before: f64 = 0; // relevant rows before the ties
  for (let from: u32 = 0; from < length; ) {
    const score = load<f64>(scores + (<usize>from << 3));
    let to = from;
    let gain: f64 = 0;
    let found: f64 = 0;
    for (; to < length && load<f64>(scores + (<usize>to << 3)) == score; to++) {
      const own = load<f64>(gains + (<usize>to << 3));
      gain += own;
      found += own > 0 ? 1 : 0;
    }
    const ties = <f64>(to - from);
    const mean = gain / ties;
    if (found > 0) {
      for (let k: u32 = 0, cell = out; k < cutCount; k++, cell += stride << 2) {
        const cut = load<u32>(cuts + (<usize>k << 2));
        if (cut <= from) continue;
        const last = min(cut, to);
        store<f64>(cell, load<f64>(cell) + mean * discounted(discounts, from, last));
        const share = (found * <f64>(last - from)) / ties;
        store<f64>(cell + stride, load<f64>(cell + stride) + share);
        if (before == 0) store<f64>(cell + 3 * stride, 1 - noneOf(found, to - from, last - from));
      }
      all += mean * discounted(discounts, from, to);
      precisions += precisionsOf(before, found, from, ties);
      if (before == 0) store<f64>(total + 2 * stride, reciprocal(found, from, ties));
    }
    before += found;
    from = to;
  }
  sortF64(gains, length, scratch, counters);
  for (let k: u32 = 0, cell = out; k < cutCount; k++, cell += stride << 2) {
    const cut = load<u32>(cuts + (<usize>k << 2));
    const found = load<f64>(cell + stride);
    store<f64>(cell, share(load<f64>(cell), idealOf(gains, length, discounts, min(cut, length))));
    store<f64>(cell + stride, found / <f64>cut);
    store<f64>(cell + 2 * stride, found / relevant);
  }
  store<f64>(total, share(all, idealOf(gains, length, discounts, length)));
  store<f64>(total + stride, precisions / relevant);
}

/** Rounding may lift a perfect ranking above its ideal. */
// @ts-ignore: decorator
@inline
function share(gain: f64, ideal: f64): f64 {
  return min(1, gain / ideal);
}

/** Counts the rows with a gain; where gains are so large or small that sums would be lost, all are divided by the largest. */
function comparable(gains: usize, length: u32): u32 {
  let found: u32 = 0;
  let most: f64 = 0;
  const end = gains + (<usize>length << 3);
  for (let at = gains; at < end; at += 8) {
    const gain = load<f64>(at);
    found += u32(gain > 0);
    most = max(most, gain);
  }
  if (found == 0 || (most > 1e-250 && most < 1e250)) return found;
  // What vanishes beside the largest stays relevant.
  for (let at = gains; at < end; at += 8) {
    const gain = load<f64>(at);
    if (gain > 0) store<f64>(at, max(gain / most, 5e-324));
  }
  return found;
}

/** Sum of the discounts of places. */
function discounted(discounts: usize, from: u32, to: u32): f64 {
  let sum: f64 = 0;
  for (let place = from; place < to; place++) sum += load<f64>(discounts + (<usize>place << 3));
  return sum;
}

/** Discounted gain of the first places of the best order; `gains` ascend. */
function idealOf(gains: usize, length: u32, discounts: usize, places: u32): f64 {
  let sum: f64 = 0;
  for (let place: u32 = 0; place < places; place++) {
    sum += load<f64>(gains + (<usize>(length - 1 - place) << 3)) * load<f64>(discounts + (<usize>place << 3));
  }
  return sum;
}

/** The chance that none of the first `drawn` of `ties` rows, of which `found` are relevant, is one. */
function noneOf(found: f64, ties: u32, drawn: u32): f64 {
  let chance: f64 = 1;
  for (let k: u32 = 0; k < drawn && chance > 0; k++) {
    chance *= max(0, <f64>(ties - k) - found) / <f64>(ties - k);
  }
  return chance;
}

/** Expected precisions at the relevant rows among ties, added up [1]. */
function precisionsOf(before: f64, found: f64, from: u32, ties: f64): f64 {
  if (ties == 1) return (before + 1) / (<f64>from + 1);
  const more = (found - 1) / (ties - 1);
  let sum: f64 = 0;
  for (let place: f64 = 0; place < ties; place++) sum += (before + 1 + place * more) / (<f64>from + place + 1);
  return (sum * found) / ties;
}

/** The expected reciprocal rank of the first relevant one among ties. */
function reciprocal(found: f64, from: u32, ties: f64): f64 {
  let sum: f64 = 0;
  let none: f64 = 1;
  for (let place: f64 = 0; place <= ties - found; place++) {
    const left = ties - place;
    sum += (none * found) / left / (<f64>from + place + 1);
    none *= (left - found) / left;
  }
  return sum;
}

/**
 * Puts `length` rows in descending order of their scores, gains along with them: runs by insertion, then merged pairwise.
 * `scratch` has room for both.
 */
function sortByScore(scores: usize, gains: usize, length: u32, scratch: usize): void {
  for (let from: u32 = 0; from < length; from += shortRun) insert(scores, gains, from, min(length, from + shortRun));
  let fromScores = scores;
  let fromGains = gains;
  let toScores = scratch;
  let toGains = scratch + (<usize>length << 3);
  for (let run = shortRun; run < length; run <<= 1) {
    for (let from: u32 = 0; from < length; from += run << 1) {
      merge(fromScores, fromGains, from, min(length, from + run), min(length, from + (run << 1)), toScores, toGains);
    }
    const sortedScores = toScores;
    const sortedGains = toGains;
    toScores = fromScores;
    toGains = fromGains;
    fromScores = sortedScores;
    fromGains = sortedGains;
  }
  if (fromScores == scores) return;
  memory.copy(scores, fromScores, <usize>length << 3);
  memory.copy(gains, fromGains, <usize>length << 3);
}

function insert(scores: usize, gains: usize, from: u32, to: u32): void {
  const first = <usize>from << 3;
  for (let at = first + 8; at < <usize>to << 3; at += 8) {
    const score = load<f64>(scores + at);
    const gain = load<f64>(gains + at);
    let hole = at;
    for (; hole > first && load<f64>(scores + hole - 8) < score; hole -= 8) {
      store<f64>(scores + hole, load<f64>(scores + hole - 8));
      store<f64>(gains + hole, load<f64>(gains + hole - 8));
    }
    store<f64>(scores + hole, score);
    store<f64>(gains + hole, gain);
  }
}

function merge(
  scores: usize,
  gains: usize,
  from: u32,
  middle: u32,
  to: u32,
  outScores: usize,
  outGains: usize,
): void {
  let left = <usize>from << 3;
  let right = <usize>middle << 3;
  const leftEnd = right;
  const rightEnd = <usize>to << 3;
  for (let at = left; at < rightEnd; at += 8) {
    const first = right >= rightEnd || (left < leftEnd && load<f64>(scores + left) >= load<f64>(scores + right));
    const taken = first ? left : right;
    store<f64>(outScores + at, load<f64>(scores + taken));
    store<f64>(outGains + at, load<f64>(gains + taken));
    if (first) left += 8;
    else right += 8;
  }
}
