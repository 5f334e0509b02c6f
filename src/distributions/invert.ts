/** Quantiles of laws that have no inverse of their own: roots of a tail, and first whole numbers. */

/**
 * The x in [low, high] where a monotone tail is p, 0 < p ≤ 1/2, by Chandrupatla's method on log tail(x) over log x:
 * bisection where it must be, inverse quadratic interpolation where it may. Steps multiply x, so that a root of 1e-300
 * has all of its digits. Some ten to fifteen calls of the tail. Where p is not between the tails at both ends, the end
 * whose tail is closer to it.
 *
 * @see Chandrupatla: A new hybrid quadratic/bisection algorithm. Advances in Engineering Software 28 (1997)
 */
export function tailRoot(tail: (x: number) => number, p: number, low: number, high: number): number {
  const error = (x: number) => logRatio(tail(x), p);
  let [a, b, c] = [high, low, high];
  let [atA, atB] = [error(a), error(b)];
  let atC = atA;
  if (atA * atB > 0) return Math.abs(atA) < Math.abs(atB) ? a : b;
  let way = 0.5;
  for (let step = 0; step < 200; step++) {
    const x = between(a, b, way);
    const atX = error(x);
    if (atX > 0 === atA > 0) [c, atC] = [a, atA];
    else [c, atC, b, atB] = [b, atB, a, atA];
    [a, atA] = [x, atX];
    const [best, atBest] = Math.abs(atA) < Math.abs(atB) ? [a, atA] : [b, atB];
    const width = logOf(b, a);
    const least = 2.2e-16 / Math.abs(width);
    if (atBest === 0 || least > 0.5) return best;
    const xi = logOf(a, b) / logOf(c, b);
    const phi = (atA - atB) / (atC - atB);
    way = 0.5;
    if (phi * phi < xi && (1 - phi) ** 2 < 1 - xi) {
      const quadratic = atC * atA * atB === 0 ? 0.5 : interpolated(atA, atB, atC, logOf(c, a) / width);
      way = Math.min(1 - least, Math.max(least, quadratic));
    }
  }
  return a;
}

/** a · (b/a)^way, which has all digits where b is next to a. */
function between(a: number, b: number, way: number): number {
  const log = way * logOf(b, a);
  return log < -1 ? a * Math.exp(log) : a + a * Math.expm1(log);
}

/** log(b/a). */
function logOf(b: number, a: number): number {
  return b > 0.5 * a && b < 2 * a ? Math.log1p((b - a) / a) : Math.log(b / a);
}

function interpolated(a: number, b: number, c: number, ratio: number): number {
  return (a / (b - a)) * (c / (b - c)) + ratio * (a / (c - a)) * (b / (c - b));
}

/** log(tail/p), all digits where they are close; ±800 is beyond all doubles. */
function logRatio(tail: number, p: number): number {
  const ratio = tail / p;
  if (ratio > 0.5 && ratio < 2) return Math.log1p((tail - p) / p);
  return Math.max(-800, Math.min(800, Math.log(tail) - Math.log(p)));
}

/**
 * The smallest whole number from `low` to `high` for which `holds`, which holds from some number on and surely at
 * `high`. The search doubles its steps away from `guess`, then halves.
 */
export function smallestWhere(
  holds: (k: number) => boolean,
  guess: number,
  spread: number,
  low: number,
  high: number,
): number {
  let [below, above] = [low - 1, high];
  let k = Math.min(high, Math.max(low, Math.floor(guess)));
  let step = Math.max(1, Math.floor(spread));
  if (holds(k)) {
    for (above = k; k > low; step *= 2) {
      k = Math.max(low, k - step);
      if (!holds(k)) break;
      above = k;
    }
    below = holds(k) ? low - 1 : k;
  } else {
    for (below = k; k < high; step *= 2) {
      k = Math.min(high, k + step);
      if (holds(k)) break;
      below = k;
    }
    above = k;
  }
  while (above - below > 1) {
    const middle = below + Math.floor((above - below) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}
