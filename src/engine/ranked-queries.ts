/** Ranked lists, one after the other, judged list by list; see assembly/ranked-queries.ts. */
import { withScratch } from "./workspace.js";

/** Lists of rows, each with what it is worth and by what it is ranked. */
export interface RankedLists {
  /** At least 0 and finite. */
  readonly gains: Float64Array;
  /** Higher ones come first; without NaN. */
  readonly scores: Float64Array;
  /** Where each list ends. */
  readonly ends: Uint32Array;
}

/** Of each list. */
export interface JudgedLists {
  readonly atCut: readonly {
    readonly ndcg: Float64Array;
    readonly precision: Float64Array;
    readonly recall: Float64Array;
    readonly hit: Float64Array;
  }[];
  readonly ndcg: Float64Array;
  readonly averagePrecision: Float64Array;
  readonly reciprocalRank: Float64Array;
  /** Rows with a gain. */
  readonly relevant: Float64Array;
}

export function judgeLists({ gains, scores, ends }: RankedLists, cuts: readonly number[]): JudgedLists {
  return withScratch(({ kernels, f64, u32 }, take) => {
    const lists = ends.length;
    const longest = ends.reduce((most, end, k) => Math.max(most, end - (ends[k - 1] ?? 0)), 0);
    const placed = (values: Float64Array): number => {
      const address = take(values.length * 8);
      f64.set(values, address / 8);
      return address;
    };
    const [scoresAt, gainsAt] = [placed(scores), placed(gains)];
    const discounts = placed(Float64Array.from({ length: longest }, (_, place) => 1 / Math.log2(place + 2)));
    const [endsAt, cutsAt] = [take(lists * 4), take(cuts.length * 4)];
    u32.set(ends, endsAt / 4);
    u32.set(cuts, cutsAt / 4);
    const [scratch, counters] = [take(longest * 16), take(kernels.sortCounters() * 4)];
    const columns = 4 * cuts.length + 4;
    const out = take(columns * lists * 8);
    kernels.rankedQueries(
      scoresAt,
      gainsAt,
      endsAt,
      lists,
      discounts,
      cutsAt,
      cuts.length,
      scratch,
      counters,
      out,
      lists * 8,
    );
    const column = (k: number): Float64Array => f64.slice(out / 8 + k * lists, out / 8 + (k + 1) * lists);
    const last = 4 * cuts.length;
    return {
      atCut: cuts.map((_, k) => ({
        ndcg: column(4 * k),
        precision: column(4 * k + 1),
        recall: column(4 * k + 2),
        hit: column(4 * k + 3),
      })),
      ndcg: column(last),
      averagePrecision: column(last + 1),
      reciprocalRank: column(last + 2),
      relevant: column(last + 3),
    };
  });
}
