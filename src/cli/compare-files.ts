/** The command `smirnov compare`. */
import { existsSync, realpathSync } from "node:fs";
import type { Table } from "../column/column.js";
import type { RowFilter } from "../column/row-filter.js";
import type { CompareOptions } from "../drift/options.js";
import { isProfile } from "../drift/profiles/is-profile.js";
import type { DriftReport } from "../drift/report.js";
import type { Profile } from "../profile/profile.js";
import { structural } from "../render/verdict.js";
import type { CompareCommand } from "./arguments.js";
import { compareOptions, furtherColumns } from "./options.js";
import { sideName } from "./outputs.js";
import type { Progress } from "./progress.js";
import { type ReadSettings, readSide } from "./read-side.js";
import { UsageError } from "./usage-error.js";
import { filterOf } from "./where.js";
import { checkTargets } from "./write-file.js";

export interface Outcome {
  readonly report: DriftReport;
  /** What the user should know besides the report, in sentences. */
  readonly warnings: readonly string[];
}

/** What looks at rows together, and so needs them in memory. */
function needsRows(command: CompareCommand): boolean {
  const {
    preset,
    by,
    pairBy,
    clusterBy,
    correlations,
    target,
    prediction,
    features,
    joint,
    startOfServing,
    learn,
    modelQuality,
  } = command;
  const asked = [preset, by, pairBy, clusterBy, target, prediction, features, startOfServing, learn, modelQuality];
  return correlations || joint || asked.some((option) => option !== undefined);
}

/** Reads both sides and compares them. */
export async function compareFiles(command: CompareCommand, progress: Progress): Promise<Outcome> {
  const { columns, memory } = command;
  const { reference, current } = command;
  const startFile = command.startOfServing === undefined ? [] : [command.startOfServing];
  checkTargets(command.outputs, [reference, current, ...startFile]);
  const needed = columns && [...new Set([...columns, ...furtherColumns(command)])];
  const settings: ReadSettings = { columns: needed, memory, rows: needsRows(command) };
  const read = async (name: string): Promise<Table | Profile> => {
    progress.show(`reading ${name}`);
    const table = await readSide(name, settings);
    if (command.preset === undefined || !/\.csv$/i.test(name) || isProfile(table)) return table;
    const { withMissingTexts } = await import("../drift/evidently/missing-texts.js");
    return withMissingTexts(table);
  };
  const sides = [await read(reference), await read(current)] as const;
  const startOfServing = command.startOfServing && (await read(command.startOfServing));
  if (command.where.length > 0) needTables([reference, current], sides);
  const where = command.where.length === 0 ? undefined : filterOf(command.where, sides as readonly [Table, Table]);
  // A preset compares what it is given.
  const [before, after] = where && command.preset ? await chosenRows(where, sides as readonly [Table, Table]) : sides;
  const [{ compare }, { methods }, { evidentlyMethods }] = await Promise.all([
    import("../drift/compare.js"),
    import("../drift/methods.js"),
    import("../drift/evidently/methods.js"),
  ]);
  const known = command.preset === undefined ? methods.keys() : evidentlyMethods.keys();
  progress.show("comparing");
  const chosen = compareOptions(command, [before, after], known);
  const options = where && !command.preset ? { ...chosen, where } : chosen;
  const learned =
    command.learn === undefined ? undefined : await learn(before, options as CompareOptions, command.learn, progress);
  const report = await compare(before, after, {
    ...options,
    ...(learned && { learned }),
    ...(startOfServing && { startOfServing: startOfServing as Table }),
    ...(command.threads !== undefined && { threads: command.threads }),
    onProgress: ({ done, total, column }) =>
      progress.show(`comparing: ${done} of ${total} columns, ${column}`, done / total),
  });
  return { report, warnings: warningsOf(command, before, after, report.rows) };
}

async function chosenRows(
  where: RowFilter,
  [before, after]: readonly [Table, Table],
): Promise<readonly [Table, Table]> {
  const { filterRows } = await import("../column/filter-rows.js");
  return [filterRows(before, where), filterRows(after, where)];
}

/** @throws UsageError for a profile, which has no rows */
export function needTables(names: readonly [string, string], sides: readonly [Table | Profile, Table | Profile]): void {
  const which = sides.findIndex(isProfile);
  if (which >= 0) throw new UsageError(`--where needs rows, and ${names[which]} is a profile`);
}

async function learn(before: Table | Profile, options: CompareOptions, chunks: number, progress: Progress) {
  if (isProfile(before)) throw new UsageError("--learn needs the rows of the reference, got a profile");
  const { learnThresholds } = await import("../drift/learn-thresholds.js");
  progress.show("learning thresholds");
  return learnThresholds(before, { ...options, chunks });
}

function warningsOf(
  { reference, current, where }: CompareCommand,
  before: Named,
  after: Named,
  rows: DriftReport["rows"],
): string[] {
  const warnings: string[] = [];
  for (const [name, left] of [
    [reference, rows.reference],
    [current, rows.current],
  ] as const) {
    if (where.length > 0 && left === 0) warnings.push(`no row of ${sideName(name)} fulfils --where`);
  }
  if (isSame(reference, current)) warnings.push("reference and current are the same file");
  if (![...before.columns.keys()].some((name) => after.columns.has(name))) {
    warnings.push("the two tables share no column");
  }
  return warnings;
}

type Named = Pick<Table, "unsupported"> & { readonly columns: ReadonlyMap<string, unknown> };

/** Patterns may not be names of files. */
function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  return [one, other].every((path) => existsSync(path)) && realpathSync(one) === realpathSync(other);
}

/**
 * Whether the outcome is one that the user wants to fail on; `null` when there is nothing to tell by. A column that
 * vanished, appeared or changed its type is a change of `any` column; so is a column that drifted in a segment, and a pair
 * of columns that goes together in another way.
 */
export function failsOn(
  { dataset, columns, segments = {}, correlations }: DriftReport,
  what: "dataset" | "any",
): boolean | null {
  if (what === "any" && (correlations?.drifted ?? 0) > 0) return true;
  if (what === "any" && Object.values(columns).some(({ status }) => structural.has(status))) return true;
  if (dataset.judged === 0) return null;
  const isKnown = dataset.rule === "any" || dataset.share !== null;
  if (what === "dataset") return isKnown ? dataset.drifted : null;
  return [dataset, ...Object.values(segments).map((segment) => segment.dataset)].some((one) => one.driftedColumns > 0);
}
