/** What `compare` can be told with preset `evidently`, checked before anything is looked at. */
import type { Table } from "../../column/column.js";
import { mostThreads } from "../../engine/threads-wanted.js";
import { oneOf } from "../../statistics/one-of.js";
import { knownOptions, shown } from "../../statistics/option-checks.js";
import { wholeNumber } from "../../statistics/whole-number.js";
import { columnNames, type Progress } from "../options.js";
import type { EmbeddingMethod } from "./embeddings.js";
import { type EvidentlyKind, evidentlyKinds } from "./kinds.js";
import { evidentlyMethods } from "./methods.js";

/** By Evidently's kinds of columns. */
export type ByEvidentlyKind<T> = { readonly [kind in EvidentlyKind]?: T };

export interface EvidentlyOptions {
  /** Evidently's methods, defaults, thresholds, column kinds and rule for the dataset, number for number. */
  readonly preset: "evidently";
  /** Columns to compare; all that either side has, if not given. */
  readonly columns?: readonly string[];
  /** Method of all columns, by Evidently's name. The order is: of the column, of its kind, of all, Evidently's choice. */
  readonly method?: string;
  readonly methodByKind?: ByEvidentlyKind<string>;
  readonly methods?: { readonly [column: string]: string };
  /** Threshold of all columns; the method's own, if not given. The order is that of methods. */
  readonly threshold?: number;
  readonly thresholdByKind?: ByEvidentlyKind<number>;
  readonly thresholds?: { readonly [column: string]: number };
  /** Share of the columns from which on the dataset counts as drifted (Evidently's drift_share); 0.5 if not given. */
  readonly share?: number;
  /** Kinds of columns, where they are not to be inferred: Evidently's DataDefinition. */
  readonly kinds?: { readonly [column: string]: EvidentlyKind };
  /** Names of embeddings, and the columns of numbers that each consists of. Columns of vectors are embeddings anyway. */
  readonly embeddings?: { readonly [name: string]: readonly string[] };
  /** By name of the embedding; a domain classifier, if not given. */
  readonly embeddingMethods?: { readonly [name: string]: EmbeddingMethod };
  /** Called after each column; on several threads that is not the order of the columns. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops at once, as in `CompareOptions`. */
  readonly signal?: { throwIfAborted(): void };
  /** Columns that are looked at at a time, as in `CompareOptions`. */
  readonly threads?: number;
}

const optionNames = [
  "preset",
  "columns",
  "method",
  "methodByKind",
  "methods",
  "threshold",
  "thresholdByKind",
  "thresholds",
  "share",
  "kinds",
  "embeddings",
  "embeddingMethods",
  "onProgress",
  "signal",
  "threads",
] as const;

/** What is compared, in order: columns, and embeddings of several columns. */
export interface Compared {
  readonly columns: readonly string[];
  readonly embeddings: readonly { readonly name: string; readonly components: readonly string[] }[];
}

/**
 * @throws TypeError for an option of another type, RangeError for unknown options, methods, kinds or column names, and for
 *   thresholds out of range
 */
export function checkedEvidently(options: EvidentlyOptions, before: Table, after: Table): Compared {
  oneOf("compare", "preset", options.preset, ["evidently"]);
  knownOptions("compare", options, optionNames);
  const all = columnNames(before, after, undefined);
  const embeddings = entriesOf("embeddings", options.embeddings).map(([name, components]) => {
    if (!Array.isArray(components) || components.length === 0) {
      throw new TypeError(`compare: embeddings must name the columns of ${name}, got ${shown(components)}`);
    }
    for (const column of components) need("embeddings", column, all);
    return { name, components: components as readonly string[] };
  });
  const parts = new Set(embeddings.flatMap(({ components }) => components));
  const names = columnNames(before, after, options.columns).filter((name) => !parts.has(name));
  const known = [...names, ...embeddings.map(({ name }) => name)];
  checkMethods(options, known);
  checkThresholds(options, known);
  for (const [column, kind] of entriesOf("kinds", options.kinds)) {
    need("kinds", column, known);
    oneOf("compare", `kinds for ${column}`, kind, evidentlyKinds);
  }
  for (const [name, chosen] of entriesOf("embeddingMethods", options.embeddingMethods)) {
    need("embeddingMethods", name, known);
    checkEmbedding(name, chosen);
  }
  const { share = 0.5, threads = 1 } = options;
  wholeNumber("compare", "threads", threads, 1, mostThreads);
  if (!(share >= 0 && share <= 1)) throw new RangeError(`compare: share must lie in [0, 1], got ${shown(share)}`);
  return { columns: names, embeddings };
}

