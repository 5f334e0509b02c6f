/** Quantiles of a reference at any probability, as far as they are known. */
import { type FixedColumn, isFixed } from "../column/column.js";
import type { AnyColumn } from "../drift/prepare.js";
import { isColumnProfile } from "../drift/profiles/profiled-side.js";
import type { NumbersQuality } from "../drift/quality/quality-report.js";
import type { ColumnProfile } from "../profile/profile.js";
import { rankError } from "../sketch/rank-error.js";
import { sketchQuantiles } from "../sketch/sorted-view.js";
import { answerNow } from "../source/plan.js";
import type { Prepared } from "../source/prepared.js";
import { withSource } from "../source/sides.js";
import { quantilesPlan } from "../statistics/quantile.js";

/** Numbers that the quantiles at some probabilities are surely not above (`below`), or not below (`above`). */
export type QuantilesAt = (probabilities: readonly number[], side: "below" | "above") => readonly number[];

/** Of a column whose values are there: its quantiles. Of a profile they are as far away as its sketch may be off. */
export function quantilesAt(column: AnyColumn | ColumnProfile): QuantilesAt | null {
  if (!isColumnProfile(column)) {
    if (!("prepared" in column ? column.kind !== "categorical" : isFixed(column))) return null;
    const numbers = column as FixedColumn | Prepared;
    return (probabilities) => {
      const found = withSource("suiteFrom", numbers, (source) => answerNow(quantilesPlan(0, probabilities), source));
      return probabilities.map((_, k) => Number(found?.[k] ?? Number.NaN));
    };
  }
  if (column.kind === "categorical") return null;
  const { quantiles } = column;
  const error = rankError(quantiles);
  return (probabilities, side) =>
    sketchQuantiles(
      quantiles,
      probabilities.map((p) => (side === "below" ? Math.max(0, p - error) : Math.min(1, p + error))),
    );
}

/** Where only some quantiles are known, the nearest of them beyond; nothing is known of what lies between. */
export function knownQuantiles({ min, max, quantiles, rankError }: NumbersQuality): QuantilesAt {
  const points = [{ probability: 0, value: min }, ...quantiles, { probability: 1, value: max }];
  return (probabilities, side) =>
    probabilities.map((p) => {
      const found =
        side === "below"
          ? points.findLast(({ probability }) => probability <= p - rankError)
          : points.find(({ probability }) => probability >= p + rankError);
      return asNumber((found ?? (side === "below" ? points[0] : points.at(-1)))!.value);
    });
}

export function asNumber(value: number | string | boolean | null): number {
  return value === null ? Number.NaN : Number(value);
}
