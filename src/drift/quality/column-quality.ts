/** One column of one table, of whatever kind. */
import type { FixedColumn, TextColumn, VectorColumn } from "../../column/column.js";
import { mostCategories } from "../../engine/categories.js";
import type { VectorsSeen } from "../../engine/vectors.js";
import type { ColumnProfile } from "../../profile/profile.js";
import { fewNumbers, type PreparedCategories, textSource } from "../../source/categories.js";
import { answerNow } from "../../source/plan.js";
import { fewValues, type Prepared } from "../../source/prepared.js";
import { completeVectors } from "../../source/sampled-vectors.js";
import { withSource } from "../../source/sides.js";
import { integersOf } from "../../source/values.js";
import { type NumbersFound, numbersPlan } from "../../statistics/summary.js";
import { vectorAvailability } from "../availability.js";
import type { AnyColumn } from "../prepare.js";
import { isColumnProfile } from "../profiles/profiled-side.js";
import { type Counts, countedFacts } from "./counted.js";
import { numberFacts, qualityOfNumbers } from "./numbers.js";
import { qualityOfProfile } from "./profiles.js";
import type { ColumnQuality } from "./quality-report.js";
import { qualityOfTexts } from "./texts.js";

/** Reads a column, or what is known of it, in one pass. */
export function columnQuality(column: AnyColumn | ColumnProfile): ColumnQuality {
  if (isColumnProfile(column)) return qualityOfProfile(column);
  if (column.kind === "vector")
    return qualityOfVectors(column as VectorColumn, completeVectors(column as VectorColumn).seen);
  if (column.kind === "categorical") {
    const source = textSource(column as TextColumn | PreparedCategories);
    return qualityOfTexts(column.type, source.categories(mostCategories), source.missing());
  }
  const numbers = column as FixedColumn | Prepared;
  const few = fewNumbers(numbers, fewValues);
  if (few) return qualityOfNumbers(numbers, countedFacts(numbersIn(numbers), countsOf(numbers, few)));
  return withSource("quality", numbers, (source) => qualityOfNumbers(numbers, numberFacts(source)));
}

/** Moments and what is missing. */
export function numbersIn(column: FixedColumn | Prepared): NumbersFound {
  return withSource("quality", column, (source) => answerNow(numbersPlan(0), source), "one");
}

export function countsOf(column: FixedColumn | Prepared, counts: ReadonlyMap<string, number>): Counts {
  const integers = "prepared" in column ? column.integers : integersOf(column);
  return { counts, kind: column.kind, integers: integers !== null };
}

/** Only what the rows hold. */
export function qualityOfVectors({ kind, type }: VectorColumn, seen: VectorsSeen): ColumnQuality {
  return {
    ...{ kind, type, availability: vectorAvailability(seen) },
    ...{ distinct: null, constant: false, almostConstant: false, mostCommon: [] },
    ...{ numbers: null, lengths: null, hash: null },
  };
}
