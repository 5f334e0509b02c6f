/** What a column of text is like. */
import { utf8Length } from "../../engine/encode-utf8.js";
import { leading } from "../../engine/most-frequent.js";
import type { Categories, Missing } from "../../source/source.js";
import { oneSided } from "../../statistics/category-cells.js";
import { mostListed } from "./in-order.js";
import { spreadOf } from "./numbers.js";
import type { ColumnQuality, DistinctValues, QualityChange } from "./quality-report.js";

/** @param distinct  where not every category was counted, how many there are about */
export function qualityOfTexts(
  type: string,
  categories: Categories,
  missing: Missing,
  distinct: DistinctValues = { count: categories.distinct, error: 0 },
): ColumnQuality {
  const { counts, other, empty } = categories;
  const { rows, null: nulls, nan } = missing;
  const count = rows - nulls - nan;
  const listed = leading(counts, mostListed).map(([value, count]) => ({ value, count }));
  return {
    kind: "categorical",
    type,
    availability: {
      ...{ rows, value: count - empty, null: nulls, nan },
      ...{ positiveInfinity: 0, negativeInfinity: 0, empty },
    },
    distinct,
    ...spreadOf(distinct.error === 0 ? distinct.count : Number.NaN, listed[0]?.count ?? 0, count),
    mostCommon: listed.filter(({ count }) => count > 1),
    numbers: null,
    lengths: other > 0 || count === 0 ? null : lengthsOf(counts),
    hash: null,
  };
}

function lengthsOf(counts: ReadonlyMap<string, number>): NonNullable<ColumnQuality["lengths"]> {
  let [min, max, bytes, rows] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  for (const [name, count] of counts) {
    const length = utf8Length(name);
    if (length < min) min = length;
    if (length > max) max = length;
    bytes += length * count;
    rows += count;
  }
  return { min, max, mean: bytes / rows };
}

/** Categories of the current side that the reference does not have; `null` where not all of them were counted. */
export function outOfList(before: Categories, after: Categories): QualityChange["outOfList"] {
  if (before.other + after.other > 0) return null;
  const found: (readonly [string, number])[] = [];
  let [rows, all] = [0, 0];
  for (const category of after.counts) {
    all += category[1];
    if (before.counts.has(category[0])) continue;
    rows += category[1];
    found.push(category);
  }
  return { rows, share: all > 0 ? rows / all : null, categories: oneSided(found, all) };
}
