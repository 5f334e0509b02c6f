/** What a column's profile answers by itself: moments and missing values. All else needs the values, or cells. */
import type { Source } from "../source/source.js";
import type { NumberProfile } from "./profile.js";

/** A source for plans that ask for no more than moments. */
export function profileSource({ moments, missing }: NumberProfile): Source {
  const refuse = (): never => {
    throw new TypeError("profileSource: a profile has not kept the values");
  };
  return {
    size: () => missing.rows,
    missing: () => missing,
    moments: () => moments,
    wide: () => false,
    inOrder: () => null,
    index: () => null,
    grid: refuse,
    absoluteMoments: refuse,
    characteristic: refuse,
    cells: refuse,
    bins: refuse,
    binSums: refuse,
    spans: refuse,
    ordered: refuse,
    placed: refuse,
    cellSums: refuse,
    distinct: refuse,
    categories: refuse,
    countsOf: refuse,
  };
}
