/**
 * p-values of the two-sample Kolmogorov-Smirnov statistic. It is passed as `gap`, the integer n·m·D: with F the share of
 * the first sample and G that of the second at or below a point, the largest |F − G|·nm, or for `greater` the largest
 * (F − G)·nm and for `less` the largest (G − F)·nm.
 */
import { theEngine } from "../engine/memory.js";
import { withScratch } from "../engine/workspace.js";
import { count } from "./domain.js";
import { heightOf } from "./kolmogorov-shift.js";
import { lgamma } from "./special-functions.js";

export type Alternative = "two-sided" | "less" | "greater";

/**
 * Exact P(D ≥ gap/(nm)) when both samples come from one distribution, conditional on the tie pattern.
 *
 * Equal sizes without ties take constant time; otherwise the cost is about a nanosecond per cell of `ksExactCells`.
 *
 * @param n, m     sizes of the samples
 * @param gap      n·m·D, an integer
 * @param tieEnds  where blocks of equal values end in the pooled order, cumulative sizes, the last n + m; null without ties
 * @returns p, with all of its digits down to 1e-300
 * @throws RangeError when a size is not a positive integer, or tieEnds does not rise to n + m
 * @see Schröer and Trenkler (1995), Gnedenko and Korolyuk (1951); oracle: exact rational path counts
 */
export function ksExact(
  n: number,
  m: number,
  gap: number,
  tieEnds: Uint32Array | null = null,
  alternative: Alternative = "two-sided",
): number {
  sizes("ksExact", n, m);
  if (Number.isNaN(gap)) return gap;
  if (gap <= 0) return 1;
  if (gap > n * m) return 0;
  const ends = tieEnds === null || tieEnds.length === n + m ? null : tieEnds;
  if (tieEnds !== null) rising(tieEnds, n + m);
  const oneSided = alternative === "two-sided" ? 0 : 1;
  return withScratch(({ kernels, u32 }, take) => {
    if (n === m && ends === null) {
      const steps = Math.ceil(gap / n);
      return oneSided === 1 ? kernels.ksEqualOneSided(n, steps) : kernels.ksEqualTwoSided(n, steps);
    }
    let [forwards, backwards, middle] = [0, 0, Math.floor((n + m) / 2)];
    if (ends !== null) {
      if (ends.length === 1) return 0;
      forwards = take(4 * ends.length);
      backwards = take(4 * ends.length);
      u32.set(ends, forwards / 4);
      u32.set(reversed(ends), backwards / 4);
      middle = middleOf(ends);
    }
    const [right, up] = alternative === "less" ? [m, n] : [n, m];
    const scratch = take(kernels.ksExactSize(n, m));
    return kernels.ksExact(right, up, gap, oneSided, forwards, backwards, middle, scratch);
  });
}

/** How many cells of the path lattice `ksExact` visits, about; wide tie blocks add to them. */
export function ksExactCells(n: number, m: number, gap: number, alternative: Alternative = "two-sided"): number {
  sizes("ksExactCells", n, m);
  if (n === m) return 0;
  const all = (n + 1) * (m + 1);
  return alternative === "two-sided" ? Math.min(all, 2 * gap) : Math.min(all, all / 2 + gap);
}

/**
 * Approximate P(D ≥ gap/(nm)) for samples too large for `ksExact`, ties ignored.
 *
 * Between two laws that are exact at a Brownian bridge's height a, that of equal sizes and that of one sample, at the
 * effective size nm/(n + m): p is the first to the power 1 − s times the second to the power s, s = ((n − m)/(n + m))²,
 * which the squared skewness of the walk and its curtosis are linear in. The height allows for where the walk's places
 * are, above all for nearly equal sizes (`heightOf`). Never below P(D = 1).
 *
 * @see methods: within 0.1 % of the exact p from 1 000 values a side on for p ≥ 0.01
 */
export function ksAsymptotic(n: number, m: number, gap: number, alternative: Alternative = "two-sided"): number {
  sizes("ksAsymptotic", n, m);
  if (Number.isNaN(gap)) return gap;
  if (gap <= 0) return 1;
  if (gap > n * m) return 0;
  if (Math.min(n, m) === 1) return ofOneValue(Math.max(n, m), gap, alternative);
  const { kernels } = theEngine();
  const total = n + m;
  const effective = 1 / (1 / n + 1 / m);
  const root = Math.sqrt(effective);
  const height = heightOf(n, m, gap);
  if (height <= 0) return 1;
  const [steps, distance] = [2 * height * root, height / root - 1 / (6 * effective)];
  const skewed = ((n - m) / total) ** 2;
  const [equal, one] =
    alternative === "two-sided"
      ? [kernels.ksEqualTwoSided(2 * effective, steps), kernels.kolmogorovNSf(effective, distance)]
      : [kernels.ksEqualOneSided(2 * effective, steps), kernels.smirnovSf(effective, distance)];
  const least = Math.exp(lgamma(n + 1) + lgamma(m + 1) - lgamma(total + 1));
  const p = equal ** (1 - skewed) * one ** skewed;
  return Math.min(1, Math.max(p, alternative === "two-sided" ? 2 * least : least));
}

/** One value against n: it falls into each of the n + 1 places between them with the same chance. */
function ofOneValue(n: number, gap: number, alternative: Alternative): number {
  const places = Math.max(0, n - gap + 1);
  return Math.min(1, ((alternative === "two-sided" ? 2 : 1) * places) / (n + 1));
}

function sizes(name: string, n: number, m: number): void {
  count(name, "n", n);
  count(name, "m", m);
}

function rising(ends: Uint32Array, total: number): void {
  let last = 0;
  for (const end of ends) {
    if (end <= last) throw new RangeError(`ksExact: tieEnds must rise, got ${end} after ${last}`);
    last = end;
  }
  if (last !== total) throw new RangeError(`ksExact: tieEnds must end at n + m = ${total}, got ${last}`);
}

/** Where the blocks end in the reversed order. */
function reversed(ends: Uint32Array): Uint32Array {
  const total = ends.at(-1)!;
  return ends.map((_, k) => total - (ends[ends.length - 2 - k] ?? 0));
}

/** The end, other than the last, that is nearest to the middle. */
function middleOf(ends: Uint32Array): number {
  const half = ends.at(-1)! / 2;
  const after = ends.findIndex((end) => end >= half);
  const [left, right] = [ends[after - 1] ?? 0, ends[after]!];
  return after === ends.length - 1 || (left > 0 && half - left < right - half) ? left : right;
}
