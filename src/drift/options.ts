/** What `compare` can be told, checked before anything is looked at. */
import type { Kind } from "../column/column.js";
import { plainFilter } from "../column/filter-rows.js";
import type { RowFilter } from "../column/row-filter.js";
import { mostThreads } from "../engine/threads-wanted.js";
import { oneOf } from "../statistics/one-of.js";
import { knownOptions, shown, truthValue } from "../statistics/option-checks.js";
import { wholeNumber } from "../statistics/whole-number.js";
import type { CorrelationDriftOptions } from "./correlations.js";
import { type DecisionOptions, type DecisionSettings, decisionNames, decisionSettings } from "./decision-options.js";
import { checkLearned, type LearnedThresholds } from "./learned.js";
import { methods } from "./methods.js";
import type { ModelQualityOptions } from "./model-options.js";
import type { AnyTable } from "./prepare.js";
import { type RoleOptions, roleNames } from "./roles.js";

/** Column kinds that a method or a threshold can be set for. */
export type ByKind<T> = { readonly [kind in Kind]?: T };

/** Methods and thresholds. */
export interface Choices {
  /** Method of all columns that it applies to. The order is: of the column, of its kind, of all, the kind's default. */
  readonly method?: string;
  /** Method by kind of column. Points in time with a method are judged. */
  readonly methodByKind?: ByKind<string>;
  /** Method by column name. */
  readonly methods?: { readonly [column: string]: string };
  /**
   * For tests the level up to which an adjusted p-value is evidence (`level` if not given), for distances the distance
   * from which on a change matters. Of all columns; those of a column or a kind go before it, as methods do.
   */
  readonly threshold?: number;
  readonly thresholdByKind?: ByKind<number>;
  readonly thresholds?: { readonly [column: string]: number };
}

export interface CompareOptions extends DecisionOptions, Choices, RoleOptions {
  /** A preset is told by `EvidentlyOptions`; these are the options without one. */
  readonly preset?: null | undefined;
  /** Columns to compare; all that either side has, if not given. */
  readonly columns?: readonly string[];
  /** What `learnThresholds` returned: thresholds of effects, except where `threshold` sets that of a distance. */
  readonly learned?: LearnedThresholds;
  /** Judge points in time too, which otherwise only report range and missing share: a current date is always later. */
  readonly temporal?: boolean;
  /** Columns whose values cut the rows into segments, each with a report of its own. */
  readonly by?: string | readonly string[];
  /** Columns whose values tell which rows of both sides are the same: then these are compared pair by pair. */
  readonly pairBy?: string | readonly string[];
  /** Only the rows of both sides that fulfil these conditions are compared: see `filterRows`. */
  readonly where?: RowFilter;
  /** Whether columns still go together as they did: `true`, or what `correlationDrift` is told. Not if not given. */
  readonly correlations?: boolean | CorrelationDriftOptions;
  /**
   * Whether the model is judged where the truth is known, as `modelQuality` does; its target and prediction are those named
   * here if it names none. Not if not given.
   */
  readonly modelQuality?: boolean | Partial<ModelQualityOptions>;
  /** Whether data quality of both sides is told beside drift, found in the same pass; not if not given. */
  readonly quality?: boolean;
  /** Called after each column; on several threads that is not the order of the columns. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops at once: an AbortSignal, or, between two columns, whatever throws when it is time. */
  readonly signal?: { throwIfAborted(): void };
  /**
   * Columns that are looked at at a time: one for each core, or `SMIRNOV_THREADS`, if not given. No result depends on it;
   * 1 does everything on the calling thread, and so does any number where little is to be done.
   */
  readonly threads?: number;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly column: string;
}

const choiceNames = ["method", "methodByKind", "methods", "threshold", "thresholdByKind", "thresholds"] as const;

/** All options of `compare`. */
export const compareNames = [
  "preset",
  ...decisionNames,
  "columns",
  ...choiceNames,
  "learned",
  "temporal",
  "by",
  "pairBy",
  "where",
  "correlations",
  "modelQuality",
  "quality",
  ...roleNames,
  "onProgress",
  "signal",
  "threads",
] as const;

export const kinds: readonly Kind[] = ["numeric", "boolean", "categorical", "temporal", "vector"];

/** Everything that decides, with its defaults. */
export interface Settings extends DecisionSettings, Choices {
  readonly preset: null;
  readonly learned: LearnedThresholds | null;
  readonly temporal: boolean;
  /** Only with `where`: bigints and infinities as text. */
  readonly where?: RowFilter;
}

/** What was chosen for a column; what was not is the default of its kind. */
export interface Choice {
  readonly method: string | undefined;
  /** The method was chosen for this column or its kind, not for all columns: it is a request. */
  readonly requested: boolean;
  readonly threshold: number | undefined;
}

