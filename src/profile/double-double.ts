/**
 * Arithmetic on unevaluated sums of two doubles, 106 bits: what is added up in another order then agrees in every digit
 * of a double.
 *
 * [1] Dekker: A floating-point technique for extending the available precision. Numerische Mathematik 18 (1971).
 * [2] Hida, Li, Bailey: Library for double-double and quad-double arithmetic. LBNL (2008), "accurate" versions.
 */

/** high + low, where low is what rounding took from high. */
export interface Pair {
  readonly high: number;
  readonly low: number;
}

export const zero: Pair = { high: 0, low: 0 };

/** high + low exactly, where high is not the smaller one. */
function normalized(high: number, low: number): Pair {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** a + b exactly. */
export function sumOf(a: number, b: number): Pair {
  const high = a + b;
  const part = high - a;
  return { high, low: a - (high - part) + (b - part) };
}

/** a · b exactly; both below 2^990. */
export function productOf(a: number, b: number): Pair {
  const high = a * b;
  const [ah, al] = halves(a);
  const [bh, bl] = halves(b);
  return { high, low: al * bl - (high - ah * bh - al * bh - ah * bl) };
}

/** The leading 26 bits, and the others. */
function halves(x: number): [number, number] {
  const up = x * 134_217_729;
  const high = up - (up - x);
  return [high, x - high];
}

export function add(a: Pair, b: Pair): Pair {
  const high = sumOf(a.high, b.high);
  const low = sumOf(a.low, b.low);
  const once = normalized(high.high, high.low + low.high);
  return normalized(once.high, once.low + low.low);
}

export function subtract(a: Pair, b: Pair): Pair {
  return add(a, { high: -b.high, low: -b.low });
}

export function multiply(a: Pair, b: Pair): Pair {
  const { high, low } = productOf(a.high, b.high);
  return normalized(high, low + (a.high * b.low + a.low * b.high));
}

/** By a double. */
export function times(a: Pair, b: number): Pair {
  const { high, low } = productOf(a.high, b);
  return normalized(high, low + a.low * b);
}

/** By a double. */
export function over(a: Pair, b: number): Pair {
  const quotient = a.high / b;
  const { high, low } = productOf(quotient, b);
  return normalized(quotient, (a.high - high - low + a.low) / b);
}
