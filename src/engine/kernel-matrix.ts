/** Sums of a Gaussian kernel over pairs of rows; see assembly/kernel-matrix.ts. */
import type { Engine } from "./memory.js";
import { generator } from "./random.js";
import { withScratch } from "./workspace.js";

/** Groups whose sums are formed on one way through the matrix: their lists stay in the second-level cache. */
const groupsAtOnce = 32;

/** Where a kernel's width comes from. */
export type BandwidthRule = "median" | "median of unequal" | "given";

export interface Bandwidth {
  /** The kernel is exp(-d² / (2·sigma²)). */
  readonly sigma: number;
  readonly rule: BandwidthRule;
}

/** Sums over the pairs inside a group of rows (each pair once), over those across, and over those inside the rest. */
export interface GroupSums {
  readonly inside: number;
  readonly across: number;
  readonly outside: number;
}

/** A number for each pair of rows, and its sums. */
export interface PairMatrix {
  /** Of the rows with label 1. */
  of(labels: Uint8Array): GroupSums;
  /** Of `times` groups of `size` rows drawn at random. */
  drawn(size: number, times: number, visit: (sums: GroupSums) => void): void;
}

/** The kernel of all pairs of rows. */
export interface KernelMatrix extends PairMatrix {
  readonly bandwidth: Bandwidth;
}

/**
 * Runs `work` with the kernel of `count` rows of `dimension` finite numbers: 4·count² bytes of engine memory.
 *
 * @param sigma the kernel's width. If `null`, sigma² is half the lower median of the squared distances of all pairs; where
 *   most pairs are equal, of those that are not
 * @returns `null` when all rows are equal and no width was given
 */
export function withKernelMatrix<R>(
  rows: Float64Array,
  count: number,
  dimension: number,
  sigma: number | null,
  seed: number,
  work: (matrix: KernelMatrix) => R,
): R | null {
  return withScratch((engine, take) => {
    const pairs = take(count * (count - 1) * 4);
    const bandwidth = placeDistances(rows, count, dimension, sigma, pairs, engine);
    return bandwidth && withSums(pairs, count, seed, (matrix) => work({ ...matrix, bandwidth }));
  });
}

/**
 * The same with the squared distances themselves, times factor².
 *
 * @param factor so that squares neither vanish nor overflow
 */
export function withDistanceMatrix<R>(
  rows: Float64Array,
  count: number,
  dimension: number,
  factor: number,
  seed: number,
  work: (matrix: PairMatrix) => R,
): R {
  return withScratch((engine, take) => {
    const pairs = take(count * (count - 1) * 4);
    const address = take(rows.length * 8);
    engine.f64.set(rows, address / 8);
    engine.kernels.squaredDistances(address, count, dimension, factor, pairs);
    return withSums(pairs, count, seed, work);
  });
}

/** Runs `work` with sums over the numbers of pairs that lie at an address. */
function withSums<R>(pairs: number, count: number, seed: number, work: (matrix: PairMatrix) => R): R {
  return withScratch((engine, take) => {
    const { kernels, f64, u8 } = engine;
    const sums = take(count * 8);
    kernels.pairSums(pairs, count, sums);
    let total = 0;
    for (let k = 0; k < count; k++) total += f64[sums / 8 + k]! / 2;
    const members = take(groupsAtOnce * count * 4);
    const next = take(groupsAtOnce * 4);
    const out = take(groupsAtOnce * 32);
    const labels = take(count);
    const summed = (groups: number, size: number, visit: (sums: GroupSums) => void) => {
      kernels.groupSums(pairs, count, sums, members, groups, size, next, out);
      for (let at = out / 8; at < out / 8 + 4 * groups; at += 4) {
        const inside = f64[at]! + f64[at + 1]!;
        const across = f64[at + 2]! + f64[at + 3]! - 2 * inside;
        visit({ inside, across, outside: total - inside - across });
      }
    };
    const state = generator(engine, take, seed);
    return work({
      of(given) {
        u8.set(given, labels);
        let found: GroupSums | undefined;
        summed(1, kernels.labelled(labels, count, members), (sums) => {
          found = sums;
        });
        return found!;
      },
      drawn(size, times, visit) {
        for (let left = times; left > 0; left -= groupsAtOnce) {
          const groups = Math.min(left, groupsAtOnce);
          for (let g = 0; g < groups; g++) {
            kernels.chooseLabels(state, size, count, labels);
            kernels.labelled(labels, count, members + g * size * 4);
          }
          summed(groups, size, visit);
        }
      },
    });
  });
}

/** Puts the kernel of all pairs at `pairs`; returns its width. */
function placeDistances(
  rows: Float64Array,
  count: number,
  dimension: number,
  sigma: number | null,
  pairs: number,
  engine: Engine,
): Bandwidth | null {
  const { kernels, f64 } = engine;
  const length = (count * (count - 1)) / 2;
  return withScratch((_, take) => {
    const address = take(rows.length * 8);
    f64.set(rows, address / 8);
    const measure = (factor: number) => kernels.squaredDistances(address, count, dimension, factor, pairs);
    if (sigma !== null) {
      const factor = 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(sigma))));
      measure(factor);
      kernels.gaussian(pairs, length, 0.5 / (sigma * factor) ** 2);
      return { sigma, rule: "given" };
    }
    const counts = take(65_536 * 4);
    // As the values are, unless squares of usual distances overflow or vanish.
    for (const power of [0, -520, 520, 1000]) {
      measure(2 ** power);
      let rule: BandwidthRule = "median";
      let median = kernels.selectPositive(pairs, length, (length - 1) >> 1, counts);
      if (median === 0) {
        const zeros = zerosIn(f64.subarray(pairs / 8, pairs / 8 + length));
        if (zeros === length) continue;
        rule = "median of unequal";
        median = kernels.selectPositive(pairs, length, zeros + ((length - zeros - 1) >> 1), counts);
      }
      if (!(median > 2 ** -960 && median < Number.POSITIVE_INFINITY)) continue;
      kernels.gaussian(pairs, length, 1 / median);
      return { sigma: Math.sqrt(median / 2) * 2 ** -power, rule };
    }
    return null;
  });
}

function zerosIn(values: Float64Array): number {
  let zeros = 0;
  for (const value of values) if (value === 0) zeros++;
  return zeros;
}
