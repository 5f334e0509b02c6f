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
  let [before, sumBefore, sumAfter] = [0, 0, total];
  for (let row = rows.length - 1; row >= 0; row--) {
    const { totals } = rows[row]!;
    const size = 2 ** row;
    const borders = isRiver ? totals.length - 1 : totals.length;
    for (let k = 0; k < borders; k++) {
      before += size;
      sumBefore += totals[k]!;
      sumAfter -= totals[k]!;
      const after = width - before;
      if (before < minWindowLength || after < minWindowLength) continue;
      const difference = Math.abs(sumBefore / before - sumAfter / after);
      const weight = 1 / (before - spare) + 1 / (after - spare);
      if (difference > Math.sqrt(2 * weight * variance * logarithm) + (2 / 3) * logarithm * weight) return true;
    }
  }
  return false;
}
