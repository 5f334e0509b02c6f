/** A kind of drift in a sentence. Windows are told by their index, as `onset` is. */
import type { DriftKind } from "../drift-kind.js";

const inDeviations = (amplitude: number) => `${Math.abs(amplitude).toFixed(1)} σ`;
const percent = (share: number) => `${Math.round(100 * share)} %`;
const windows = (count: number) => (count === 1 ? "1 window" : `${count} windows`);

/** @param open  that the new level of a gradual drift lies beyond the history's end */
export function wordsOf(found: Omit<DriftKind, "words">, open: boolean, several: boolean): string {
  const { kind, onset, width, duration, period, amplitude, probabilities } = found;
  const height = inDeviations(amplitude ?? 0);
  const rose = (amplitude ?? 0) < 0 ? "fell" : "rose";
  const to = (amplitude ?? 0) < 0 ? "by" : "to";
  switch (kind) {
    case "none":
      return "no drift";
    case "instantaneous":
      return `${rose} at once at window ${onset}, ${to} ${height}`;
    case "gradual":
      return open
        ? `${rose} gradually from window ${onset} on, ${to} ${height} so far`
        : `${rose} gradually over about ${windows(width ?? 0)} from window ${onset} on, ${to} ${height}`;
    case "temporary":
      return `${rose} ${to} ${height} for ${windows(duration ?? 0)} from window ${onset} on, and came back`;
    case "periodic":
      return `comes and goes every ${windows(period ?? 0)} from window ${onset} on, up to ${height}`;
    default: {
      if (several) return "changed more than once, in no regular way";
      const { none: _, ...drifts } = probabilities;
      const [first, second] = Object.entries(drifts).sort(([, x], [, y]) => y - x);
      return `changed, and it is open how: ${first![0]} ${percent(first![1])}, ${second![0]} ${percent(second![1])}`;
    }
  }
}
