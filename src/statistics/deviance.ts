/**
 * Power divergences of a 2 × K table: of observed counts O from those E that are expected from the margins,
 * 2 / (λ(λ + 1)) · sum of O ((O/E)^λ - 1), and its limits for λ = 0 and -1.
 *
 * With d = O/E - 1 a cell adds E · h(d), h(d) = 2 ((1 + d)^(λ+1) - 1 - (λ+1) d) / (λ(λ+1)), which is never negative. h is
 * a series in d near 0, and d comes from the exact gap of the counts.
 */
import { productGap } from "./product-gap.js";

interface Counts {
  readonly reference: ArrayLike<number>;
  readonly current: ArrayLike<number>;
}

/** The statistic; Infinity where it is infinite. */
export function divergenceOf({ reference, current }: Counts, n: number, m: number, lambda: number): number {
  let total = 0;
  for (let k = 0; k < reference.length; k++) {
    const count = reference[k]! + current[k]!;
    if (count > 0) total += cellDeviance(reference[k]!, count, n, m, lambda);
  }
  return total;
}

/** What a cell with i of its `count` rows on the reference adds. */
export function cellDeviance(i: number, count: number, n: number, m: number, lambda: number): number {
  const gap = productGap(i, m, count - i, n);
  if (gap === 0) return 0;
  const all = n + m;
  const [before, after] = [(count * n) / all, (count * m) / all];
  const first = i === 0 ? emptyOf(lambda) : deviance(gap / n / count, lambda);
  const second = i === count ? emptyOf(lambda) : deviance(-gap / m / count, lambda);
  return before * first + after * second;
}

/** h(-1). */
function emptyOf(lambda: number): number {
  return lambda > -1 ? 2 / (lambda + 1) : Number.POSITIVE_INFINITY;
}

/** h(d) for d > -1. */
function deviance(d: number, lambda: number): number {
  if (Math.abs(d) * (Math.abs(lambda) + 1) < 0.25) {
    let term = d * d;
    let total = term;
    for (let k = 1; Math.abs(term) > 1e-17 * total; k++) {
      term *= (d * (lambda - k)) / (k + 2);
      total += term;
    }
    return total;
  }
  const log = Math.log1p(d);
  // Two forms of the same, of which one loses nothing near λ = 0 and the other nothing near -1.
  if (lambda > -0.5) return (2 / (lambda + 1)) * ((1 + d) * powerLess1(log, lambda) - d);
  return (2 / lambda) * (powerLess1(log, lambda + 1) - d);
}

/** (e^(log · power) - 1) / power. */
function powerLess1(log: number, power: number): number {
  return power === 0 ? log : Math.expm1(log * power) / power;
}
