/**
 * The errors of predictions (prediction minus target), as one pass over both columns finds them: their moments and those of
 * their sizes, squares and shares of the target, in blocks of 1 024 pairs counted from the first. Where values are so large
 * or small that sums would be lost, the pass is made again with values divided by powers of two.
 */
import { blockRows, type Dense } from "./dense.js";
import type { Engine } from "./memory.js";
import { type MomentsState, momentsRead, partialRows } from "./moments.js";
import { eachPair, type PairsSeen } from "./pairs.js";
import { type Take, withScratch } from "./workspace.js";

/** Powers of two that what is summed was divided by. */
export interface Exponents {
  readonly error: number;
  readonly target: number;
  readonly share: number;
}

/** Moments of what was divided. */
export interface ErrorMoments {
  readonly exponents: Exponents;
  readonly errors: MomentsState;
  /** Of |error|, order 2. */
  readonly sizes: MomentsState;
  /** Of error², divided by twice the exponent; order 2. */
  readonly squares: MomentsState;
  /** Of |error| / |target|. */
  readonly shares: MomentsState;
  readonly target: MomentsState;
  /** Whether a target or a prediction is infinite. */
  readonly infinite: boolean;
}

/** Errors in engine memory, for as long as the call lasts. */
export interface Errors extends ErrorMoments {
  readonly seen: PairsSeen;
  /** The mean square of what a row does to log(Σ e² / Σ (y - ȳ)²). */
  influence(): number;
  /** Errors and targets, divided by their exponents, row by row. To be asked before anything is ordered. */
  rows(): { readonly errors: Float64Array; readonly target: Float64Array };
  /** The errors, divided by their exponent, in order. */
  ordered(): OrderedErrors;
}

export interface OrderedErrors {
  readonly values: Float64Array;
  /** Anderson and Darling's A² against the normal law with the errors' own mean and standard deviation. */
  normalFit(mean: number, deviation: number): number;
}

/** Runs `work` with the errors of two columns of equally many rows, read as doubles. */
export function withErrors<R>(target: Dense, prediction: Dense, work: (errors: Errors) => R): R {
  return withScratch((engine, take) => {
    const errors = take(target.rows * 8);
    const targets = take(target.rows * 8);
    let exponents: Exponents = { error: 0, target: 0, share: 0 };
    for (let round = 0; ; round++) {
      const { seen, ...found } = passed(target, prediction, exponents, engine, errors, targets);
      const next = round < 3 ? betterExponents(found, exponents) : exponents;
      if (!same(next, exponents)) {
        exponents = next;
        continue;
      }
      const count = seen.rows - seen.nulls - seen.nan;
      const infinite = infinities(found.errors) + infinities(found.target) > 0;
      return work({
        ...found,
        exponents,
        infinite,
        seen,
        influence: () => influenceOf(found, count, engine, targets, errors),
        rows: () => ({
          errors: engine.f64.slice(errors / 8, errors / 8 + count),
          target: engine.f64.slice(targets / 8, targets / 8 + count),
        }),
        ordered: () => orderedErrors(errors, count, engine, take),
      });
    }
  });
}

type Found = Pick<ErrorMoments, "errors" | "sizes" | "squares" | "shares" | "target">;

