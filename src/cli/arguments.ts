/** From the words of a command line to what was asked for. */

import { suggestion } from "../statistics/suggest.js";
import { type CheckCommand, checkCommand, type SuiteCommand, suiteCommand } from "./check-command.js";
import { type CompareCommand, compareCommand } from "./compare-command.js";
import { type DemoCommand, demoCommand } from "./demo-command.js";
import { type HistoryCommand, historyCommand } from "./history-command.js";
import { type MergeCommand, mergeCommand, type ProfileCommand, profileCommand } from "./profile-command.js";
import { type ServeCommand, serveCommand } from "./serve-command.js";
import { UsageError } from "./usage-error.js";
import { needOptionsOf, parsed } from "./words.js";

export type {
  CheckCommand,
  CompareCommand,
  DemoCommand,
  HistoryCommand,
  MergeCommand,
  ProfileCommand,
  ServeCommand,
  SuiteCommand,
};
export type Command =
  | CompareCommand
  | CheckCommand
  | SuiteCommand
  | ProfileCommand
  | MergeCommand
  | ServeCommand
  | DemoCommand
  | HistoryCommand
  | { readonly command: "help" }
  | { readonly command: "version" };

const readers = {
  compare: compareCommand,
  check: checkCommand,
  suite: suiteCommand,
  profile: profileCommand,
  merge: mergeCommand,
  serve: serveCommand,
  demo: demoCommand,
  history: historyCommand,
} as const;

/**
 * Reads a command line.
 *
 * @throws UsageError in words for the person who typed it
 */
export function parseCommand(words: readonly string[]): Command {
  const { values, positionals } = parsed(words);
  const [command, ...files] = positionals;
  if (values.help || command === "help") return { command: "help" };
  if (values.version || command === "version") return { command: "version" };
  if (command === undefined) throw new UsageError("no command given");
  const known = Object.keys(readers) as (keyof typeof readers)[];
  const name = known.find((one) => one === command);
  if (name === undefined) {
    const near = suggestion(command, [...known, "help", "version"]);
    throw new UsageError(`there is no command ${JSON.stringify(command)}${near || `; there are ${known.join(", ")}`}`);
  }
  needOptionsOf(name, values);
  return readers[name](values, files);
}
