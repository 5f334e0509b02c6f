/**
 * Moments that are merged: by the pairwise formulas [1, 2], every sum kept as two doubles, so that the order of merging
 * shows in none of a double's digits.
 *
 * The exponent, a power of two by which all values are divided so that no fourth power overflows or vanishes, is a function
 * of the largest magnitude: 0 up to 2^±200, else about that magnitude's own. So it does not depend on the order either.
 *
 * [1] Chan, Golub, LeVeque: Algorithms for computing the sample variance. The American Statistician 37 (1983).
 * [2] Pébay: Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments.
 *     Sandia report SAND2008-6212 (2008).
 */
import type { Moments } from "../source/source.js";
import { timesPower } from "../statistics/moments.js";
import { add, multiply, over, type Pair, subtract, sumOf, times, zero } from "./double-double.js";
import type { ProfileMoments } from "./profile.js";

/** No values. */
export const emptyMoments: ProfileMoments = {
  count: 0,
  exponent: 0,
  origin: 0n,
  mean: 0,
  meanLow: 0,
  m2: 0,
  m2Low: 0,
  m3: 0,
  m3Low: 0,
  m4: 0,
  m4Low: 0,
  min: Number.NaN,
  max: Number.NaN,
  positiveInfinity: 0,
  negativeInfinity: 0,
};

/** The moments of one block, as a source of doubles answers them, at the exponent that is a profile's. */
export function blockMoments(moments: Moments): ProfileMoments {
  if (moments.count === 0) {
    const { positiveInfinity, negativeInfinity } = moments;
    return { ...emptyMoments, positiveInfinity, negativeInfinity };
  }
  const exponent = exponentOf(largestOf(moments));
  return {
    ...atExponent({ ...moments, m2Low: 0, m3Low: 0, m4Low: 0 }, exponent),
    min: moments.min + 0,
    max: moments.max + 0,
  };
}

/** Of the values of both. */
export function mergedMoments(x: ProfileMoments, y: ProfileMoments): ProfileMoments {
  const positiveInfinity = x.positiveInfinity + y.positiveInfinity;
  const negativeInfinity = x.negativeInfinity + y.negativeInfinity;
  if (x.count === 0 || y.count === 0) {
    return { ...(x.count === 0 ? y : x), positiveInfinity, negativeInfinity };
  }
  const exponent = exponentOf(Math.max(largestOf(x), largestOf(y)));
  const a = atExponent(x, exponent);
  const b = atExponent(y, exponent);
  const count = a.count + b.count;
  const p = over({ high: a.count, low: 0 }, count);
  const q = over({ high: b.count, low: 0 }, count);
  const [a2, b2] = [pair(a.m2, a.m2Low), pair(b.m2, b.m2Low)];
  const [a3, b3] = [pair(a.m3, a.m3Low), pair(b.m3, b.m3Low)];
  const step = subtract(pair(b.mean, b.meanLow), pair(a.mean, a.meanLow));
  const square = multiply(step, step);
  const between = times(multiply(square, q), a.count);
  const mean = add(pair(a.mean, a.meanLow), multiply(step, q));
  const m2 = add(add(a2, b2), between);
  const m3 = add(
    add(a3, b3),
    multiply(step, add(multiply(between, subtract(p, q)), times(subtract(multiply(p, b2), multiply(q, a2)), 3))),
  );
  const p2 = multiply(p, p);
  const q2 = multiply(q, q);
  const m4 = add(
    add(pair(a.m4, a.m4Low), pair(b.m4, b.m4Low)),
    add(
      multiply(
        square,
        add(
          multiply(between, subtract(add(p2, q2), multiply(p, q))),
          times(add(multiply(p2, b2), multiply(q2, a2)), 6),
        ),
      ),
      times(multiply(step, subtract(multiply(p, b3), multiply(q, a3))), 4),
    ),
  );
  return {
    count,
    exponent,
    origin: 0n,
    mean: mean.high + 0,
    meanLow: mean.low + 0,
    m2: m2.high,
    m2Low: m2.low + 0,
    m3: m3.high + 0,
    m3Low: m3.low + 0,
    m4: m4.high,
    m4Low: m4.low + 0,
    min: Math.min(x.min, y.min),
    max: Math.max(x.max, y.max),
    positiveInfinity,
    negativeInfinity,
  };
}

function pair(high: number, low: number): Pair {
  return low === 0 ? (high === 0 ? zero : { high, low: 0 }) : sumOf(high, low);
}

/** Scaling by a power of two is exact, as long as nothing vanishes beside larger values. */
function atExponent(moments: ProfileMoments, exponent: number): ProfileMoments {
  const by = moments.exponent - exponent;
  if (by === 0) return moments;
  return {
    ...moments,
    exponent,
    mean: timesPower(moments.mean, by) + 0,
    meanLow: timesPower(moments.meanLow, by) + 0,
    m2: timesPower(moments.m2, 2 * by),
    m2Low: timesPower(moments.m2Low, 2 * by) + 0,
    m3: timesPower(moments.m3, 3 * by) + 0,
    m3Low: timesPower(moments.m3Low, 3 * by) + 0,
    m4: timesPower(moments.m4, 4 * by),
    m4Low: timesPower(moments.m4Low, 4 * by) + 0,
  };
}

function largestOf({ min, max }: Moments): number {
  return Math.max(Math.abs(min), Math.abs(max));
}

const double = new DataView(new ArrayBuffer(8));

/** The power of two at which values of up to this magnitude are stored. */
export function exponentOf(largest: number): number {
  if ((largest >= 2 ** -200 && largest <= 2 ** 200) || largest === 0) return 0;
  double.setFloat64(0, largest);
  return Math.max((double.getUint16(0) >> 4) - 1022, -1000);
}
