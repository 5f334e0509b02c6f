/**
 * Everything that compares two whole distribution functions, in one walk over both sides in order: the largest gap, the
 * area between them (Wasserstein) and the Anderson-Darling statistic.
 *
 * The two-sample Anderson-Darling statistic weighs the squared gap by its variance, so that the tails count as much as
 * the middle. With mid-ranks [1], for ties:
 *   A² = (N - 1) / (N·n·m) · Σ l · (m·F - n·G)² / (B·(N - B) - N·l / 4)
 * over the distinct pooled values, l of them equal, F, G and B the numbers of reference, current and pooled values below
 * plus half of those equal.
 *
 * [1] Scholz, Stephens: K-sample Anderson-Darling tests. Journal of the American Statistical Association 82 (1987), (7).
 */

import { countUpTo, type Middle, middleOf } from "../engine/ordered-places.js";
import type { PlacedWalk } from "../engine/placed-walk.js";
import { type FullWalk, finishWalk, startWalk, walkOn } from "../engine/walk.js";
import { both, one, type Plan } from "../source/plan.js";
import type { Values } from "../source/source.js";
import type { GapResult } from "./gap.js";
import { inOrderPlan } from "./in-order.js";

/** Largest gap, area and A² of two samples. */
export interface WalkResult extends GapResult {
  /** Wasserstein distance; Infinity when the sides hold different shares of an infinity. */
  readonly area: number;
  /** Anderson-Darling statistic with mid-ranks; 0 when all values are equal. */
  readonly andersonDarling: number;
  /** Sum of the squared weights of its law given the ties: 1 for two different values, π²/3 - 3 for many; `null` without ties. */
  readonly spread: number | null;
  /** Values of both sides up to the location; `null` where there is none. */
  readonly upTo: readonly [i: number, j: number] | null;
  /** Of the value in the middle of all; may be `null` where no values are equal. */
  readonly middle: Middle | null;
}

/** A reference that was ordered before is not walked when it holds so many times as many values as the current side. */
export const fewAgainst = 8;

export function* fullWalkPlan(): Plan<WalkResult> {
  const index = yield* one(0, "index");
  const sizes = yield* both("size");
  if (index && sizes[1] * fewAgainst <= sizes[0]) {
    const found = yield* one(1, "placed", index);
    if (found) return placedResultOf(found, index.values);
  }
  const walk = new InOrder();
  const { n, m } = yield* inOrderPlan((x, y, n, m) => walk.on(x, y, n, m));
  return walk.result(n, m);
}

/** The same of the finite values alone, of which there are n and m. */
export function* finiteWalkPlan(n: number, m: number): Plan<WalkResult> {
  const walk = new InOrder();
  yield* inOrderPlan((x, y) => walk.on(finiteOnes(x), finiteOnes(y), n, m));
  return walk.result(n, m);
}

/** Of values in order those between the infinities. */
export function finiteOnes(values: Values): Values {
  let first = 0;
  while (values[first] === Number.NEGATIVE_INFINITY) first++;
  let last = values.length;
  while (last > first && values[last - 1] === Number.POSITIVE_INFINITY) last--;
  return values.subarray(first, last);
}

/** A walk over both sides, stretch after stretch. */
class InOrder {
  #walked = startWalk();
  #like: Values = new Float64Array(0);
  #passed: readonly [number, number] = [0, 0];
  #middle: Middle | null = null;

  on(x: Values, y: Values, n: number, m: number): void {
    this.#walked = walkOn(this.#walked, x, y, n, m);
    this.#like = x;
    this.#middle = middleOf(x, y, n + m, this.#passed, this.#middle);
    this.#passed = [this.#passed[0] + x.length, this.#passed[1] + y.length];
  }

  result(n: number, m: number): WalkResult {
    const walk = finishWalk(this.#walked, this.#like);
    const { gap, location, passed } = walk;
    const upTo = location === null ? null : upToGap(gap, BigInt(passed!), BigInt(n), BigInt(m));
    return resultOf(walk, n, m, { upTo, middle: this.#middle });
  }
}

/** What a walk over the current side says, whose values were placed among those of the reference in order. */
export function placedResultOf(walk: PlacedWalk, reference: Float64Array): WalkResult {
  const { gap, location, length, middle } = walk;
  const n = reference.length;
  if (location === null) return resultOf(walk, n, length, { upTo: null, middle });
  const i = countUpTo(reference, location as number);
  return resultOf(walk, n, length, { upTo: [i, (i * length - Number(gap)) / n], middle });
}

/** What a walk over n and m values says. */
function resultOf(walk: FullWalk, n: number, m: number, counts: Pick<WalkResult, "upTo" | "middle">): WalkResult {
  const { gap, location, area, weighted, distinct } = walk;
  const all = n + m;
  const andersonDarling = (weighted * (all - 1)) / all / n / m;
  const spread = distinct === all ? null : walk.spread / all / all;
  return {
    ...{ gap, location, n, m, area: area / n / m, andersonDarling, spread },
    ...counts,
  };
}

/** Of i + j values the gap is i·m - j·n. */
function upToGap(gap: bigint, passed: bigint, n: bigint, m: bigint): readonly [number, number] {
  const i = (gap + passed * n) / (n + m);
  return [Number(i), Number(passed - i)];
}
