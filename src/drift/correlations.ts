/**
 * Correlation drift: pairs of columns that go together in another way than they did, though each alone may look the same.
 * A pair drifted when its correlation changed by enough to matter and beyond chance, over all pairs.
 */

import { bitAt } from "../column/bits.js";
import type { Column, FixedColumn, Table } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { denseValues } from "../engine/sample.js";
import { adjust } from "../statistics/adjust.js";
import { changePValue, type Estimate, fisherZ, phiSquared, robustZ } from "../statistics/correlation-change.js";
import { categoryCodes, cramersVOf, crossed } from "../statistics/cramers-v.js";
import { midRanks } from "../statistics/mid-ranks.js";
import { oneOf } from "../statistics/one-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { innerProduct, productMoment, unitDeviations } from "../statistics/product-moment.js";

export type CorrelationMethod = "pearson" | "spearman" | "cramers-v";

export interface CorrelationDriftOptions {
  /** All three if not given: the first two of numbers, `cramers-v` of text and truth values. */
  readonly methods?: readonly CorrelationMethod[];
  /** Change of a coefficient from which on it matters; 0.25 if not given. */
  readonly threshold?: number;
  /** Pairs listed, changed ones first; 100 if not given. */
  readonly most?: number;
  /** Stops between two columns. */
  readonly signal?: { throwIfAborted(): void };
}

export interface CorrelationPair {
  readonly method: CorrelationMethod;
  readonly columns: readonly [string, string];
  /** Coefficients; Cramér's V without its bias. */
  readonly reference: number;
  readonly current: number;
  /** Rows in which both columns hold a value. */
  readonly rows: { readonly reference: number; readonly current: number };
  readonly pValue: number;
  /** After correction over all pairs of all methods (Benjamini-Hochberg). */
  readonly adjustedPValue: number;
  readonly drifted: boolean;
}

export interface CorrelationDrift {
  readonly drifted: number;
  /** Pairs compared: those with 20 rows a side or more, and spread in both columns. */
  readonly tested: number;
  readonly threshold: number;
  readonly level: number;
  /** The pairs that drifted, then the others by how much they changed, at most `most`. */
  readonly pairs: readonly CorrelationPair[];
}

const methods = ["pearson", "spearman", "cramers-v"] as const;
const level = 0.005;
const fewestRows = 20;
/** Columns of text with more categories are names, not properties. */
const mostCategories = 50;

/**
 * Compares the correlations of all pairs of columns of two tables.
 *
 * Numbers by differences of Fisher's z; where these alone would alarm, their variance is taken from the rows too, and the
 * larger p-value counts. Categories by differences of φ² with the multinomial variance. Rows with a missing value in one
 * of both columns are left out of the pair; ranks are those of the whole column.
 *
 * @param reference, current  as `compare` takes them; only columns that both have in one kind
 * @throws TypeError for what is no table, RangeError for unknown methods and options
 */
export async function correlationDrift(
  reference: TableInput,
  current: TableInput,
  options: CorrelationDriftOptions = {},
): Promise<CorrelationDrift> {
  knownOptions("correlationDrift", options, ["methods", "threshold", "most", "signal"]);
  const { methods: asked = methods, threshold = 0.25, most = 100, signal } = options;
  if (!Array.isArray(asked)) throw new TypeError(`correlationDrift: methods must be an array, got ${shown(asked)}`);
  for (const method of asked) oneOf("correlationDrift", "a method", method, methods);
  if (!(threshold >= 0))
    throw new RangeError(`correlationDrift: threshold must be at least 0, got ${shown(threshold)}`);
  if (!(Number.isInteger(most) && most >= 0)) {
    throw new RangeError(`correlationDrift: most must be a whole number, got ${shown(most)}`);
  }
  const tables = [tableOf(reference), tableOf(current)] as const;
  const found: Omit<CorrelationPair, "adjustedPValue" | "drifted">[] = [];
  for (const method of new Set(asked as readonly CorrelationMethod[])) {
    found.push(...(await changes(method, tables, threshold, signal)));
  }
  const adjusted = adjust(found.map(({ pValue }) => pValue));
  const pairs = found.map((pair, k) => {
    const adjustedPValue = adjusted[k]!;
    return { ...pair, adjustedPValue, drifted: adjustedPValue <= level && changeOf(pair) >= threshold };
  });
  pairs.sort((one, other) => Number(other.drifted) - Number(one.drifted) || changeOf(other) - changeOf(one));
  const drifted = pairs.filter((pair) => pair.drifted).length;
  return { drifted, tested: pairs.length, threshold, level, pairs: pairs.slice(0, most) };
}

function changeOf({ reference, current }: Pick<CorrelationPair, "reference" | "current">): number {
  return Math.abs(current - reference);
}

