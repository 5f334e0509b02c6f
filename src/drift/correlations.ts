/**
 * Correlation drift: pairs of columns that go together in another way than they did, though each alone may look the same.
 * A pair drifted when its correlation changed by enough to matter and beyond chance, over all pairs.
 */

import type { Column, FixedColumn, Table } from "../column/column.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { adjust } from "../statistics/adjust.js";
import { changePValue, type Estimate, fisherZ, phiSquared } from "../statistics/correlation-change.js";
import { correlationMatrix, type Pause } from "../statistics/correlation-matrix.js";
import { categoryCodes, cramersVOf, crossed } from "../statistics/cramers-v.js";
import { oneOf } from "../statistics/one-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";

export type CorrelationMethod = "pearson" | "spearman" | "cramers-v";

export interface CorrelationDriftOptions {
  /** All three if not given: the first two of numbers, `cramers-v` of text and truth values. */
  readonly methods?: readonly CorrelationMethod[];
  /** Change of a coefficient from which on it matters; 0.25 if not given. */
  readonly threshold?: number;
  /** Pairs listed, changed ones first; 100 if not given. */
  readonly most?: number;
  /** Whether all coefficients are wanted too. */
  readonly matrix?: boolean;
  /** Stops between two steps of a fraction of a second. */
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
  /** With `matrix`: all coefficients, one entry for each method. */
  readonly matrices?: readonly CorrelationMatrices[];
}

