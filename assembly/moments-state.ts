// The state of moments: empty, merged with another, and how the moments of more values are folded into it.

import { sumError } from "./two-sum";

// state, consecutive f64:
//   0 count   1 mean   2 mean, low part   3 m2   4 m2, low part   5 m3   6 m4   7 min   8 max
//   9 +inf   10 -inf   11 NaN
export const countAt: usize = 0;
export const meanAt: usize = 8;
export const meanLowAt: usize = 16;
export const m2At: usize = 24;
export const m2LowAt: usize = 32;
export const m3At: usize = 40;
export const m4At: usize = 48;
export const minAt: usize = 56;
export const maxAt: usize = 64;
export const positiveAt: usize = 72;
export const negativeAt: usize = 80;
export const nanAt: usize = 88;

export function momentsSize(): i32 {
  return 96;
}

/** The state of no values. */
export function momentsInit(state: usize): void {
  memory.fill(state, 0, 96);
  store<f64>(state, Infinity, minAt);
  store<f64>(state, -Infinity, maxAt);
}

/** Adds `other` to `state`; `other` is only read. */
export function momentsMerge(state: usize, other: usize): void {
  fold(
    state,
    load<f64>(other, countAt),
    load<f64>(other, meanAt),
    load<f64>(other, meanLowAt),
    load<f64>(other, m2At),
    load<f64>(other, m2LowAt),
    load<f64>(other, m3At),
    load<f64>(other, m4At),
  );
  store<f64>(state, min(load<f64>(state, minAt), load<f64>(other, minAt)), minAt);
  store<f64>(state, max(load<f64>(state, maxAt), load<f64>(other, maxAt)), maxAt);
  store<f64>(state, load<f64>(state, positiveAt) + load<f64>(other, positiveAt), positiveAt);
  store<f64>(state, load<f64>(state, negativeAt) + load<f64>(other, negativeAt), negativeAt);
  store<f64>(state, load<f64>(state, nanAt) + load<f64>(other, nanAt), nanAt);
}

/** Adds the moments of n more values, whose mean is mean + meanLow, to the state. */
export function fold(state: usize, n: f64, mean: f64, meanLow: f64, m2: f64, m2Low: f64, m3: f64, m4: f64): void {
  if (n == 0) return;
  const before = load<f64>(state, countAt);
  const count = before + n;
  store<f64>(state, count, countAt);
  if (before == 0) {
    const rounded = mean + meanLow;
    store<f64>(state, rounded, meanAt);
    store<f64>(state, sumError(mean, meanLow, rounded), meanLowAt);
    store<f64>(state, m2, m2At);
    store<f64>(state, m2Low, m2LowAt);
    store<f64>(state, m3, m3At);
    store<f64>(state, m4, m4At);
    return;
  }
  const stateM2 = load<f64>(state, m2At);
  const stateM3 = load<f64>(state, m3At);
  const stateMean = load<f64>(state, meanAt);
  const stateMeanLow = load<f64>(state, meanLowAt);
  const delta = mean - stateMean + (meanLow - stateMeanLow);
  const share = delta / count; // divided first: delta² may overflow where the result does not
  const between = share * delta * before * n;

  const step = share * n;
  const newMean = stateMean + step;
  store<f64>(state, newMean, meanAt);
  store<f64>(state, stateMeanLow + sumError(stateMean, step, newMean), meanLowAt);

  store<f64>(
    state,
    load<f64>(state, m4At) +
      m4 +
      between * share * share * (before * before - before * n + n * n) +
      6 * share * share * (before * before * m2 + n * n * stateM2) +
      4 * share * (before * m3 - n * stateM3),
    m4At,
  );
  store<f64>(state, stateM3 + m3 + between * share * (before - n) + 3 * share * (before * m2 - n * stateM2), m3At);

  const added = m2 + between;
  const newM2 = stateM2 + added;
  const lost = sumError(m2, between, added) + sumError(stateM2, added, newM2);
  store<f64>(state, newM2, m2At);
  store<f64>(state, load<f64>(state, m2LowAt) + m2Low + lost, m2LowAt);
}
