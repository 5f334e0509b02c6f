/** Cells of whatever two sides hold: categories by name, numbers by bins. What the distances on cells share. */
import type { ColumnInput } from "../column/column-of.js";
import { columnOf } from "../column/column-of.js";
import { type CategoryInput, isPreparedCategories, withCategories } from "../source/categories.js";
import { countedCategories, isCounts } from "../source/counts.js";
import { answerNow } from "../source/plan.js";
import { isPrepared } from "../source/prepared.js";
import { type MissingOfBoth, type NumericInput, withSides } from "../source/sides.js";
import type { Source } from "../source/source.js";
import { type BinRule, binnedCellsPlan, checkBins } from "./binned-cells.js";
import { type Cells, categoryCellsPlan, type OneSided, sum } from "./category-cells.js";
import {
  type CategoryGrouping,
  checkGrouping,
  type GroupedCategories,
  groupingOptions,
  groups,
} from "./category-groups.js";
import { type SignificanceOptions, significanceOptions } from "./significance.js";

/** Both sides' counts, as results carry them. */
export type CellCounts = BinCounts | CategoryCounts;

export interface BinCounts {
  /** Cell k lies between edges k - 1 and k; the first and the last are below and above all edges. */
  readonly edges: readonly number[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

export interface CategoryCounts {
  /** The first 100 categories, by count on the reference, then by name. */
  readonly names: readonly string[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
  /** How many categories have a cell of their own: all, unless some are grouped. */
  readonly categories: number;
  readonly grouped: GroupedCategories | null;
  readonly newCategories: OneSided;
  readonly vanishedCategories: OneSided;
}

/** Options of every distance on cells. */
export interface CellOptions extends SignificanceOptions, CategoryGrouping {
  /** Numbers only: how they are binned, or `distinct` for a cell a value; the reference's deciles if not given. */
  readonly bins?: BinRule | "distinct";
}

export const cellOptions = ["bins", ...significanceOptions, ...groupingOptions] as const;

/** What the result of every distance on cells says about the sides. */
export interface ComparedSides {
  readonly n: number;
  readonly m: number;
  readonly cells: CellCounts;
  readonly missing: MissingOfBoth;
}

/** What is compared: the cells for computing, and what of them a result shows. */
export interface ComparedCells {
  readonly cells: Cells;
  /** The cells that the p-value is of. */
  readonly tested: Cells;
  readonly shown: CellCounts;
  readonly missing: MissingOfBoth;
}

const mostShown = 100;

/**
 * The cells of both sides. Text and truth values are categories; numbers are binned, or with `distinct` categories too.
 *
 * @param grouping  categories only: which keep a cell of their own
 * @throws RangeError when a side has no value, for bins or a grouping that are none; TypeError when only one side is text
 */
export function comparedCells(
  caller: string,
  reference: CategoryInput,
  current: CategoryInput,
  bins: BinRule | "distinct" = "quantile",
  grouping: CategoryGrouping = {},
): ComparedCells {
  checkGrouping(caller, grouping);
  const sides = [side(caller, "reference", reference), side(caller, "current", current)] as const;
  if (bins === "distinct" || sides.some(({ kind }) => kind === "categorical" || kind === "boolean")) {
    return withCategories(caller, sides[0].input, sides[1].input, (x, y) => {
      const found = answerNow(categoryCellsPlan(grouping), x, y);
      const { names, grouped, newCategories, vanishedCategories, ...cells } = found;
      const most = Math.min(names.length, mostShown);
      const shown = { names: names.slice(0, most), ...plain(cells, most), grouped };
      return filled(caller, x, y, cells, cells, {
        ...shown,
        categories: names.length,
        newCategories,
        vanishedCategories,
      });
    });
  }
  if (groups(grouping)) throw new RangeError(`${caller}: topK and minShare are of categories, and numbers are binned`);
  checkBins(caller, bins);
  return withSides(caller, sides[0].input as NumericInput, sides[1].input as NumericInput, (x, y) => {
    const { edges, tested, ...cells } = answerNow(binnedCellsPlan(bins), x, y);
    return filled(caller, x, y, cells, tested, { edges: Array.from(edges), ...plain(cells, cells.reference.length) });
  });
}

/** Whether a side is text or truth values, whose cells are categories. */
export function isOfCategories(caller: string, which: string, input: CategoryInput): boolean {
  const { kind } = side(caller, which, input);
  return kind === "categorical" || kind === "boolean";
}

function side(caller: string, which: string, given: CategoryInput): { kind: string; input: CategoryInput } {
  const input = isCounts(given) ? countedCategories(caller, which, given) : given;
  if (isPreparedCategories(input) || isPrepared(input)) return { kind: input.kind, input };
  const column = columnOf(input as ColumnInput, which, caller);
  return { kind: column.kind, input: column };
}

function plain({ reference, current }: Cells, most: number) {
  return { reference: Array.from(reference.subarray(0, most)), current: Array.from(current.subarray(0, most)) };
}

function filled(caller: string, x: Source, y: Source, cells: Cells, tested: Cells, shown: CellCounts): ComparedCells {
  const { n, m } = sizesOf(cells);
  if (n === 0 || m === 0) throw new RangeError(`${caller}: each side needs at least one value, got ${n} and ${m}`);
  return { cells, tested, shown, missing: { reference: x.missing(), current: y.missing() } };
}

/** What a result says about the sides. */
export function sidesOf({ cells, shown, missing }: ComparedCells): ComparedSides {
  return { ...sizesOf(cells), cells: shown, missing };
}

/** How many values are in the cells of each side. */
export function sizesOf({ reference, current }: Cells): { readonly n: number; readonly m: number } {
  return { n: sum(reference), m: sum(current) };
}

/** Without the cells that are empty on both sides: they say nothing. */
export function used({ reference, current }: Cells): Cells {
  const occupied = (_: number, k: number): boolean => reference[k]! + current[k]! > 0;
  return { reference: reference.filter(occupied), current: current.filter(occupied) };
}
