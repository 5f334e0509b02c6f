/** What `modelQuality` can be told, checked before anything is looked at. */
import { presence } from "../column/by-row.js";
import type { Column, Table } from "../column/column.js";
import { countValues } from "../engine/categories.js";
import type { ClassName } from "../statistics/class-lists.js";
import { classificationSettings } from "../statistics/classification-metrics.js";
import { type IntervalOptions, intervalOptionNames, intervalSettings } from "../statistics/intervals.js";
import { oneOf } from "../statistics/one-of.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import { type RankingMetricsOptions, rankingSettings } from "../statistics/ranking-metrics.js";
import { modelClasses } from "./model-classes.js";
import type { ModelTask } from "./model-quality-report.js";

export interface ModelQualityOptions extends IntervalOptions {
  /** The column that holds what turned out to be true; of rankings, how relevant a row is. */
  readonly target: string;
  /**
   * If not given: `ranking` with a `query`; `regression` for a target of numbers with more than 20 distinct ones; else
   * `classification`.
   */
  readonly task?: ModelTask;
  /** The column of what the model said: a number, or a class. */
  readonly prediction?: string;
  /** The column of scores, or of several classes one by name; of rankings, the column that rows are ordered by. */
  readonly scores?: string | { readonly [name: string]: string };
  /** The positive one of two classes. */
  readonly positive?: string | number | boolean;
  /** Of two classes without predictions: the score from which on a row is predicted positive; 0.5 if not given. */
  readonly threshold?: number;
  /** Of rankings: the column that tells which rows are ranked together. */
  readonly query?: string;
  /** Of rankings in place of scores: the column of ranks, of which lower ones come first. */
  readonly rank?: string;
  /** Of rankings, as `rankingMetrics` takes them. */
  readonly k?: RankingMetricsOptions["k"];
  readonly gains?: RankingMetricsOptions["gains"];
  /** Stops between the sides. */
  readonly signal?: { throwIfAborted(): void };
}

/** Options with the task that was told or found. */
export type ModelSettings = ModelQualityOptions & {
  readonly task: ModelTask;
  /** Of classifications: those of both sides. */
  readonly classes: readonly ClassName[];
};

const ofTask = {
  classification: ["prediction", "scores", "positive", "threshold"],
  regression: ["prediction"],
  ranking: ["scores", "query", "rank", "k", "gains"],
} as const;
const common = ["target", "task", "signal", ...intervalOptionNames] as const;
const names = [...common, "prediction", "scores", "positive", "threshold", "query", "rank", "k", "gains"] as const;

/** A target of numbers with up to so many distinct ones is a class, as `compare` has it. */
const fewValues = 20;

/**
 * @throws TypeError for options of another type, RangeError for options that there are not or that the task does not have, and
 *   for columns that no table has
 */
export function modelSettings(caller: string, options: ModelQualityOptions, tables: readonly Table[]): ModelSettings {
  knownOptions(caller, options, names);
  const { target, prediction, query, rank, scores, task, signal } = options;
  for (const [role, name] of Object.entries({ target, prediction, query, rank })) {
    if (name !== undefined || role === "target") needColumn(caller, role, name, tables);
  }
  for (const name of scoreColumns(caller, scores)) needColumn(caller, "scores", name, tables);
  if (task !== undefined) oneOf(caller, "task", task, ["classification", "regression", "ranking"]);
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") {
    throw new TypeError(`${caller}: signal must be an AbortSignal, got ${shown(signal)}`);
  }
  const found = task ?? (query === undefined ? guessed(caller, target, tables) : "ranking");
  checkTask(caller, found, options);
  return { ...options, task: found, classes: found === "classification" ? modelClasses(caller, options, tables) : [] };
}

/** The columns that are looked at. */
export function modelColumns({ target, prediction, scores, query, rank }: ModelQualityOptions): string[] {
  const named = [target, prediction, query, rank, ...(typeof scores === "object" ? Object.values(scores) : [scores])];
  return [...new Set(named.filter((name) => name !== undefined))];
}

