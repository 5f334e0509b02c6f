// What probabilities of classes cost, row by row, given the class that a row is of; and rows by bins of their score.

/** The probability of the row's class to `out`, of two classes: the score where `labels` (u16) is `positive`, else 1 - score. */
export function chancesOfTwo(scores: usize, labels: usize, length: i32, positive: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, labels += 2, out += 8) {
    const score = load<f64>(scores);
    store<f64>(out, select<f64>(score, 1.0 - score, <u32>load<u16>(labels) == positive));
  }
}

/** The score to `out` (f64) where `labels` (u16) is `which`; what is there stays elsewhere. */
export function chancesOfOne(scores: usize, labels: usize, length: i32, which: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, labels += 2, out += 8) {
    store<f64>(out, select<f64>(load<f64>(scores), load<f64>(out), <u32>load<u16>(labels) == which));
  }
}

/** -log p of each of `length` f64 to `out`, p brought between `least` and 1 - `least` first. */
export function logLosses(chances: usize, length: i32, least: f64, out: usize): void {
  const most = 1.0 - least;
  for (const end = chances + (<usize>length << 3); chances < end; chances += 8, out += 8) {
    const chance = load<f64>(chances);
    const above = select<f64>(chance, least, chance > least);
    store<f64>(out, -Math.log(select<f64>(above, most, above < most)));
  }
}

/** Adds (score - 1)² to `out` (f64) where `labels` (u16) is `which`, else score². */
export function addSquaredGaps(scores: usize, labels: usize, length: i32, which: u32, out: usize): void {
  for (const end = scores + (<usize>length << 3); scores < end; scores += 8, labels += 2, out += 8) {
    const gap = load<f64>(scores) - <f64>(<u32>load<u16>(labels) == which);
    store<f64>(out, load<f64>(out) + gap * gap);
  }
}

/**
 * Adds rows to bins: three f64 each, of how many there are, the sum of their scores, and how many are hits (bytes, 0 or 1).
 * A score belongs to the first bin whose upper end it does not exceed; `ends` are those of all bins but the last.
 */
export function addToBins(bins: usize, scores: usize, hits: usize, length: i32, ends: usize, endCount: u32): void {
  for (const stop = scores + (<usize>length << 3); scores < stop; scores += 8, hits += 1) {
    const score = load<f64>(scores);
    const at = bins + <usize>below(ends, endCount, score) * 24;
    store<f64>(at, load<f64>(at) + 1.0);
    store<f64>(at, load<f64>(at, 8) + score, 8);
    store<f64>(at, load<f64>(at, 16) + <f64>load<u8>(hits), 16);
  }
}

/** How many of ascending numbers are below a value. */
// @ts-ignore: decorator
@inline
function below(sorted: usize, count: u32, value: f64): u32 {
  let low: u32 = 0;
  while (count > 0) {
    const half = count >>> 1;
    const isBelow = load<f64>(sorted + (<usize>(low + half) << 3)) < value;
    low = select<u32>(low + half + 1, low, isBelow);
    count = select<u32>(count - half - 1, half, isBelow);
  }
  return low;
}
