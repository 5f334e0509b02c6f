/** Where ADWIN cuts its window: the published bound, and river's. */
import type { AdwinSettings } from "./adwin.js";
import type { Window } from "./adwin-window.js";

/** Whether the means before and after any border between buckets differ by more than their bound. */
export function cutIsFound(window: Window, { delta, minWindowLength, variant }: AdwinSettings): boolean {
  const { rows, width, total, squares } = window;
  const isRiver = variant === "river";
  const logarithm = Math.log((2 * Math.log(width)) / delta);
  const variance = squares / width;
  const spare = isRiver ? minWindowLength - 1 : 0;
  const ends = isRiver ? null : sumsAfter(window);
  let [before, sumBefore, sumAfter, border] = [0, 0, total, 0];
  for (let row = rows.length - 1; row >= 0; row--) {
    const { totals } = rows[row]!;
    const size = 2 ** row;
    const borders = isRiver ? totals.length - 1 : totals.length;
    for (let k = 0; k < borders; k++) {
      before += size;
      sumBefore += totals[k]!;
      sumAfter = ends ? ends[border++]! : sumAfter - totals[k]!;
      const after = width - before;
      if (before < minWindowLength || after < minWindowLength) continue;
      const difference = Math.abs(sumBefore / before - sumAfter / after);
      const weight = 1 / (before - spare) + 1 / (after - spare);
      if (difference > Math.sqrt(2 * weight * variance * logarithm) + (2 / 3) * logarithm * weight) return true;
    }
  }
  return false;
}

/**
 * What lies after each border, the oldest first, added up from the newest bucket on: all less what lies before would leave a few
 * values with the roundings of the whole window, which are large where values are far from 0.
 */
function sumsAfter({ rows }: Window): Float64Array {
  const buckets = rows.reduce((count, { totals }) => count + totals.length, 0);
  const ends = new Float64Array(buckets);
  let [border, sum] = [buckets - 1, 0];
  for (const { totals } of rows) {
    for (let k = totals.length - 1; k >= 0; k--) {
      ends[border--] = sum;
      sum += totals[k]!;
    }
  }
  return ends;
}
