/** What scores of unchanged data share, as `driftKind` takes it. */
import type { AgainstShape } from "./reference-shape.js";
import type { WindowShape } from "./window-shape.js";

/** Windows that share no row and have a score, from which on a kind is told. */
const leastApart = 10;

/** Which windows are looked at, and what their scores share. */
export interface SharedNoise {
  readonly every: number;
  readonly autocorrelation: number;
  readonly minimum: number;
}

/**
 * Windows that slide are looked at one in so many that they share no row: p-values forget a difference's sign, so that large
 * ones stay longer than an AR(1) with the scores' correlation has it, and a step of the data is a ramp of the scores. A period
 * stays a whole number of the windows that are looked at, and two of them at least; where that needs windows that overlap,
 * `minimum` is larger by as much.
 *
 * @param period  in windows; `null` where none is given
 */
export function sharedNoise(against: AgainstShape, shape: WindowShape, period: number | null): SharedNoise {
  let every = period === null ? shape.panes : Math.min(shape.panes, Math.floor(period / 2));
  while (period !== null && period % every !== 0) every--;
  return {
    every,
    autocorrelation: autocorrelationOf(against, shape, every),
    minimum: 1 + Math.ceil(((leastApart - 1) * shape.panes) / every),
  };
}

/**
 * Correlation of the scores of windows `every` panes apart while nothing changes: they share rows where they overlap, where
 * their references do, and where one is in the other's reference.
 *
 * A statistic that is linear in the rows weighs a window's n panes with 1/n and the m panes of its reference with -1/m, so that
 * windows d panes apart have the correlation
 *
 *     r = ((n - d)/n² + (m - d)/m² - [panes of the earlier one in the later one's reference]/(nm)) / (1/n + 1/m)
 *
 * with n - d and m - d at least 0, and without the parts with m where all windows are compared with the same rows. p-values
 * forget the sign: scores have about r².
 */
export function autocorrelationOf({ kind, first, last }: AgainstShape, { panes }: WindowShape, every: number): number {
  const own = Math.max(0, panes - every) / panes;
  if (kind === "fixed" || first === null) return own * own;
  const others = first - last + panes;
  const within = Math.max(0, Math.min(panes, every - last + panes) - Math.max(0, every - first));
  const theirs = Math.max(0, others - every) / others ** 2;
  const r = (own / panes + theirs - within / (panes * others)) / (1 / panes + 1 / others);
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
