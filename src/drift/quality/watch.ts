/**
 * Sources that are watched while a method walks over both sides in order, so that what quality wants of the same walk
 * takes no walk of its own. What a method does not walk over from beginning to end is not seen.
 */
import { type Grid, wholeGrid } from "../../engine/grid.js";
import type { Source, Values } from "../../source/source.js";

/** What looks on. */
export interface Onlooker {
  /** Before the first values. */
  begin(): void;
  /** The next values of both sides: equal ones together. */
  visit(x: Values, y: Values): void;
}

export interface Watched {
  readonly sources: readonly [Source, Source];
  /** Whether everything was seen. */
  seen(): boolean;
}

/** The same sources, which tell the onlooker what both were asked for at once. */
export function watched(x: Source, y: Source, onlooker: Onlooker): Watched {
  /** What the first side has just answered. */
  let answered: { readonly grid: Grid; readonly open: Uint32Array; readonly values: Values } | null = null;
  let [seen, next] = [false, 0];
  let grid: Grid | null = null;
  const met = (asked: Grid, open: Uint32Array, values: Values): void => {
    if (open[0] === 0) {
      next = 0;
      onlooker.begin();
    }
    if (open[0] !== next || open.at(-1) !== next + open.length - 1 || (next > 0 && asked !== grid)) return;
    grid = asked;
    onlooker.visit(answered!.values, values);
    next += open.length;
    seen = next === asked.count;
  };
  const ordered =
    (source: Source, side: 0 | 1): Source["ordered"] =>
    (asked, open, all, later) => {
      const values = source.ordered(asked, open, all, later);
      if (seen || !(all || asked === wholeGrid)) return values;
      if (side === 0) answered = { grid: asked, open, values };
      else if (answered?.grid === asked && answered.open === open) met(asked, open, values);
      return values;
    };
  return {
    sources: [
      { ...x, ordered: ordered(x, 0) },
      { ...y, ordered: ordered(y, 1) },
    ],
    seen: () => seen,
  };
}