/** Coefficients of all pairs of columns on both sides: 1 of each with itself, `null` where there is none. */
export interface CorrelationMatrices {
  readonly method: CorrelationMethod;
  readonly columns: readonly string[];
  readonly reference: readonly (readonly (number | null)[])[];
  readonly current: readonly (readonly (number | null)[])[];
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
  knownOptions("correlationDrift", options, ["methods", "threshold", "most", "matrix", "signal"]);
  const { methods: asked = methods, threshold = 0.25, most = 100, matrix = false, signal } = options;
  if (!Array.isArray(asked)) throw new TypeError(`correlationDrift: methods must be an array, got ${shown(asked)}`);
  for (const method of asked) oneOf("correlationDrift", "a method", method, methods);
  if (!(Number.isFinite(threshold) && threshold >= 0)) {
    throw new RangeError(
      `correlationDrift: threshold must be ${threshold >= 0 ? "finite" : "at least 0"}, got ${shown(threshold)}`,
    );
  }
  if (!(Number.isInteger(most) && most >= 0)) {
    throw new RangeError(`correlationDrift: most must be a whole number, got ${shown(most)}`);
  }
  if (typeof matrix !== "boolean") {
    throw new TypeError(`correlationDrift: matrix must be true or false, got ${shown(matrix)}`);
  }
  const tables = [tableInMemory("correlationDrift", reference), tableInMemory("correlationDrift", current)] as const;
  const pause = async () => {
    signal?.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const byMethod: Found[] = [];
  for (const method of new Set(asked as readonly CorrelationMethod[])) {
    await pause();
    byMethod.push(await changes(method, tables, threshold, pause));
  }
  const found = byMethod.flatMap((one) => one.pairs);
  const adjusted = adjust(found.map(({ pValue }) => pValue));
  const pairs = found.map((pair, k) => {
    const adjustedPValue = adjusted[k]!;
    return { ...pair, adjustedPValue, drifted: adjustedPValue <= level && changeOf(pair) >= threshold };
  });
  pairs.sort((one, other) => Number(other.drifted) - Number(one.drifted) || changeOf(other) - changeOf(one));
  const drifted = pairs.filter((pair) => pair.drifted).length;
  const listed = { drifted, tested: pairs.length, threshold, level, pairs: pairs.slice(0, most) };
  return matrix ? { ...listed, matrices: byMethod.map((one) => one.matrix) } : listed;
}

function changeOf({ reference, current }: Pick<CorrelationPair, "reference" | "current">): number {
  return Math.abs(current - reference);
}

/** A pair on both sides. */
type Pair = Omit<CorrelationPair, "adjustedPValue" | "drifted">;

/** What one method found: the pairs that can be compared, and on request all coefficients. */
interface Found {
  readonly pairs: readonly Pair[];
  readonly matrix: CorrelationMatrices;
}

async function changes(
  method: CorrelationMethod,
  tables: readonly [Table, Table],
  threshold: number,
  pause: Pause,
): Promise<Found> {
  const names = [...tables[0].columns.keys()].filter((name) =>
    tables.every((table) => fits(method, table.columns.get(name))),
  );
  const [before, after] = tables.map(({ columns }) => names.map((name) => columns.get(name)!)) as [Column[], Column[]];
  const sides =
    method === "cramers-v"
      ? ([await categoryPairs(before, pause), await categoryPairs(after, pause)] as const)
      : ([await numberPairs(before, method, pause), await numberPairs(after, method, pause)] as const);
  const matrices = sides.map(() => names.map((_, i) => names.map((_, j): number | null => (i === j ? 1 : null))));
  const pairs: Pair[] = [];
  const doubtful: { readonly at: number; readonly pair: readonly [number, number] }[] = [];
  for (const [i, name] of names.entries()) {
    for (let j = i + 1; j < names.length; j++) {
      const found = sides.map((side) => side.of(i, j));
      found.forEach((one, side) => {
        matrices[side]![i]![j] = matrices[side]![j]![i] = one?.coefficient ?? null;
      });
      const [one, other] = found;
      if (!one || !other || Math.min(one.rows, other.rows) < fewestRows) continue;
      const [reference, current] = [one.coefficient, other.coefficient];
      const pValue = changePValue(one.estimate, other.estimate);
      if (pValue <= 0.05 && Math.abs(reference - current) >= threshold)
        doubtful.push({ at: pairs.length, pair: [i, j] });
      const columns = [name, names[j]!] as const;
      pairs.push({ method, columns, reference, current, rows: { reference: one.rows, current: other.rows }, pValue });
    }
  }
  if (doubtful.length > 0) {
    const wanted = doubtful.map(({ pair }) => pair);
    const [one, other] = [await sides[0].confirmed(wanted), await sides[1].confirmed(wanted)];
    doubtful.forEach(({ at }, k) => {
      const pair = pairs[at]!;
      pairs[at] = { ...pair, pValue: Math.max(pair.pValue, changePValue(one[k]!, other[k]!)) };
    });
  }
  return { pairs, matrix: { method, columns: names, reference: matrices[0]!, current: matrices[1]! } };
}

/** The coefficients of one side: how they are tested, and how again where that alarms. */
interface SidePairs {
  readonly of: (i: number, j: number) => { coefficient: number; rows: number; estimate: Estimate } | null;
  readonly confirmed: (pairs: readonly (readonly [number, number])[]) => Promise<readonly Estimate[]>;
}

function fits(method: CorrelationMethod, column: Column | undefined): boolean {
  if (!column) return false;
  if (method !== "cramers-v") return column.kind === "numeric";
  return column.kind === "categorical" || column.kind === "boolean";
}

async function numberPairs(
  columns: readonly Column[],
  method: "pearson" | "spearman",
  pause: Pause,
): Promise<SidePairs> {
  const { of, confirmed } = await correlationMatrix(columns as readonly FixedColumn[], method, pause);
  return {
    of(i, j) {
      const found = of(i, j);
      if (!found) return null;
      const { r, n } = found;
      const factor = method === "pearson" ? 1 : 1 + (r * r) / 2;
      return { coefficient: r, rows: n, estimate: fisherZ(r, n, factor) };
    },
    confirmed,
  };
}

/** Their variance is that of the table, whatever its law: there is nothing to look at again. */
async function categoryPairs(columns: readonly Column[], pause: Pause): Promise<SidePairs> {
  const codes = columns.map((column) => categoryCodes(column, mostCategories));
  const rows: ReturnType<SidePairs["of"]>[][] = [];
  for (const [i, own] of codes.entries()) {
    rows.push(codes.slice(i + 1).map((other) => (own && other ? categoryPair(own, other) : null)));
    await pause();
  }
  const of: SidePairs["of"] = (i, j) => rows[i]![j - i - 1]!;
  return { of, confirmed: async (pairs) => pairs.map(([i, j]) => of(i, j)!.estimate) };
}

function categoryPair(one: Uint32Array, other: Uint32Array): ReturnType<SidePairs["of"]> {
  const table = crossed(one, other);
  const { corrected, n } = cramersVOf(table);
  return corrected === null ? null : { coefficient: corrected, rows: n, estimate: phiSquared(table) };
}
