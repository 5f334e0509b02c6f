/**
 * `compare`: two tables in, one report out. Every column gets findings or a status, then all are decided together.
 */
import type { Column, Table } from "../column/column.js";
import { type TableInput, tableOf } from "../column/table-of.js";
import { type Correction, corrections } from "../statistics/adjust.js";
import { oneOf } from "../statistics/one-of.js";
import { knownOptions } from "../statistics/option-checks.js";
import { type ColumnFindings, examine } from "./columns.js";
import { datasetVerdict } from "./dataset.js";
import { type Decision, decide, type Settings } from "./decide.js";
import { methods } from "./methods.js";
import type { ColumnReport, DriftReport } from "./report.js";

export interface CompareOptions {
  /** Columns to compare; all that either side has, if not given. */
  readonly columns?: readonly string[];
  /** Method by column name; others get the default of their kind. Points in time with a method are judged. */
  readonly methods?: { readonly [column: string]: string };
  /**
   * For tests the level up to which an adjusted p-value is evidence (0.005 if not given), for distances the distance
   * from which on a change matters. A number for all columns, or by column name.
   */
  readonly threshold?: number | { readonly [column: string]: number };
  /** How p-values are adjusted for the number of columns; `bh` (Benjamini-Hochberg) if not given. */
  readonly correction?: Correction;
  /** Share of the judged columns from which on the dataset counts as drifted; 0.5 if not given. */
  readonly share?: number;
  /** Values that a side needs before its column is judged; 20 if not given. */
  readonly minimumValues?: number;
  /** Judge points in time too, which otherwise only report range and missing share: a current date is always later. */
  readonly temporal?: boolean;
  /** Called after each column. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly column: string }) => void;
  /** Stops between two columns: an AbortSignal, or whatever throws when it is time. */
  readonly signal?: { throwIfAborted(): void };
}

const optionNames = [
  "columns",
  "methods",
  "threshold",
  "correction",
  "share",
  "minimumValues",
  "temporal",
  "onProgress",
  "signal",
] as const;

/**
 * Compares every column of two tables and decides which ones drifted: those with evidence (an adjusted p-value up to
 * 0.005) and an effect that matters.
 *
 * Numeric columns with more than 20 distinct values are tested by Anderson-Darling, with the Kolmogorov-Smirnov distance
 * (0.04) and the Wasserstein distance in standard deviations (0.1) as effects; all others by the chi-square test of
 * homogeneity, with the Jensen-Shannon distance (0.1) as the effect. A change of the shares of missing values is a
 * signal of its own. P-values are adjusted over the columns (Benjamini-Hochberg).
 *
 * @param reference, current  a Smirnov table (`readTable`), an Arrow Table, or a record of columns
 * @returns a plain object; a column that cannot be judged has a status and a reason, and never makes this throw
 * @throws TypeError for what is not a table or an option of another type, RangeError for unknown column names, methods or options
 */
export async function compare(
  reference: TableInput,
  current: TableInput,
  options: CompareOptions = {},
): Promise<DriftReport> {
  knownOptions("compare", options, optionNames);
  const before = tableOf(reference);
  const after = tableOf(current);
  const names = columnNames(before, after, options.columns);
  const settings = settingsOf(options);
  checkMethods(names, options);
  checkThreshold(names, options);
  const found: ColumnFindings[] = [];
  for (const [done, column] of names.entries()) {
    options.signal?.throwIfAborted();
    const { threshold } = options;
    found.push(
      examine(side(before, column), side(after, column), {
        method: own(options.methods, column),
        threshold: typeof threshold === "object" ? own(threshold, column) : threshold,
        temporal: options.temporal ?? false,
        minimumValues: settings.minimumValues,
      }),
    );
    options.onProgress?.({ done: done + 1, total: names.length, column });
    await new Promise((resolve) => setImmediate(resolve));
  }
  const decisions = decide(found, settings);
  const columns = Object.fromEntries(names.map((name, k) => [name, reportOf(name, found[k]!, decisions[k]!)]));
  return {
    format: 1,
    rows: { reference: before.rows, current: after.rows },
    dataset: datasetVerdict(Object.values(columns), settings.share),
    columns,
    settings: {
      level: settings.level,
      possibleLevel: settings.possibleLevel,
      correction: settings.correction,
      minimumValues: settings.minimumValues,
    },
  };
}

