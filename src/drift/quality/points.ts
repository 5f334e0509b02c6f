/**
 * Both sides' distribution functions at a few values: at every distinct one where there are at most 64, else at pooled
 * order statistics, as far apart in ranks as can be. Of the finite values.
 */

import { countBelow, countUpTo, pooledAt } from "../../engine/ordered-places.js";
import type { Values } from "../../source/source.js";
import type { CountedInOrder } from "./in-order.js";

/** A value, and how many of either side are at most as large. */
export interface Point {
  readonly value: number | bigint;
  readonly i: number;
  readonly j: number;
}

/** Where the distribution functions of n and m values go. */
export interface Points {
  readonly n: number;
  readonly m: number;
  /** Ascending; none where a side has no value. */
  readonly points: readonly Point[];
  /** Whether these are all distinct values. */
  readonly complete: boolean;
  /** Values of the current side beyond the reference's. */
  readonly below: number;
  readonly above: number;
}

/** The reference's finite values lie between them; `null` where it has none. */
export type Range = readonly [min: number | bigint, max: number | bigint] | null;

/** With the value at the largest gap there are at most 65. */
const mostPoints = 64;

export interface PointsWalk {
  /** Takes the next finite values of both sides: equal ones together. */
  visit(x: Values, y: Values): void;
  finish(): Points;
}

export function pointsWalk(n: number, m: number, range: Range): PointsWalk {
  const ranks = ranksFor(n + m);
  const ranked: Point[] = [];
  let every: Point[] | null = [];
  let [i, j, next, below, above] = [0, 0, 0, 0, 0];
  const at = (x: Values, y: Values, value: number | bigint): Point => {
    return { value, i: i + countUpTo(x, value), j: j + countUpTo(y, value) };
  };
  return {
    visit(x, y) {
      const length = x.length + y.length;
      for (; next < ranks.length && ranks[next]! < i + j + length; next++) {
        const value = pooledAt(x, y, ranks[next]! - i - j);
        if (value !== ranked.at(-1)?.value) ranked.push(at(x, y, value));
      }
      for (let passed = 0; every && passed < length; ) {
        const point = at(x, y, pooledAt(x, y, passed));
        passed = point.i + point.j - i - j;
        if (every.length < mostPoints) every.push(point);
        else every = null;
      }
      if (range) {
        below += countBelow(y, range[0]);
        above += y.length - countUpTo(y, range[1]);
      }
      i += x.length;
      j += y.length;
    },
    finish() {
      const points = n === 0 || m === 0 ? [] : (every ?? ranked);
      return { n, m, points, complete: every !== null, below, above };
    },
  };
}

/** The same of counted values. */
export function pointsOfCounts(x: CountedInOrder, y: CountedInOrder): Points & { readonly largest: Point | null } {
  const counts = new Map<number | bigint, { readonly value: number | bigint; readonly own: [number, number] }>();
  for (const [side, { values, counts: own }] of [x, y].entries()) {
    values.forEach((value, k) => {
      if (Math.abs(Number(value)) === Number.POSITIVE_INFINITY) return;
      const known = counts.get(value) ?? { value, own: [0, 0] };
      known.own[side] = own[k]!;
      counts.set(value, known);
    });
  }
  const all = [...counts.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
  const points: Point[] = [];
  let [i, j] = [0, 0];
  for (const { value, own } of all) {
    i += own[0];
    j += own[1];
    points.push({ value, i, j });
  }
  const first = points.findIndex((point) => point.i > 0);
  const last = points.findIndex((point) => point.i === i);
  const below = i === 0 ? 0 : (points[first - 1]?.j ?? 0);
  const above = i === 0 ? 0 : j - points[last]!.j;
  const sides = { n: i, m: j, below, above };
  if (i === 0 || j === 0) return { ...sides, points: [], complete: true, largest: null };
  const largest = largestOf({ n: i, m: j, points });
  return { ...sides, points: somePoints(points), complete: points.length <= mostPoints, largest };
}

/** Of points at all values those that are told. */
export function somePoints(points: readonly Point[]): readonly Point[] {
  const last = points.at(-1);
  if (!last || points.length <= mostPoints) return points;
  const ranks = ranksFor(last.i + last.j);
  return [...new Set(ranks.map((rank) => points.find(({ i, j }) => rank < i + j)!))];
}

/** Places from the first to the last. */
function ranksFor(count: number): number[] {
  const ranks = Array.from({ length: mostPoints }, (_, k) => Math.round((k * (count - 1)) / (mostPoints - 1)));
  return count > 0 ? [...new Set(ranks)] : [];
}

/**
 * Of all distinct values the one where the distribution functions are farthest apart; of equal gaps that where the
 * reference's is above, then the smallest.
 */
export function largestOf({ n, m, points }: Pick<Points, "n" | "m" | "points">): Point | null {
  let [largest, gap] = [null as Point | null, 0n];
  for (const point of points) {
    const own = BigInt(point.i) * BigInt(m) - BigInt(point.j) * BigInt(n);
    if (sizeOf(own) > sizeOf(gap) || (own > 0n && own === -gap)) [largest, gap] = [point, own];
  }
  return largest;
}

function sizeOf(gap: bigint): bigint {
  return gap < 0n ? -gap : gap;
}