/** One way through both columns. Errors and targets are left at their addresses. */
function passed(
  target: Dense,
  prediction: Dense,
  exponents: Exponents,
  { kernels }: Engine,
  errorsAt: number,
  targetsAt: number,
): Found & { readonly seen: PairsSeen } {
  return withScratch((engine, take) => {
    const [sizes, squares, shares, scratch] = [0, 0, 0, 0].map(() => take(blockRows * 8)) as [
      number,
      number,
      number,
      number,
    ];
    const sums = [0, 1, 2, 3, 4].map(() => accumulator(engine, take, scratch));
    // Both parts of a share are divided by this, so that neither overflows or vanishes.
    const down = Math.min(Math.max(0, exponents.error), 512);
    const factors = [2 ** -exponents.error, 2 ** (exponents.error - down), 2 ** -down, 2 ** -exponents.share] as const;
    const half = Math.trunc(exponents.target / 2);
    let done = 0;
    const seen = eachPair(target, prediction, engine, take, (y, p, length) => {
      const [errors, targets] = [errorsAt + done * 8, targetsAt + done * 8];
      kernels.regressionErrors(y, p, length, ...factors, errors, sizes, squares, shares);
      engine.u8.copyWithin(targets, y, y + length * 8);
      if (exponents.target !== 0) kernels.scale(targets, length, 2 ** -half, 2 ** (half - exponents.target));
      done += length;
      sums[0]!.add(errors, length, 4);
      sums[1]!.add(sizes, length, 2);
      sums[2]!.add(squares, length, 2);
      sums[3]!.add(shares, length, 4);
      sums[4]!.add(targets, length, 4);
    });
    const [ofErrors, ofSizes, ofSquares, ofShares, ofTarget] = sums.map(({ state }) => state(done)) as [
      MomentsState,
      MomentsState,
      MomentsState,
      MomentsState,
      MomentsState,
    ];
    return { errors: ofErrors, sizes: ofSizes, squares: ofSquares, shares: ofShares, target: ofTarget, seen };
  });
}

/** Moments of block after block, by partial states as those of a column (`momentsOf`). */
function accumulator({ kernels, f64 }: Engine, take: Take, scratch: number) {
  const size = kernels.momentsSize();
  const [total, partial] = [take(size), take(size)];
  kernels.momentsInit(total);
  kernels.momentsInit(partial);
  let rows = 0;
  const fold = (): void => {
    kernels.momentsMerge(total, partial);
    kernels.momentsInit(partial);
  };
  return {
    add(address: number, length: number, order: 2 | 4): void {
      if (order === 2) kernels.momentsUpdate2(partial, address, length, scratch);
      else kernels.momentsUpdate4(partial, address, length, scratch);
      rows += length;
      if (rows % partialRows === 0) fold();
    },
    state(count: number): MomentsState {
      fold();
      return momentsRead(total, f64, { rows: count, values: count });
    },
  };
}

/** Fourth powers of numbers between these are doubles, and sums of them. */
const [least, most] = [2 ** -200, 2 ** 200];

/** Keeps finite differences from overflowing. */
const first = 2;

function betterExponents({ errors, shares, target }: Found, { error, share, target: own }: Exponents): Exponents {
  // Errors that are infinite although neither value is; where that is not so, nothing is lost by another look.
  if (infinities(errors) > 0 && error < first) return { error: first, target: own, share };
  return {
    error: error + exponentFor(errors),
    target: own + exponentFor(target),
    share: share + exponentFor(shares),
  };
}

function exponentFor({ count, min, max }: MomentsState): number {
  const largest = count > 0 ? Math.max(Math.abs(min), Math.abs(max)) : 0;
  if (largest === 0 || (largest > least && largest < most)) return 0;
  return Math.max(Math.floor(Math.log2(largest)) + 1, -1000);
}

function infinities({ positiveInfinity, negativeInfinity }: MomentsState): number {
  return positiveInfinity + negativeInfinity;
}

function same(one: Exponents, other: Exponents): boolean {
  return one.error === other.error && one.target === other.target && one.share === other.share;
}

function influenceOf(
  { squares, target }: Found,
  count: number,
  { kernels }: Engine,
  targets: number,
  errors: number,
): number {
  return withScratch(({ f64 }, take) => {
    const sum = take(16);
    f64.fill(0, sum / 8, sum / 8 + 2);
    const { mean, meanLow, m2 } = target;
    kernels.residualInfluence(targets, errors, count, mean, meanLow, 1 / squares.mean, count / m2, sum);
    return (f64[sum / 8]! + f64[sum / 8 + 1]!) / count;
  });
}

function orderedErrors(address: number, count: number, { kernels, f64 }: Engine, take: Take): OrderedErrors {
  withScratch((_, take) => kernels.sortF64(address, count, take(count * 8), take(kernels.sortCounters() * 4)));
  const scratch = take(96);
  return {
    values: f64.subarray(address / 8, address / 8 + count),
    normalFit: (mean, deviation) => kernels.normalFit(address, count, mean, deviation, scratch),
  };
}