/**
 * @throws TypeError for an option of another type, RangeError for unknown options, methods, kinds or column names, and
 *   for settings out of range
 */
export function checkedOptions(options: CompareOptions, before: AnyTable, after: AnyTable): Settings {
  knownOptions("compare", options, compareNames);
  const names = columnNames(before, after, options.columns);
  checkMethods(names, options);
  checkThresholds(names, options);
  const { temporal = false, learned = null, where, onProgress, signal, threads = 1 } = options;
  truthValue("compare", "temporal", temporal);
  truthValue("compare", "quality", options.quality ?? false);
  wholeNumber("compare", "threads", threads, 1, mostThreads);
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new TypeError(`compare: onProgress must be a function, got ${shown(onProgress)}`);
  }
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new TypeError(`compare: signal must be an AbortSignal, got ${shown(signal)}`);
  }
  if (learned !== null) checkLearned(learned);
  const chosen = choiceNames.flatMap((name) => {
    const choice = options[name];
    return choice === undefined ? [] : [[name, typeof choice === "object" ? { ...choice } : choice]];
  });
  return {
    preset: null,
    ...decisionSettings(options, names),
    ...(Object.fromEntries(chosen) as Choices),
    learned,
    temporal,
    ...(where !== undefined && { where: plainFilter(where) }),
  };
}

/** The names to compare: those chosen, or all of both tables. */
export function columnNames(before: AnyTable, after: AnyTable, chosen: readonly string[] | undefined): string[] {
  if (chosen !== undefined && !Array.isArray(chosen)) {
    throw new TypeError(`compare: columns must be an array of names, got ${JSON.stringify(chosen)}`);
  }
  const known = new Set<string>();
  for (const { columns, unsupported } of [before, after]) {
    for (const name of columns.keys()) known.add(name);
    for (const name of unsupported.keys()) known.add(name);
  }
  for (const name of chosen ?? []) {
    if (!known.has(name)) {
      throw new RangeError(`compare: no column ${JSON.stringify(name)}; there are ${[...known].join(", ")}`);
    }
  }
  return [...new Set(chosen ?? known)];
}

/** The column's own choice, that of its kind, or that of all. */
export function choiceOf(options: CompareOptions, column: string, kind: Kind): Choice {
  const requested = own(options.methods, column) ?? options.methodByKind?.[kind];
  return {
    method: requested ?? options.method,
    requested: requested !== undefined,
    threshold: own(options.thresholds, column) ?? options.thresholdByKind?.[kind] ?? options.threshold,
  };
}

/** A column may be called `constructor`: only what the record itself holds counts. */
function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

function checkMethods(names: readonly string[], { method, methodByKind = {}, methods = {} }: CompareOptions): void {
  if (method !== undefined) knownMethod(method);
  for (const [kind, chosen] of entriesOf("methodByKind", methodByKind)) {
    oneOf("compare", "a kind of methodByKind", kind as Kind, kinds);
    knownMethod(chosen);
  }
  for (const [column, chosen] of entriesOf("methods", methods)) {
    needColumn("methods", column, names);
    knownMethod(chosen);
  }
}

function knownMethod(method: string): void {
  if (methods.has(method)) return;
  throw new RangeError(`compare: no method ${JSON.stringify(method)}; there are ${[...methods.keys()].join(", ")}`);
}

function checkThresholds(names: readonly string[], options: CompareOptions): void {
  const { threshold, thresholdByKind = {}, thresholds = {} } = options;
  if (threshold !== undefined) checkThreshold("", threshold);
  for (const [kind, chosen] of entriesOf("thresholdByKind", thresholdByKind)) {
    oneOf("compare", "a kind of thresholdByKind", kind as Kind, kinds);
    checkThreshold(` for ${kind}`, chosen);
  }
  for (const [column, chosen] of entriesOf("thresholds", thresholds)) {
    needColumn("thresholds", column, names);
    checkThreshold(` for ${column}`, chosen);
  }
}

function entriesOf<T>(option: string, record: { readonly [name: string]: T }): [string, T][] {
  if (typeof record === "object" && record !== null) return Object.entries(record);
  throw new TypeError(`compare: ${option} must be an object, got ${shown(record)}`);
}

function needColumn(option: string, column: string, names: readonly string[]): void {
  if (names.includes(column)) return;
  throw new RangeError(`compare: ${option} names ${JSON.stringify(column)}, no such column`);
}

function checkThreshold(which: string, threshold: unknown): void {
  if (typeof threshold !== "number") {
    throw new TypeError(`compare: threshold${which} must be a number, got ${shown(threshold)}`);
  }
  if (threshold >= 0 && threshold < Number.POSITIVE_INFINITY) return;
  throw new RangeError(
    `compare: threshold${which} must be ${threshold >= 0 ? "finite" : "at least 0"}, got ${threshold}`,
  );
}
