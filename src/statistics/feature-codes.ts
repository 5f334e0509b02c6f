/**
 * Columns of two tables as features for boosted trees: numbers and truth values by bins of equally many values, categories
 * by how frequent they are. Neither looks at what is to be learned, so that codes may be made once for all folds.
 */
import { type Column, type FixedColumn, isFixed, type Table, type TextColumn } from "../column/column.js";
import { commonUnit } from "../column/units.js";
import { type Coded, codeValues } from "../engine/boosting.js";
import { denseOf } from "../engine/dense.js";
import { orderAll } from "../engine/order.js";
import { type ChosenRows, numbersOf, textsOf } from "../source/chosen-rows.js";

/** A column that is of no use, and why. */
export interface SkippedColumn {
  readonly column: string;
  readonly reason:
    | "missing-in-reference"
    | "missing-in-current"
    | "type-changed"
    | "unsupported"
    | "temporal"
    | "vector"
    | "too-many-categories"
    | "constant";
}

/** Features of the chosen rows of both sides, the reference's rows first. */
export interface Features {
  readonly names: readonly string[];
  readonly skipped: readonly SkippedColumn[];
  readonly coded: Coded;
}

/** Where bins and categories are taken from: all rows, or the reference's alone. */
export type CodedBy = "both" | "reference";

/** Bins of a numeric column, and categories with a code of their own; of the others all together have one. */
const mostBins = 63;

/** A column of text with more distinct ones among the chosen rows holds no categories. */
const mostCategories = 1000;

/** The features among the columns `names` of both tables. */
export function featuresOf(
  reference: Table,
  current: Table,
  names: readonly string[],
  chosen: readonly [ChosenRows, ChosenRows],
  by: CodedBy,
): Features {
  const skipped: SkippedColumn[] = [];
  const kept: string[] = [];
  const parts: Uint8Array[] = [];
  for (const column of names) {
    const found = codesOf(reference, current, column, chosen, by);
    if (typeof found === "string") skipped.push({ column, reason: found });
    else {
      kept.push(column);
      parts.push(found);
    }
  }
  const rows = chosen[0].length + chosen[1].length;
  const codes = new Uint8Array(rows * parts.length);
  parts.forEach((part, k) => {
    codes.set(part, k * rows);
  });
  const codeCount = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
  return { names: kept, skipped, coded: { codes, rows, columns: parts.length, codeCount } };
}

function codesOf(
  reference: Table,
  current: Table,
  name: string,
  [before, after]: readonly [ChosenRows, ChosenRows],
  by: CodedBy,
): Uint8Array | SkippedColumn["reason"] {
  const [x, y] = [reference.columns.get(name), current.columns.get(name)];
  if (reference.unsupported.has(name) || current.unsupported.has(name)) return "unsupported";
  if (!x) return "missing-in-reference";
  if (!y) return "missing-in-current";
  if (x.kind === "vector" || y.kind === "vector") return "vector";
  if (x.kind === "temporal" || y.kind === "temporal") return "temporal";
  const seen = by === "both" ? before.length + after.length : before.length;
  let codes: Uint8Array | null;
  if (isFixed(x) && isFixed(y)) codes = numberCodes(...commonUnit(x, y), before, after, seen);
  else if (isText(x) && isText(y)) codes = categoryCodes([...textsOf(x, before), ...textsOf(y, after)], seen);
  else return "type-changed";
  if (!codes) return "too-many-categories";
  return codes.subarray(0, seen).every((code) => code === codes[0]) ? "constant" : codes;
}

function isText(column: Column): column is TextColumn {
  return column.kind === "categorical";
}

function numberCodes(x: FixedColumn, y: FixedColumn, before: ChosenRows, after: ChosenRows, seen: number): Uint8Array {
  const values = new Float64Array(before.length + after.length);
  values.set(numbersOf(x, before));
  values.set(numbersOf(y, after), before.length);
  const codes = new Uint8Array(values.length);
  codeValues(values, edgesOf(values.subarray(0, seen)), codes);
  return codes;
}

/** The largest value of every bin but the last: a bin for each distinct value, or bins of equally many values. */
export function edgesOf(values: Float64Array): Float64Array {
  const sorted = orderAll(denseOf(values)).values as Float64Array;
  const distinct: number[] = [];
  for (const value of sorted) {
    if (distinct.length > mostBins) break;
    if (distinct.length === 0 || value !== distinct.at(-1)) distinct.push(value);
  }
  if (distinct.length <= mostBins) return Float64Array.from(distinct.slice(0, -1));
  const last = sorted.at(-1)!;
  const edges: number[] = [];
  for (let k = 1; k < mostBins; k++) {
    const edge = sorted[Math.ceil((k * sorted.length) / mostBins) - 1]!;
    if (edge !== edges.at(-1) && edge !== last) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** 1 for the most frequent category, and so on; of equally frequent ones the first by name first. 0 where there is none. */
function categoryCodes(texts: readonly (string | null)[], seen: number): Uint8Array | null {
  const counts = new Map<string, number>();
  for (let k = 0; k < seen; k++) {
    const text = texts[k];
    if (text !== null && text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size > mostCategories) return null;
  const inOrder = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const codes = new Map(inOrder.map(([text], rank) => [text, Math.min(rank + 1, mostBins)]));
  // Of a category that was not seen nothing is known, as of a missing one.
  return Uint8Array.from(texts, (text) => (text === null ? 0 : (codes.get(text) ?? 0)));
}
