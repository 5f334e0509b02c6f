/** Columns as categories: text, truth values, and numbers with few distinct values. */
import type { FixedColumn, TextColumn } from "../column/column.js";
import { type ColumnInput, columnOf } from "../column/column-of.js";
import { type CategoryCounts, countCategories, countNamed, countValues, mostCategories } from "../engine/categories.js";
import { denseOf } from "../engine/dense.js";
import { type CountsInput, countedCategories, isCounts } from "./counts.js";
import { isPrepared, type Prepared } from "./prepared.js";
import type { Categories, Missing, Source } from "./source.js";

/** A column of text whose categories were counted once, as `prepare` returns it. Give it wherever a reference is asked for. */
export interface PreparedCategories {
  readonly prepared: true;
  readonly kind: "categorical";
  readonly type: string;
  readonly categories: Categories;
  readonly missing: Missing;
}

/** One side of a comparison of categories: text, truth values, numbers, what `prepare` returned, or `{ counts }`. */
export type CategoryInput = ColumnInput | Prepared | PreparedCategories | CountsInput;

/** A column of numbers holds more distinct ones than can be told apart as categories. */
export class CategoriesError extends RangeError {
  override readonly name = "CategoriesError";
}

/** The most distinct numbers that are taken for categories. */
export const mostNumbers = 1024;

/** Counts a column of text once. */
export function prepareCategories(column: TextColumn): PreparedCategories {
  const source = categorySource(column);
  const categories = source.categories(mostCategories);
  return { prepared: true, kind: "categorical", type: column.type, categories, missing: source.missing() };
}

/** Whether `input` is a prepared column of text. */
export function isPreparedCategories(input: unknown): input is PreparedCategories {
  return isPrepared(input) && (input as { kind: string }).kind === "categorical";
}

/**
 * Answers about a column as categories, reading it once a limit. Numbers are categories by their text.
 *
 * @throws RangeError when asked for `categories` of numbers of which more than the limit are distinct
 */
export function categorySource(column: FixedColumn | TextColumn): Source {
  const count = (limit: number): CategoryCounts => {
    const limited = Math.min(limit, mostCategories);
    if (column.kind === "categorical") return countCategories(column.chunks, null, limited);
    const found = countValues(column.chunks, null, limited);
    if (found) return found;
    throw new CategoriesError(
      `categories: at most ${limited} distinct numbers can be categories, the column holds more`,
    );
  };
  let counted: { limit: number; found: CategoryCounts } | undefined;
  const countOnce = (limit: number): CategoryCounts => {
    if (counted?.limit !== limit) counted = { limit, found: count(limit) };
    return counted.found;
  };
  return sourceOf(
    column.rows,
    () => {
      const { rows, nulls, nan } = counted?.found ?? countOnce(column.kind === "categorical" ? 1 : mostCategories);
      return { rows, null: nulls, nan };
    },
    countOnce,
    (names) => {
      const { counts, other } = countOnce(mostCategories);
      if (other === 0 || column.kind !== "categorical") return counts;
      return countNamed(column.chunks, new Set(names));
    },
  );
}

/**
 * Runs `work` with both sides as sources of categories.
 *
 * @param caller named in errors
 * @throws TypeError when one side holds text and the other does not, or points in time; RangeError for numbers with more
 *   than 1024 distinct values
 */
export function withCategories<R>(
  caller: string,
  reference: CategoryInput,
  current: CategoryInput,
  work: (reference: Source, current: Source) => R,
): R {
  const x = sideOf(caller, "reference", reference);
  const y = sideOf(caller, "current", current);
  if (x.kind !== y.kind && x.filled && y.filled) {
    throw new TypeError(`${caller}: both sides must hold the same kind of values, got ${x.kind} and ${y.kind}`);
  }
  return work(x.source, y.source);
}

interface CategorySide {
  readonly kind: string;
  readonly filled: boolean;
  readonly source: Source;
}

