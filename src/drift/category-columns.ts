/** Columns that are compared as categories: text, truth values, and numbers of which there are few different ones. */
import { mostCategories } from "../engine/categories.js";
import { categorySourceOf, fewNumbers } from "../source/categories.js";
import { answerNow } from "../source/plan.js";
import { fewValues } from "../source/prepared.js";
import type { Categories } from "../source/source.js";
import { availabilityChange, categoryAvailability } from "./availability.js";
import { categoryChanges } from "./category-changes.js";
import type { Blank, Chosen, ColumnFindings } from "./columns.js";
import { judged } from "./judged.js";
import { methods } from "./methods.js";
import type { Judged, Numbers } from "./one-kind.js";
import { qualityOfCategories } from "./quality/both-sides.js";
import type { Availability } from "./report.js";
import { categoryShape } from "./shape.js";

/** From this many distinct texts on they may be names of rows, when most rows have one of their own. */
export const fewIdentifiers = 50;

export const tooManyCategories = `more than ${mostCategories} distinct values are too many to compare as categories`;

/** Truth values, and numbers of which both sides together have few distinct ones, unless the method needs values. */
export function asCategories([reference, current]: readonly [Numbers, Numbers], settings: Chosen): boolean {
  const chosen = settings.method === undefined ? null : methods.get(settings.method)!;
  if (chosen && !chosen.categories) return false;
  if (chosen && !chosen.values && settings.requested) return true;
  if (reference.kind === "temporal") return false;
  const before = fewNumbers(reference, fewValues);
  const after = before && fewNumbers(current, fewValues);
  return after !== null && new Set([...before!.keys(), ...after.keys()]).size <= fewValues;
}

export function examineCategories(reference: Judged, current: Judged, settings: Chosen, blank: Blank): ColumnFindings {
  const sources = [categorySourceOf(reference), categorySourceOf(current)] as const;
  const [before, after] = sources.map((source) => source.categories(mostCategories)) as [Categories, Categories];
  const availability = availabilityChange(...(sources.map((source) => categoryAvailability(source)) as Pair));
  const found = {
    ...blank,
    kind: reference.kind,
    availability,
    shape: categoryShape(before.counts, after.counts),
    quality: settings.quality ? qualityOfCategories([reference, current], sources, [before, after]) : null,
  };
  if (!settings.requested && isIdentifying(before) && isIdentifying(after)) {
    return {
      ...found,
      shape: null,
      status: "identifiers",
      reason: "nearly every value is distinct: nothing to compare",
    };
  }
  if (before.other + after.other > 0) {
    return { ...found, status: "too-many-categories", reason: tooManyCategories };
  }
  const { categories, changes } = categoryChanges(before, after);
  return judged(
    { ...found, categories, changes },
    countOf(before),
    countOf(after),
    settings,
    "chi-square",
    "categories",
    (plan, threshold) => answerNow(plan(threshold), ...sources),
  );
}

type Pair = [Availability, Availability];

/** Names of rows and free text: that they are new says nothing. */
function isIdentifying(side: Categories): boolean {
  return side.counts.size >= fewIdentifiers && side.counts.size > countOf(side) / 2;
}

function countOf({ counts, other }: Categories): number {
  let total = other;
  for (const count of counts.values()) total += count;
  return total;
}
