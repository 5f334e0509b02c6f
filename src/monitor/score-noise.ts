/** What scores of unchanged data share, as `driftKind` takes it. */
import type { AgainstShape } from "./reference-shape.js";
import type { WindowShape } from "./window-shape.js";

/**
 * Correlation of the scores of neighbouring windows while nothing changes: they share rows where windows slide, and where one is
 * in the other's reference.
 *
 * A statistic that is linear in the rows weighs a window's n panes with 1/n and the m panes of its reference with -1/m, so that
 * neighbours, a pane apart, have the correlation
 *
 *     r = ((n - 1)/n² + (m - 1)/m² - [the reference ends where the window begins]/(nm)) / (1/n + 1/m)
 *
 * without the parts with m where all windows are compared with the same rows. p-values forget the sign: scores have about r².
 */
export function autocorrelationOf({ kind, first, last }: AgainstShape, { panes }: WindowShape): number {
  const own = (panes - 1) / panes;
  if (kind === "fixed" || first === null) return own * own;
  const others = first - last + panes;
  const touching = last === panes ? 1 / (panes * others) : 0;
  const r = (own / panes + (others - 1) / others ** 2 - touching) / (1 / panes + 1 / others);
  return r * r;
}

/**
 * Standard deviation of what all scores share where all windows are compared with the same rows.
 *
 * @see `DriftKindOptions.level`
 */
export function levelOf(windowRows: number, referenceRows: number): number {
  return 0.4 * Math.sqrt(windowRows / referenceRows);
}
