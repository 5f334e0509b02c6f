/** Runs one command line. Nothing but results is written to the output; everything else goes to the error output. */
import type { DriftReport } from "../drift/report.js";
import { version } from "../engine/version.js";
import { renderChecks } from "../render/checks.js";
import { harmless } from "../render/display-width.js";
import { renderText, type TextOptions } from "../render/text.js";
import {
  type CheckCommand,
  type CompareCommand,
  type HistoryCommand,
  type MergeCommand,
  type ProfileCommand,
  parseCommand,
  type SuiteCommand,
} from "./arguments.js";
import { checkFiles, makeSuite, statusOf } from "./check-files.js";
import { compareFiles, failsOn } from "./compare-files.js";
import { historyJson, historyOf } from "./history.js";
import { historyText } from "./history-text.js";
import { sideName, writeOutputs } from "./outputs.js";
import { profileOf, writeProfile } from "./profile-files.js";
import { progressOn } from "./progress.js";
import { withoutCopy } from "./standard-input.js";
import { openTarget, recordReport } from "./store-run.js";
import { type Output, wantsColour, widthOf } from "./terminal.js";
import { usage } from "./usage.js";
import { UsageError } from "./usage-error.js";

export interface Surroundings {
  readonly output: Output;
  readonly errors: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Exit status: drift that the user asked to fail on, and everything that kept us from comparing. */
const drifted = 1;
const failed = 2;

/** @returns the exit status; errors are reported, never thrown */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { output, errors, environment } = surroundings;
  try {
    const command = parseCommand(words);
    if (command.command === "compare") return await runCompare(command, surroundings);
    if (command.command === "check") return await runCheck(command, surroundings);
    if (command.command === "suite") return await runSuiteCommand(command, surroundings);
    if (command.command === "profile" || command.command === "merge") return await runProfile(command, surroundings);
    if (command.command === "serve") return await (await import("./serve.js")).serve(command, surroundings);
    if (command.command === "demo") return await (await import("./demo.js")).demo(command, surroundings);
    if (command.command === "history") return await runHistory(command, surroundings);
    output.write(command.command === "help" ? usage : `${version}\n`);
    return 0;
  } catch (error) {
    errors.write(`${describe(error, environment)}\n`);
    return failed;
  }
}

async function runCompare(command: CompareCommand, surroundings: Surroundings): Promise<number> {
  if (command.store === undefined) return (await compareAndTell(command, surroundings)).status;
  const store = await openTarget(command.store);
  try {
    const begun = performance.now();
    const { status, report } = await compareAndTell(command, surroundings);
    await recordReport(store, command.store, report, (performance.now() - begun) / 1000);
    return status;
  } finally {
    await store.close();
  }
}

async function compareAndTell(
  command: CompareCommand,
  { output, errors, environment }: Surroundings,
): Promise<{ status: number; report: DriftReport }> {
  const progress = progressOn(errors, environment);
  const { report, warnings } = await compareFiles(command, progress).finally(progress.clear);
  for (const warning of warnings) errors.write(`smirnov: warning: ${warning}\n`);
  const names = { reference: sideName(command.reference), current: sideName(command.current) };
  if (!(await writeOutputs(command.outputs, { report, names }, output))) {
    output.write(renderText(report, textOptions(output, environment)));
  }
  if (command.failOnDrift === undefined) return { status: 0, report };
  const fails = failsOn(report, command.failOnDrift);
  if (fails === null) errors.write(`smirnov: ${harmless(report.dataset.reason)}, so drift cannot be ruled out\n`);
  return { status: fails === null ? failed : fails ? drifted : 0, report };
}

async function runHistory(command: HistoryCommand, { output, environment }: Surroundings): Promise<number> {
  const found = await historyOf(command);
  output.write(
    command.json ? historyJson(command, found) : historyText(command, found, textOptions(output, environment)),
  );
  return 0;
}

async function runCheck(command: CheckCommand, { output, errors, environment }: Surroundings): Promise<number> {
  const progress = progressOn(errors, environment);
  const { report, result } = await checkFiles(command, progress).finally(progress.clear);
  const names = { reference: sideName(command.reference), current: sideName(command.current) };
  if (!(await writeOutputs(command.outputs, { report, checks: result, names }, output))) {
    output.write(renderChecks(result, textOptions(output, environment)));
  }
  return statusOf(result);
}

async function runSuiteCommand(command: SuiteCommand, { output, errors, environment }: Surroundings): Promise<number> {
  const progress = progressOn(errors, environment);
  await makeSuite(command, progress, output).finally(progress.clear);
  return 0;
}

async function runProfile(
  command: ProfileCommand | MergeCommand,
  { output, errors, environment }: Surroundings,
): Promise<number> {
  const progress = progressOn(errors, environment);
  const found = await profileOf(command, progress).finally(progress.clear);
  writeProfile(found, command, output, textOptions(output, environment));
  return 0;
}

function textOptions(output: Output, environment: Surroundings["environment"]): TextOptions {
  return { colour: wantsColour(output, environment), width: widthOf(output, environment) };
}

/** One line, whatever went wrong; the stack for those who ask. */
export function describe(error: unknown, { SMIRNOV_DEBUG }: Surroundings["environment"]): string {
  if (SMIRNOV_DEBUG === "1" && error instanceof Error) return `smirnov: ${error.stack}`;
  const message = withoutCopy(error instanceof Error ? error.message : String(error));
  // Suites and configurations may have several problems, each with its place in the file.
  if (error instanceof Error && (error.name === "SuiteError" || error.name === "ConfigError"))
    return message
      .split("\n")
      .map((line) => `smirnov: ${harmless(line)}`)
      .join("\n");
  const line = harmless(
    message
      .replace(/^(openStore|record|history|kinds|runs): /, "the store: ")
      .replace(
        /^(readTable|openTable|compare|profile|merge|fromBytes|learnThresholds|tableOf|columnOf|filterRows|runSuite|suiteFrom|quality|parseSuite|parseServiceConfig|createService|smirnov serve): /,
        "",
      )
      .replace(/\s*\n\s*/g, " "),
  );
  return `smirnov: ${line}${error instanceof UsageError ? " (see smirnov --help)" : ""}`;
}