/** A column may be called `constructor`: only what the record itself holds counts. */
function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

function side(table: Table, name: string): Column | { readonly unsupported: string } | null {
  const unsupported = table.unsupported.get(name);
  return table.columns.get(name) ?? (unsupported === undefined ? null : { unsupported });
}

function columnNames(before: Table, after: Table, chosen: readonly string[] | undefined): string[] {
  if (chosen !== undefined && !Array.isArray(chosen)) {
    throw new TypeError(`compare: columns must be an array of names, got ${JSON.stringify(chosen)}`);
  }
  const known = new Set(
    [before, after].flatMap(({ columns, unsupported }) => [...columns.keys(), ...unsupported.keys()]),
  );
  for (const name of chosen ?? []) {
    if (!known.has(name)) {
      throw new RangeError(`compare: no column ${JSON.stringify(name)}; there are ${[...known].join(", ")}`);
    }
  }
  return [...new Set(chosen ?? known)];
}

function checkMethods(names: readonly string[], options: CompareOptions): void {
  for (const [column, method] of Object.entries(options.methods ?? {})) {
    if (!names.includes(column))
      throw new RangeError(`compare: methods names ${JSON.stringify(column)}, no such column`);
    if (!methods.has(method)) {
      throw new RangeError(`compare: no method ${JSON.stringify(method)}; there are ${[...methods.keys()].join(", ")}`);
    }
  }
}

function checkThreshold(names: readonly string[], { threshold = {} }: CompareOptions): void {
  if (typeof threshold !== "object" || threshold === null) {
    checkOneThreshold("", threshold);
    return;
  }
  for (const [column, own] of Object.entries(threshold)) {
    if (!names.includes(column)) {
      throw new RangeError(`compare: threshold names ${JSON.stringify(column)}, no such column`);
    }
    checkOneThreshold(` for ${column}`, own);
  }
}

function checkOneThreshold(which: string, threshold: unknown): void {
  if (typeof threshold !== "number") {
    throw new TypeError(`compare: threshold${which} must be a number, got ${JSON.stringify(threshold)}`);
  }
  if (!(threshold >= 0)) throw new RangeError(`compare: threshold${which} must be at least 0, got ${threshold}`);
}

function settingsOf(options: CompareOptions): Settings {
  const { correction = "bh", share = 0.5, minimumValues = 20 } = options;
  oneOf("compare", "correction", correction, corrections);
  if (!(share > 0 && share <= 1)) throw new RangeError(`compare: share must lie in (0, 1], got ${share}`);
  if (!(minimumValues >= 1)) throw new RangeError(`compare: minimumValues must be at least 1, got ${minimumValues}`);
  return { level: 0.005, possibleLevel: 0.05, correction, share, minimumValues };
}

function reportOf(column: string, found: ColumnFindings, decision: Decision): ColumnReport {
  const effects = found.value?.effects ?? [];
  const { signal, effect } = decision;
  const judged = found.status === "ok" || found.availability?.pValue != null;
  return {
    column,
    kind: found.kind,
    type: found.type,
    method: found.method,
    status: found.status,
    reason: found.status === "ok" ? decision.reason : withReason(found.reason, decision),
    statistic: found.value?.statistic ?? null,
    pValue: decision.pValue,
    adjustedPValue: decision.adjustedPValue,
    signal,
    effect: effect?.value ?? null,
    effectName: effect?.name ?? null,
    threshold: effect?.threshold ?? null,
    effects,
    drifted: judged && decision.severity === "drift",
    severity: decision.severity,
    availability: found.availability,
    summary: found.summary,
    shape: found.shape,
  };
}

/** A column whose values could not be judged may still have drifted by its missing values. */
function withReason(reason: string, { severity, reason: verdict }: Decision): string {
  return severity === "none" ? reason : `${reason}; ${verdict}`;
}
