/** What a shape looks like, window by window and in numbers. */
import type { Drift, Fit } from "./posterior.js";
import { rhythmAt } from "./rhythms.js";

/** A shape's value at window `t`, in units of its amplitude. */
export function valueAt(kind: Drift, shape: readonly number[], t: number): number {
  const [first = 0, second = 0, on = 0, begin = 0] = shape;
  if (kind === "periodic") return rhythmAt(t, first, second, on, begin);
  if (t < first) return 0;
  if (kind === "gradual") return Math.min(1, (t - first + 1) / second);
  return kind === "temporary" && t >= first + second ? 0 : 1;
}

/**
 * Numbers of a shape in `n` windows that were looked at, one in `every`, in all windows. A ramp that goes on at the end is told by what it has reached: `open`. A
 * rhythm begins with the first window at half of its height.
 */
export function numbersOf(kind: Drift, { shape, amplitude }: Fit, n: number, every: number) {
  const [first = 0, second = 0] = shape;
  const rounded = (value: number) => Math.round(100 * value) / 100 + 0;
  switch (kind) {
    case "instantaneous":
      return { onset: every * first, width: 0, amplitude: rounded(amplitude), open: false };
    case "gradual": {
      const width = Math.min(second, n - first);
      const reached = rounded((amplitude * width) / second);
      return { onset: every * first, width: every * width, amplitude: reached, open: second > width };
    }
    case "temporary":
      return { onset: every * first, duration: every * second, amplitude: rounded(amplitude), open: false };
    default: {
      let onset = 0;
      while (onset < n - 1 && valueAt(kind, shape, onset) < 0.5) onset++;
      return { onset: every * onset, period: every * first, amplitude: rounded(amplitude), open: false };
    }
  }
}
