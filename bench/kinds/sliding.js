// Scores of windows that slide over unchanged rows, as a monitor tells them to driftKind.
import { normal } from "../../dist/bundle/distributions.js";
import { driftKind } from "../../dist/bundle/monitor.js";
import { levelOf, sharedNoise } from "../../dist/monitor/score-noise.js";
import { normals } from "../data.js";

/** Rows of the reference in those of a window. */
const referenceWindows = 10;

/** Two-sided p-values of the difference of two means whose variance is known, of `count` windows of `panes` panes. */
function scoresOf(count, panes, seed, meanAt) {
  const draw = normals(seed);
  const reference = draw() / Math.sqrt(panes * referenceWindows);
  const rows = Array.from({ length: count + panes - 1 }, (_, t) => draw() + meanAt(t));
  const deviation = Math.sqrt((1 + 1 / referenceWindows) / panes);
  return Array.from({ length: count }, (_, t) => {
    const mean = rows.slice(t, t + panes).reduce((sum, x) => sum + x, 0) / panes;
    // As a monitor, which cuts scores at -3.
    return Math.max(-3, normal.upperQuantile(2 * normal.cdf(-Math.abs(mean - reference) / deviation)));
  });
}

export const shapes = {
  none: () => 0,
  instantaneous: (t, n) => (t >= n / 2 ? 1 : 0),
  gradual: (t, n) => Math.min(1, Math.max(0, (t - 0.3 * n) / (0.4 * n))),
  temporary: (t, n) => (t >= 0.4 * n && t < 0.65 * n ? 1 : 0),
  periodic: (t, n) => (t % (n / 4) < n / 8 ? 1 : 0),
};

/** What is told of a history whose windows' difference is `height` standard deviations times a shape; `apart`: as a monitor does. */
export function toldOf(kind, { count, panes, height, apart }, seed) {
  const scores = scoresOf(count, panes, seed, (t) => (height / Math.sqrt(panes)) * shapes[kind](t, count));
  const against = { kind: "fixed", keeps: "nothing", first: 0, last: 0 };
  const noise = apart
    ? sharedNoise(against, { by: "rows", every: 1, panes, offset: 0 }, null)
    : { autocorrelation: ((panes - 1) / panes) ** 2 };
  return driftKind(scores, { ...noise, level: levelOf(1, referenceWindows) }).kind;
}
