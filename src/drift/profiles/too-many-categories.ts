/**
 * A column of text of which a profile counts only the most frequent categories, and these not exactly: how many texts there
 * are is known, and whether nearly all are distinct, but not how the shares of all of them changed.
 */
import type { TextColumn } from "../../column/column.js";
import { mostCategories } from "../../engine/categories.js";
import type { TextProfile } from "../../profile/profile.js";
import { distinctOf } from "../../sketch/distinct-estimate.js";
import { categorySourceOf, type PreparedCategories } from "../../source/categories.js";
import { sum } from "../../statistics/category-cells.js";
import { availabilityChange, categoryAvailability } from "../availability.js";
import { fewIdentifiers } from "../category-columns.js";
import type { Blank, Chosen, ColumnFindings } from "../columns.js";
import type { Availability } from "../report.js";
import { isColumnProfile } from "./profiled-side.js";

export type Texts = TextColumn | PreparedCategories | TextProfile;

/** Standard errors that an estimate is taken to be off at most. */
const errors = 4;

/** What is said of such a column: what is missing, and why it was not judged. */
export function examineManyCategories(
  reference: Texts,
  current: Texts,
  settings: Chosen,
  blank: Blank,
): ColumnFindings {
  const sides = [factsOf(reference), factsOf(current)] as const;
  const found = {
    ...blank,
    kind: "categorical",
    availability: availabilityChange(sides[0].availability, sides[1].availability),
  } as const;
  if (!settings.requested && sides.every(({ identifying }) => identifying)) {
    return { ...found, status: "identifiers", reason: "nearly every value is distinct: nothing to compare" };
  }
  const { kept, distinct } = sides.find((side) => side.kept !== null)!;
  const reason = `a profile counts ${kept} of about ${distinct} categories, which are too many to compare`;
  return { ...found, status: "too-many-categories", reason };
}

function factsOf(side: Texts) {
  if (!isColumnProfile(side)) {
    const source = categorySourceOf(side);
    const { counts, distinct, other } = source.categories(mostCategories);
    const rows = sum(counts.values()) + other;
    const identifying = counts.size >= fewIdentifiers && counts.size > rows / 2;
    return { availability: categoryAvailability(source), identifying, kept: null, distinct };
  }
  const { missing, categories } = side;
  const { rows, null: nulls, nan } = missing;
  const { empty } = categories;
  const values = rows - nulls - nan;
  const { estimate, error } = distinctOf(side.distinct);
  const availability: Availability = {
    ...{ rows, value: values - empty, null: nulls, nan },
    ...{ positiveInfinity: 0, negativeInfinity: 0, empty },
  };
  return {
    availability,
    identifying: estimate * (1 - errors * error) > Math.max(fewIdentifiers, values / 2),
    kept: side.error > 0 ? categories.counts.size.toLocaleString("en-US") : null,
    distinct: Math.round(estimate).toLocaleString("en-US"),
  };
}