function sideOf(caller: string, which: string, given: CategoryInput): CategorySide {
  const input = isCounts(given) ? countedCategories(caller, which, given) : given;
  if (isPreparedCategories(input)) {
    const { rows, null: nulls } = input.missing;
    return { kind: input.kind, filled: rows > nulls, source: preparedCategorySource(input) };
  }
  const column = isPrepared(input) ? input : columnOf(input, which, caller);
  const { kind, type } = column;
  if (kind === "temporal" || ("chunks" in column && column.kind === "vector"))
    throw new TypeError(`${caller}: ${which} must hold categories, got ${type}`);
  if ("chunks" in column && column.kind === "categorical") {
    const source = categorySource(column);
    const { rows, nulls } = countedOf(source);
    return { kind, filled: rows > nulls, source };
  }
  const found =
    "values" in column ? preparedValues(column, mostNumbers) : countValues(column.chunks, null, mostNumbers);
  if (!found) {
    throw new RangeError(`${caller}: numbers are categories up to ${mostNumbers} distinct values, ${which} has more`);
  }
  const missing = "values" in column ? column.missing : missingOf(found as CategoryCounts);
  const source = sourceOf(
    missing.rows,
    () => missing,
    () => found,
  );
  return { kind, filled: found.counts.size > 0, source };
}

/** Answers about one column of text. */
export function textSource(column: TextColumn | PreparedCategories): Source {
  return isPreparedCategories(column) ? preparedCategorySource(column) : categorySource(column);
}

function missingOf({ rows, nulls, nan }: CategoryCounts): Missing {
  return { rows, null: nulls, nan };
}

/** Rows and nulls, counted together with all categories. */
function countedOf(source: Source): { rows: number; nulls: number } {
  source.categories(mostCategories);
  const { rows, null: nulls } = source.missing();
  return { rows, nulls };
}

/** The same of what may be prepared. */
export function categorySourceOf(column: FixedColumn | TextColumn | Prepared | PreparedCategories): Source {
  if (isPreparedCategories(column)) return preparedCategorySource(column);
  if (!isPrepared(column)) return categorySource(column);
  const { missing } = column;
  return sourceOf(
    missing.rows,
    () => missing,
    (limit) => {
      const found = preparedValues(column, Math.min(limit, mostCategories));
      if (found) return found;
      throw new RangeError(`categories: at most ${limit} distinct numbers can be categories, the column holds more`);
    },
  );
}

/** Distinct numbers with their counts, by name; `null` when there are more than the limit. */
export function fewNumbers(column: FixedColumn | Prepared, limit: number): ReadonlyMap<string, number> | null {
  const found = isPrepared(column) ? preparedValues(column, limit) : countValues(column.chunks, null, limit);
  return found?.counts ?? null;
}

/** The ordered values of a prepared column, by name. */
function preparedValues({ values, kind, few, distinct }: Prepared, limit: number): Categories | null {
  if (distinct > limit) return null;
  if (few) return { counts: few, other: 0, distinct, empty: 0 };
  const found = countValues(denseOf(values).chunks, null, limit);
  if (!found || kind !== "boolean") return found;
  const named = [...found.counts].map(([name, count]) => [name === "1" ? "true" : "false", count] as const);
  return { ...found, counts: new Map(named) };
}

function preparedCategorySource({ categories, missing }: PreparedCategories): Source {
  return sourceOf(
    missing.rows,
    () => missing,
    () => categories,
    () => {
      if (categories.other === 0) return categories.counts;
      throw new RangeError(`prepare: of more than ${mostCategories} distinct values the rest is not counted by name`);
    },
  );
}

/**
 * A source that only knows categories.
 *
 * @param countsOf  where `categories` may leave some out
 */
function sourceOf(
  rows: number,
  missing: () => Missing,
  categories: (limit: number) => Categories,
  countsOf: Source["countsOf"] = () => categories(mostCategories).counts,
): Source {
  const refuse = (): never => {
    throw new TypeError("categorySource: categories have no order, so they answer no question about numbers");
  };
  return {
    size: () => rows,
    missing,
    wide: () => false,
    grid: refuse,
    moments: refuse,
    absoluteMoments: refuse,
    characteristic: refuse,
    cells: refuse,
    bins: refuse,
    binSums: refuse,
    spans: refuse,
    ordered: refuse,
    inOrder: () => null,
    index: () => null,
    placed: refuse,
    cellSums: refuse,
    distinct(limit) {
      const { distinct } = categories(limit);
      return distinct > limit ? null : distinct;
    },
    categories,
    countsOf,
  };
}
