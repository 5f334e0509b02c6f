/** One column of both sides: what each is like, and what they show together, from what a comparison has seen already. */
import type { FixedColumn } from "../../column/column.js";
import { MemoryError } from "../../engine/workspace.js";
import { CategoriesError, fewNumbers } from "../../source/categories.js";
import { answerNow } from "../../source/plan.js";
import { fewValues, type Prepared } from "../../source/prepared.js";
import { isWide, withSides } from "../../source/sides.js";
import type { Categories, Source } from "../../source/source.js";
import { numbersPlan } from "../../statistics/summary.js";
import type { ColumnFindings, SideColumn } from "../columns.js";
import { inOneUnit, type Judged, type Numbers } from "../one-kind.js";
import { isColumnProfile } from "../profiles/profiled-side.js";
import { changeOfNumbers, noChange } from "./change.js";
import { columnQuality, countsOf, numbersIn } from "./column-quality.js";
import { countedPair } from "./counted.js";
import { type PairFacts, qualityOfNumbers, watchNumbers } from "./numbers.js";
import type { ColumnQuality, QualityChange } from "./quality-report.js";
import { outOfList, qualityOfTexts } from "./texts.js";

/** `null` where a side has no such column, or none that is read; `change` where they are not of one kind. */
export interface QualityOfColumn {
  readonly reference: ColumnQuality | null;
  readonly current: ColumnQuality | null;
  readonly change: QualityChange | null;
}

/** A column's quality is that of the column as it is, not as it was brought to the other side's unit or representation. */
export function qualityOfValues(
  [reference, current]: readonly [Numbers, Numbers],
  [x, y]: readonly [Source, Source],
  facts: PairFacts,
): QualityOfColumn {
  const own = (column: Numbers, source: Source, side: "reference" | "current"): ColumnQuality | null =>
    isWide(column) === source.wide() ? qualityOfNumbers(column, facts[side]) : null;
  const isListed = facts.reference.inOrder.distinct <= fewValues && facts.current.inOrder.distinct <= fewValues;
  return {
    reference: own(reference, x, "reference"),
    current: own(current, y, "current"),
    change: changeOfNumbers(reference, facts, isListed ? listChange(reference, current) : null),
  };
}

/** Numbers that are few enough to be codes, and truth values; not points in time. */
function listChange(reference: Numbers, current: Numbers): QualityChange["outOfList"] {
  if (reference.kind === "temporal") return null;
  const [before, after] = [fewNumbers(reference, fewValues), fewNumbers(current, fewValues)];
  return before && after && outOfList(categoriesOf(before), categoriesOf(after));
}

function categoriesOf(counts: ReadonlyMap<string, number>): Categories {
  return { counts, other: 0, distinct: counts.size, empty: 0 };
}

/** The same of columns that were compared as categories. */
export function qualityOfCategories(
  [reference, current]: readonly [Judged, Judged],
  sources: readonly [Source, Source],
  [before, after]: readonly [Categories, Categories],
): QualityOfColumn {
  if (reference.kind === "categorical" || current.kind === "categorical") {
    return {
      reference: qualityOfTexts(reference.type, before, sources[0].missing()),
      current: qualityOfTexts(current.type, after, sources[1].missing()),
      change: { ...noChange, outOfList: outOfList(before, after) },
    };
  }
  const columns = [reference as Numbers, current as Numbers] as const;
  const numbers = [numbersIn(columns[0]), numbersIn(columns[1])] as const;
  const counts = [countsOf(columns[0], before.counts), countsOf(columns[1], after.counts)] as const;
  const facts = countedPair(numbers, counts);
  const isListed = before.distinct <= fewValues && after.distinct <= fewValues && reference.kind !== "temporal";
  return {
    reference: qualityOfNumbers(columns[0], facts.reference),
    current: qualityOfNumbers(columns[1], facts.current),
    change: changeOfNumbers(columns[0], facts, isListed ? outOfList(before, after) : null),
  };
}

/** What was found, with what the comparison did not need to look at. */
export function completed(
  found: ColumnFindings,
  before: SideColumn,
  after: SideColumn,
): ColumnFindings & { readonly quality: QualityOfColumn } {
  const kept = found.quality ?? pairOf(before, after, found);
  const isPair = before !== null && after !== null && "kind" in before && "kind" in after && before.kind === after.kind;
  return {
    ...found,
    quality: {
      reference: kept?.reference ?? aloneOf(before),
      current: kept?.current ?? aloneOf(after),
      change: kept?.change ?? (isPair ? noChange : null),
    },
  };
}

/** Of one side alone; `null` also where it does not fit into memory. */
function aloneOf(side: SideColumn): ColumnQuality | null {
  if (side === null || "unsupported" in side) return null;
  return unlessTooLarge(() => columnQuality(side));
}

/** Of both sides of a column of numbers that was not looked at question by question. */
function pairOf(before: SideColumn, after: SideColumn, { value }: ColumnFindings): QualityOfColumn | null {
  if (!isNumbers(before) || !isNumbers(after) || before.kind !== after.kind) return null;
  const sides = inOneUnit(before, after);
  const found = unlessTooLarge(() =>
    withSides("compare", ...sides, (x, y) => {
      const numbers = [answerNow(numbersPlan(0), x), answerNow(numbersPlan(0), y)] as const;
      return qualityOfValues(sides, [x, y], watchNumbers(x, y, numbers).facts(value?.largest));
    }),
  );
  return found && ofTheseColumns(found, sides, [before, after]);
}

/** Without what is about other columns than these: such as were brought to one unit. */
export function ofTheseColumns(
  found: QualityOfColumn,
  looked: readonly [unknown, unknown],
  [before, after]: readonly [SideColumn, SideColumn],
): QualityOfColumn {
  return {
    ...found,
    reference: looked[0] === before ? found.reference : null,
    current: looked[1] === after ? found.current : null,
  };
}

function isNumbers(side: SideColumn): side is FixedColumn | Prepared {
  if (side === null || "unsupported" in side || isColumnProfile(side)) return false;
  return side.kind !== "categorical" && side.kind !== "vector";
}

function unlessTooLarge<R>(work: () => R): R | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof MemoryError || error instanceof CategoriesError) return null;
    throw error;
  }
}