function checkMethods({ method, methodByKind, methods }: EvidentlyOptions, known: readonly string[]): void {
  if (method !== undefined) knownMethod(method);
  for (const [kind, chosen] of entriesOf("methodByKind", methodByKind)) {
    oneOf("compare", "a kind of methodByKind", kind, evidentlyKinds);
    knownMethod(chosen);
  }
  for (const [column, chosen] of entriesOf("methods", methods)) {
    need("methods", column, known);
    knownMethod(chosen);
  }
}

function knownMethod(method: unknown): void {
  if (evidentlyMethods.has(method as string)) return;
  const names = [...evidentlyMethods.keys()].join(", ");
  throw new RangeError(`compare: preset evidently has no method ${shown(method)}; there are ${names}`);
}

function checkThresholds(options: EvidentlyOptions, known: readonly string[]): void {
  const { threshold, thresholdByKind, thresholds } = options;
  if (threshold !== undefined) checkThreshold("", threshold);
  for (const [kind, chosen] of entriesOf("thresholdByKind", thresholdByKind)) {
    oneOf("compare", "a kind of thresholdByKind", kind, evidentlyKinds);
    checkThreshold(` for ${kind}`, chosen);
  }
  for (const [column, chosen] of entriesOf("thresholds", thresholds)) {
    need("thresholds", column, known);
    checkThreshold(` for ${column}`, chosen);
  }
}

function checkThreshold(which: string, threshold: unknown): void {
  if (typeof threshold !== "number") {
    throw new TypeError(`compare: threshold${which} must be a number, got ${shown(threshold)}`);
  }
  if (!(threshold >= 0)) throw new RangeError(`compare: threshold${which} must be at least 0, got ${threshold}`);
}

type AnyEmbeddingOption = EmbeddingMethod extends infer M ? (M extends object ? keyof M : never) : never;

const embeddingOptions: Readonly<Record<EmbeddingMethod["method"], readonly AnyEmbeddingOption[]>> = {
  distance: ["method", "distance", "threshold", "bootstrap", "quantile"],
  model: ["method", "threshold", "bootstrap", "quantile"],
  ratio: ["method", "componentMethod", "componentThreshold", "threshold"],
  mmd: ["method", "threshold", "bootstrap", "quantile"],
};

function checkEmbedding(name: string, chosen: EmbeddingMethod): void {
  if (typeof chosen !== "object" || chosen === null) {
    throw new TypeError(`compare: embeddingMethods for ${name} must be an object, got ${shown(chosen)}`);
  }
  oneOf("compare", `method of ${name}`, chosen.method, ["distance", "model", "ratio", "mmd"]);
  knownOptions<EmbeddingMethod>("compare", chosen, embeddingOptions[chosen.method]);
  if (chosen.threshold !== undefined) checkThreshold(` for ${name}`, chosen.threshold);
  if (chosen.method === "distance" && chosen.distance !== undefined) {
    oneOf("compare", `distance of ${name}`, chosen.distance, ["euclidean", "cosine", "cityblock", "chebyshev"]);
  }
  if (chosen.method === "ratio") {
    if (chosen.componentMethod !== undefined) knownMethod(chosen.componentMethod);
    if (chosen.componentThreshold !== undefined) checkThreshold(` for ${name}`, chosen.componentThreshold);
  } else if (chosen.quantile !== undefined && !(chosen.quantile >= 0 && chosen.quantile <= 1)) {
    throw new RangeError(`compare: quantile of ${name} must lie in [0, 1], got ${shown(chosen.quantile)}`);
  }
}

function entriesOf<T>(option: string, record: { readonly [name: string]: T } | undefined): [string, T][] {
  if (record === undefined) return [];
  if (typeof record === "object" && record !== null) return Object.entries(record);
  throw new TypeError(`compare: ${option} must be an object, got ${shown(record)}`);
}

function need(option: string, column: string, known: readonly string[]): void {
  if (known.includes(column)) return;
  throw new RangeError(`compare: ${option} names ${JSON.stringify(column)}, no such column`);
}

/** What was chosen for a column, in Evidently's order; without a method it is Evidently's choice. */
export function chosenFor(options: EvidentlyOptions, column: string, kind: EvidentlyKind) {
  return {
    method: own(options.methods, column) ?? options.methodByKind?.[kind] ?? options.method,
    threshold: own(options.thresholds, column) ?? options.thresholdByKind?.[kind] ?? options.threshold,
  };
}

/** A column may be called `constructor`: only what the record itself holds counts. */
export function own<T>(record: { readonly [name: string]: T } | undefined, name: string): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
