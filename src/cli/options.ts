/** From a command line and the tables it names to what `compare` takes. */
import type { Kind, Table } from "../column/column.js";
import type { EvidentlyKind } from "../drift/evidently/kinds.js";
import type { EvidentlyOptions } from "../drift/evidently/options.js";
import type { CompareOptions } from "../drift/options.js";
import { suggestion } from "../statistics/suggest.js";
import type { CompareCommand } from "./arguments.js";
import { UsageError } from "./usage-error.js";
import { conditionColumns } from "./where.js";

const kindsOf: readonly string[] = ["numeric", "boolean", "categorical", "temporal", "vector"] satisfies Kind[];
const kindsOfEvidently: readonly string[] = ["num", "cat", "text"] satisfies EvidentlyKind[];

/** @throws UsageError for a column that neither table has, or a method that there is none of */
export function compareOptions(
  command: CompareCommand,
  tables: readonly { readonly columns: ReadonlyMap<string, unknown>; readonly unsupported: Table["unsupported"] }[],
  methods: Iterable<string>,
): CompareOptions | EvidentlyOptions {
  const names = new Set(tables.flatMap(({ columns, unsupported }) => [...columns.keys(), ...unsupported.keys()]));
  for (const name of command.columns ?? []) needColumn(name, names, "in either table");
  const compared = new Set(command.columns ?? names);
  const place = command.columns ? "among those compared" : "in either table";
  const kinds = command.preset ? kindsOfEvidently : kindsOf;
  // A column may be called like a kind; then it is meant.
  const isKind = (name: string): boolean => !compared.has(name) && kinds.includes(name);
  const named = [...command.methods.keys(), ...command.thresholds.keys()].filter((name) => !isKind(name));
  for (const name of [...named, ...command.weights.keys()]) needColumn(name, compared, place);
  for (const name of keyColumns(command)) needColumn(name, names, "in either table");
  for (const name of roleColumns(command)) needColumn(name, compared, place);
  for (const name of modelColumns(command)) needColumn(name, names, "in either table");
  const known = [...methods];
  for (const method of [...command.methods.values(), command.method ?? known[0]!]) {
    if (known.includes(method)) continue;
    const near = suggestion(method, known);
    throw new UsageError(`there is no method ${JSON.stringify(method)}${near || `; there are ${known.join(", ")}`}`);
  }
  const { columns, method, threshold, temporal, clusterBy, blocks, schedule, by, pairBy } = command;
  const { features } = command;
  const { level, possibleLevel, minimumValues, correction, share, datasetRule } = command;
  const chosen = {
    ...{ columns, method, threshold, share },
    methods: record(command.methods, (name) => !isKind(name)),
    methodByKind: record(command.methods, isKind),
    thresholds: record(command.thresholds, (name) => !isKind(name)),
    thresholdByKind: record(command.thresholds, isKind),
  };
  if (command.preset) return defined({ preset: command.preset, ...chosen });
  return defined({
    ...chosen,
    ...{ temporal, clusterBy, blocks, schedule, by, pairBy },
    correlations: command.correlations || undefined,
    ...(isModelOnly(command) ? {} : { target: command.target, prediction: command.prediction }),
    ...{ features, joint: command.joint || undefined },
    ...{ modelQuality: modelOptions(command), quality: wantsQuality(command) || undefined },
    ...{ level, possibleLevel, minimumValues, correction, datasetRule },
    weights: command.weights.size === 0 ? undefined : record(command.weights, () => true),
  });
}

/** Quality is told where it is asked for, and on pages unless it is refused. */
export function wantsQuality({ quality, outputs }: Pick<CompareCommand, "quality" | "outputs">): boolean {
  return quality ?? outputs.some(({ option }) => option === "html");
}

/** Whether target and prediction are only those of a model: the kind of change takes rows that do not depend on each other. */
function isModelOnly({ modelQuality, pairBy, clusterBy, blocks }: CompareCommand): boolean {
  return modelQuality !== undefined && [pairBy, clusterBy, blocks].some((option) => option !== undefined);
}

/** Target and prediction are those of the comparison, if it has any. */
function modelOptions(command: CompareCommand): CompareOptions["modelQuality"] {
  const { modelQuality, target, prediction } = command;
  if (!modelQuality) return undefined;
  const isRanking = modelQuality.task === "ranking" || modelQuality.query !== undefined;
  const own = isModelOnly(command) ? defined({ target, ...(!isRanking && { prediction }) }) : {};
  const options = { ...own, ...modelQuality };
  return Object.keys(options).length === 0 ? true : options;
}

/** Without the options that were not given. */
function defined<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** Columns that are read too where only some columns are compared: those that tell rows apart, and a model's. */
export function furtherColumns(command: CompareCommand): readonly string[] {
  return [...keyColumns(command), ...modelColumns(command), ...conditionColumns(command.where)];
}

function modelColumns({ modelQuality = {} }: CompareCommand): readonly string[] {
  return [modelQuality.scores, modelQuality.query].filter((name) => name !== undefined);
}

function keyColumns({ by = [], pairBy = [], clusterBy }: CompareCommand): readonly string[] {
  return [...by, ...pairBy, ...(clusterBy === undefined ? [] : [clusterBy])];
}

function roleColumns({ target, prediction, features = [] }: CompareCommand): readonly string[] {
  return [target, prediction, ...features].filter((name) => name !== undefined);
}

function needColumn(name: string, known: ReadonlySet<string>, place: string): void {
  if (known.has(name)) return;
  throw new UsageError(`there is no column ${JSON.stringify(name)} ${place}${suggestion(name, known)}`);
}

/** Without a prototype: a column may be called `constructor`. */
function record<T>(entries: ReadonlyMap<string, T>, takes: (name: string) => boolean): { readonly [name: string]: T } {
  return Object.assign(Object.create(null), Object.fromEntries([...entries].filter(([name]) => takes(name))));
}
