/** `renderChecks`: the results of a suite of checks, for a person at a terminal, or in a log. */
import type { CheckResult, CheckStatus, SuiteResult } from "../checks/suite-result.js";
import { countWords, resultsOf, rowWords, statusOrder } from "./check-words.js";
import { checkResults } from "./checked-options.js";
import { type Colour, colourful, colourless, type Paint } from "./colours.js";
import { harmless, pad, truncate } from "./display-width.js";
import { wrapped } from "./lines.js";
import { counted } from "./numbers.js";
import type { TextOptions } from "./text.js";

/** Results of one status that are shown. */
const mostShown = 100;
/** Cells of a status, of a name and of a reason. */
const statusWidth = 7;
const longestName = 80;
const longestReason = 300;

const colours: Readonly<Record<CheckStatus, readonly Colour[]>> = {
  fail: ["red", "bold"],
  error: ["red"],
  warn: ["yellow"],
  skip: ["dim"],
  pass: [],
};

/**
 * A verdict, then a line for each check that did not pass: failures first, then what could not be told, warnings and what
 * was skipped. Checks that passed are counted.
 *
 * @throws TypeError for what check did not return
 * @returns lines, each ended by a newline
 */
export function renderChecks(result: SuiteResult, { colour = false, width = 100 }: TextOptions = {}): string {
  checkResults("renderChecks", result);
  const paint = colour ? colourful : colourless;
  const name = result.suite === null ? "" : ` of ${truncate(harmless(result.suite), longestName)}`;
  const verdict = result.passed ? paint("passed", "bold") : paint("failed", "red", "bold");
  const shown = statusOrder
    .filter((status) => status !== "pass")
    .flatMap((status) => linesOf(result, status, width, paint));
  return [`Checks${name}: ${verdict}. ${sentenceOf(result)}`, ...(shown.length > 0 ? ["", ...shown] : [])]
    .map((line) => `${line}\n`)
    .join("");
}

function sentenceOf(result: SuiteResult): string {
  return result.results.length === 0 ? "Nothing was checked." : `${countWords(result)}.`;
}

function linesOf(result: SuiteResult, status: CheckStatus, width: number, paint: Paint): string[] {
  const found = resultsOf(result, [status]);
  const rest = found.length - mostShown;
  return [
    ...found.slice(0, mostShown).flatMap((one) => entryOf(one, width, paint)),
    ...(rest > 0 ? [`${" ".repeat(statusWidth)}… and ${counted(rest, "more check")} like it`] : []),
  ];
}

/** Whether the reason begins as the name does: names that were made of what is checked. */
function saysName({ name, reason, expected }: CheckResult): boolean {
  if (expected === "" || !name.endsWith(expected)) return false;
  return reason.startsWith(name.slice(0, -expected.length).trimEnd());
}

/** `fail   name: reason`, moved in after the first line; a reason that says the name itself stands alone. */
function entryOf(result: CheckResult, width: number, paint: Paint): string[] {
  const name = truncate(harmless(result.name), longestName);
  const reason = truncate(harmless(result.reason), longestReason);
  const rows = rowWords(result);
  const text = [saysName(result) ? reason : `${name}: ${reason}`, ...(rows === "" ? [] : [rows])].join("; ");
  const lines = wrapped(text.split(" "), " ", Math.max(width - statusWidth, 20));
  return lines.map((line, k) =>
    k === 0
      ? `${paint(pad(result.status, statusWidth - 2), ...colours[result.status])}  ${line}`
      : `${" ".repeat(statusWidth)}${line}`,
  );
}