/** A coefficient of one side, how it is tested, and how again where that alarms. */
interface Found {
  readonly coefficient: number;
  readonly rows: number;
  readonly estimate: Estimate;
  readonly again?: () => Estimate;
}

/** Finds the coefficient of the pairs of one column with those after it; `null` where there is none. */
type Row = (first: number) => readonly (Found | null)[];

async function changes(
  method: CorrelationMethod,
  tables: readonly [Table, Table],
  threshold: number,
  signal: CorrelationDriftOptions["signal"],
) {
  const names = [...tables[0].columns.keys()].filter((name) =>
    tables.every((table) => fits(method, table.columns.get(name))),
  );
  const sides = tables.map((table) => {
    const columns = names.map((name) => table.columns.get(name)!);
    return method === "cramers-v" ? categoryRows(columns) : numberRows(columns as FixedColumn[], method);
  });
  const pairs: Omit<CorrelationPair, "adjustedPValue" | "drifted">[] = [];
  for (const [first, name] of names.entries()) {
    signal?.throwIfAborted();
    const [before, after] = sides.map((row) => row(first)) as [readonly (Found | null)[], readonly (Found | null)[]];
    for (const [k, one] of before.entries()) {
      const other = after[k];
      if (!one || !other) continue;
      const [reference, current] = [one.coefficient, other.coefficient];
      let pValue = changePValue(one.estimate, other.estimate);
      if (one.again && other.again && pValue <= 0.05 && Math.abs(reference - current) >= threshold) {
        pValue = Math.max(pValue, changePValue(one.again(), other.again()));
      }
      const columns = [name, names[first + 1 + k]!] as const;
      pairs.push({ method, columns, reference, current, rows: { reference: one.rows, current: other.rows }, pValue });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return pairs;
}

function fits(method: CorrelationMethod, column: Column | undefined): boolean {
  if (!column) return false;
  if (method !== "cramers-v") return column.kind === "numeric";
  return column.kind === "categorical" || column.kind === "boolean";
}

function numberRows(columns: readonly FixedColumn[], method: "pearson" | "spearman"): Row {
  const values = columns.map((column) => (method === "pearson" ? aligned(column) : ranked(aligned(column))));
  const whole = values.map((own) => (own.some(Number.isNaN) ? null : unitDeviations(own)));
  return (first) =>
    values.slice(first + 1).map((other, k) => {
      const [u, v] = [whole[first], whole[first + 1 + k]];
      const [x, y] = u && v ? [values[first]!, other] : together(values[first]!, other);
      const r = u && v ? innerProduct(u, v) : productMoment(x, y);
      if (r === null || x.length < fewestRows) return null;
      const factor = method === "pearson" ? 1 : 1 + (r * r) / 2;
      return { coefficient: r, rows: x.length, estimate: fisherZ(r, x.length, factor), again: () => robustZ(x, y, r) };
    });
}

function categoryRows(columns: readonly Column[]): Row {
  const codes = columns.map((column) => categoryCodes(column, mostCategories));
  return (first) =>
    codes.slice(first + 1).map((other) => {
      const own = codes[first];
      if (!own || !other) return null;
      const table = crossed(own, other);
      const { corrected, n } = cramersVOf(table);
      if (corrected === null || n < fewestRows) return null;
      return { coefficient: corrected, rows: n, estimate: phiSquared(table) };
    });
}

/** A value for each row; NaN where there is none. */
function aligned({ chunks, rows }: FixedColumn): Float64Array {
  const all = new Float64Array(rows);
  let row = 0;
  for (const chunk of chunks) {
    const values = denseValues({ chunks: [chunk], rows: chunk.length, representation: "f64", selection: null });
    let next = 0;
    for (let k = 0; k < chunk.length; k++, row++) {
      const isValid = !chunk.validity || bitAt(chunk.validity, chunk.validityOffset + k);
      all[row] = isValid ? values[next++]! : Number.NaN;
    }
  }
  return all;
}

function ranked(values: Float64Array): Float64Array {
  if (!values.some(Number.isNaN)) return midRanks(values);
  const present = midRanks(values.filter((value) => !Number.isNaN(value)));
  let next = 0;
  return values.map((value) => (Number.isNaN(value) ? value : present[next++]!));
}

/** The rows in which both hold a value. */
function together(x: Float64Array, y: Float64Array): [Float64Array, Float64Array] {
  const [u, v] = [new Float64Array(x.length), new Float64Array(x.length)];
  let count = 0;
  for (let k = 0; k < x.length; k++) {
    if (Number.isNaN(x[k]!) || Number.isNaN(y[k]!)) continue;
    u[count] = x[k]!;
    v[count++] = y[k]!;
  }
  return [u.subarray(0, count), v.subarray(0, count)];
}
