/** The commands `smirnov check` and `smirnov suite`. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Suite } from "../checks/suite.js";
import type { SuiteResult } from "../checks/suite-result.js";
import type { Table } from "../column/column.js";
import type { DriftReport } from "../drift/report.js";
import type { Profile } from "../profile/profile.js";
import { counted, threeDigits } from "../render/numbers.js";
import type { CheckCommand, SuiteCommand } from "./arguments.js";
import { needTables } from "./compare-files.js";
import { wantsQuality } from "./options.js";
import { sideName } from "./outputs.js";
import type { Progress } from "./progress.js";
import { readSide } from "./read-side.js";
import type { Output } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { filterOf } from "./where.js";
import { checkTargets, type Target, writeWhole } from "./write-file.js";

/** Options of a suite's comparison, and metrics, that look at rows together. */
const togetherOptions = ["by", "pairBy", "clusterBy", "correlations", "target", "prediction", "joint", "modelQuality"];

/** Reads suite and tables, compares what the suite needs, and checks it. */
export async function checkFiles(
  command: CheckCommand,
  progress: Progress,
): Promise<{ readonly report: DriftReport; readonly result: SuiteResult }> {
  const { reference, current, where, threads, memory } = command;
  checkTargets(command.outputs, [command.suite, reference, current]);
  const { parseSuite } = await import("../checks/parse-suite.js");
  const suite = await parseSuite(textOf(command.suite), command.suite);
  const rows = needsRows(suite);
  const read = async (name: string): Promise<Table | Profile> => {
    progress.show(`reading ${name}`);
    return readSide(name, { columns: undefined, memory, rows });
  };
  const sides = [await read(reference), await read(current)] as const;
  if (where.length > 0) needTables([reference, current], sides);
  const { runSuite } = await import("../checks/run-suite.js");
  progress.show("comparing");
  const quality = wantsQuality(command);
  // What is not given must not take the place of what the suite says.
  const options = {
    ...(where.length > 0 && { where: filterOf(where, sides as readonly [Table, Table]) }),
    ...((quality || command.quality === false) && { quality }),
    ...(threads !== undefined && { threads }),
  };
  const named: Suite = suite.name === undefined ? { ...suite, name: basename(command.suite) } : suite;
  return runSuite(named, sides[0], sides[1], {
    ...options,
    onProgress: ({ done, total, column }) =>
      progress.show(`comparing: ${done} of ${total} columns, ${column}`, done / total),
  });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`there is no file ${path}`);
    if (code === "EISDIR") throw new UsageError(`${path} is a directory, and the suite is a file`);
    throw error;
  }
}

function needsRows({ compare = {}, checks = [] }: Suite): boolean {
  const pairs = checks.some(({ metric, where }) => where !== undefined || metric.startsWith("correlation"));
  return pairs || togetherOptions.some((option) => compare[option] !== undefined && compare[option] !== false);
}

/** Failures go before what could not be told: someone has to look at them anyway. */
export function statusOf({ counts }: SuiteResult): 0 | 1 | 2 {
  return counts.fail > 0 ? 1 : counts.error > 0 ? 2 : 0;
}

/** Makes a suite of a reference, of presets or of both, and writes it. */
export async function makeSuite(command: SuiteCommand, progress: Progress, output: Output): Promise<void> {
  const { reference, presets, columns, expectedRows, tolerance, memory, json } = command;
  const target: Target[] = command.output === undefined ? [] : [{ option: "output", path: command.output }];
  checkTargets(target, reference === undefined ? [] : [reference]);
  let suite: Suite = {};
  const about: string[] = [];
  if (reference !== undefined) {
    progress.show(`reading ${reference}`);
    const table = await readSide(reference, { columns: undefined, memory, rows: false });
    const { suiteFrom } = await import("../checks/suite-from.js");
    suite = await suiteFrom(table, {
      ...(columns && { columns }),
      ...(expectedRows !== undefined && { expectedRows }),
      ...(tolerance !== undefined && { tolerance }),
    });
    about.push(...aboutSuite(command, reference, expectedRows ?? table.rows));
  }
  const whole: Suite = presets.length === 0 ? suite : { ...suite, presets };
  const { suiteToYaml } = await import("../checks/suite-to-yaml.js");
  const text = json ? `${JSON.stringify(whole, null, 2)}\n` : suiteToYaml(whole, { comment: about });
  progress.clear();
  const [file] = target;
  if (file === undefined || file.path === "-") output.write(text);
  else writeWhole(file, text);
}

/** What a made suite is, to be read above it. */
function aboutSuite({ output = "-", tolerance = 0.1 }: SuiteCommand, reference: string, rows: number): string[] {
  const file = output === "-" ? "suite.yaml" : output;
  return [
    `What ${sideName(reference)} is like, for tables of about ${counted(rows, "row")}: limits allow for chance and ${threeDigits(100 * tolerance)} % more.`,
    "Remove what does not matter and change limits as you like; critical: false warns where others fail.",
    `smirnov check ${file} ${reference} <current>`,
  ];
}