function scoreColumns(caller: string, scores: unknown): readonly unknown[] {
  if (scores === undefined || typeof scores === "string") return scores === undefined ? [] : [scores];
  if (typeof scores === "object" && scores !== null && !Array.isArray(scores)) return Object.values(scores);
  throw new TypeError(`${caller}: scores must be a column's name, or one for each class, got ${shown(scores)}`);
}

function needColumn(caller: string, role: string, name: unknown, tables: readonly Table[]): void {
  if (typeof name !== "string") throw new TypeError(`${caller}: ${role} must be a column's name, got ${shown(name)}`);
  if (tables.some(({ columns }) => columns.has(name))) return;
  const type = tables.map(({ unsupported }) => unsupported.get(name)).find((found) => found !== undefined);
  if (type !== undefined) throw new TypeError(`${caller}: ${role} ${shown(name)} has a type that is not read, ${type}`);
  const known = new Set(tables.flatMap(({ columns }) => [...columns.keys()]));
  throw new RangeError(`${caller}: ${role} names ${shown(name)}, no such column; there are ${[...known].join(", ")}`);
}

function checkTask(caller: string, task: ModelTask, options: ModelQualityOptions): void {
  const { prediction, scores, query, rank } = options;
  const allowed: readonly string[] = [...common, ...ofTask[task]];
  const wrong = Object.entries(options).find(([name, value]) => value !== undefined && !allowed.includes(name));
  if (wrong)
    throw new RangeError(`${caller}: ${task} has no option ${shown(wrong[0])}, but ${ofTask[task].join(", ")}`);
  checkSettings(caller, task, options);
  if (task === "classification" && prediction === undefined && scores === undefined) {
    throw new RangeError(`${caller}: classification needs a prediction or scores, got neither`);
  }
  if (task === "regression" && prediction === undefined) {
    throw new RangeError(`${caller}: regression needs a prediction, got none`);
  }
  if (task !== "ranking") return;
  if (query === undefined) throw new RangeError(`${caller}: ranking needs a query, got none`);
  if ((scores === undefined) === (rank === undefined)) {
    throw new RangeError(
      `${caller}: ranking needs either scores or rank, got ${rank === undefined ? "neither" : "both"}`,
    );
  }
  if (typeof scores === "object") throw new TypeError(`${caller}: ranking needs one column of scores, got an object`);
}

function checkSettings(caller: string, task: ModelTask, options: ModelQualityOptions): void {
  if (task === "classification") classificationSettings(caller, options);
  else if (task === "ranking") rankingSettings(caller, ownOptions(options, ["k", "gains", ...intervalOptionNames]));
  else intervalSettings(caller, options);
}

/** Those of `names` that were given. */
export function ownOptions<K extends keyof ModelQualityOptions>(
  options: ModelQualityOptions,
  names: readonly K[],
): { readonly [name in K]?: Exclude<ModelQualityOptions[name], undefined> } {
  const given = names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]));
  return Object.fromEntries(given);
}

/** By the reference's target if it has a value, and the other's if that is of the same kind. */
function guessed(caller: string, target: string, tables: readonly Table[]): ModelTask {
  const columns = tables.flatMap(({ columns }) => columns.get(target) ?? []);
  const usable = columns.flatMap((column) => (column.kind === "temporal" || column.kind === "vector" ? [] : column));
  if (columns.length > 0 && usable.length === 0) {
    throw new TypeError(`${caller}: target must hold numbers, truth values or text, got ${columns[0]!.type}`);
  }
  const filled = usable.filter((column) => presence(column).includes(1));
  return filled.some((column) => column.kind === filled[0]!.kind && hasManyNumbers(column))
    ? "regression"
    : "classification";
}

function hasManyNumbers(column: Column): boolean {
  return column.kind === "numeric" && countValues(column.chunks, null, fewValues) === null;
}
