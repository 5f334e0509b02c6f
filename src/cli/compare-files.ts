/** The command `smirnov compare`. */
import { realpathSync } from "node:fs";
import type { Table } from "../column/column.js";
import type { CompareOptions } from "../drift/options.js";
import type { ColumnStatus, DriftReport } from "../drift/report.js";
import type { CompareCommand } from "./arguments.js";
import { compareOptions, keyColumns } from "./options.js";
import type { Progress } from "./progress.js";
import { readSide } from "./read-side.js";

export interface Outcome {
  readonly report: DriftReport;
  /** What the user should know besides the report, in sentences. */
  readonly warnings: readonly string[];
}

/** Reads both files and compares them. */
export async function compareFiles(command: CompareCommand, progress: Progress): Promise<Outcome> {
  const { columns } = command;
  const needed = columns && [...new Set([...columns, ...keyColumns(command)])];
  progress.show(`reading ${command.reference}`);
  const before = await readSide(command.reference, needed);
  progress.show(`reading ${command.current}`);
  const after = await readSide(command.current, needed);
  const [{ compare }, { methods }, { evidentlyMethods }] = await Promise.all([
    import("../drift/compare.js"),
    import("../drift/methods.js"),
    import("../drift/evidently/methods.js"),
  ]);
  const known = command.preset === undefined ? methods.keys() : evidentlyMethods.keys();
  progress.show("comparing");
  const options = compareOptions(command, [before, after], known);
  const learned =
    command.learn === undefined ? undefined : await learn(before, options as CompareOptions, command.learn, progress);
  const report = await compare(before, after, {
    ...options,
    ...(learned && { learned }),
    onProgress: ({ done, total, column }) => progress.show(`comparing: ${done} of ${total} columns, ${column}`),
  });
  return { report, warnings: warningsOf(command, before, after) };
}

async function learn(before: Table, options: CompareOptions, chunks: number, progress: Progress) {
  const { learnThresholds } = await import("../drift/learn-thresholds.js");
  progress.show("learning thresholds");
  return learnThresholds(before, { ...options, chunks });
}

function warningsOf({ reference, current }: CompareCommand, before: Table, after: Table): string[] {
  const warnings: string[] = [];
  if (realpathSync(reference) === realpathSync(current)) warnings.push("reference and current are the same file");
  if (![...before.columns.keys()].some((name) => after.columns.has(name))) {
    warnings.push("the two tables share no column");
  }
  return warnings;
}

const structural: readonly ColumnStatus[] = ["missing-in-reference", "missing-in-current", "type-changed"];

/**
 * Whether the outcome is one that the user wants to fail on; `null` when there is nothing to tell by. A column that
 * vanished, appeared or changed its type is a change of `any` column; so is a column that drifted in a segment.
 */
export function failsOn({ dataset, columns, segments = {} }: DriftReport, what: "dataset" | "any"): boolean | null {
  if (what === "any" && Object.values(columns).some(({ status }) => structural.includes(status))) return true;
  if (dataset.judged === 0) return null;
  if (what === "dataset") return dataset.drifted;
  return [dataset, ...Object.values(segments).map((segment) => segment.dataset)].some((one) => one.driftedColumns > 0);
}
