/** From the words of a command line to what was asked for. */

import { suggestion } from "../statistics/suggest.js";
import { type CompareCommand, compareCommand } from "./compare-command.js";
import { type MergeCommand, mergeCommand, type ProfileCommand, profileCommand } from "./profile-command.js";
import { UsageError } from "./usage-error.js";
import { needOptionsOf, parsed } from "./words.js";

export type { CompareCommand, MergeCommand, ProfileCommand };
export type Command =
  | CompareCommand
  | ProfileCommand
  | MergeCommand
  | { readonly command: "help" }
  | { readonly command: "version" };

const commands = ["compare", "profile", "merge", "help", "version"];

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
  if (command !== "compare" && command !== "profile" && command !== "merge") {
    const near = suggestion(command, commands);
    throw new UsageError(
      `there is no command ${JSON.stringify(command)}${near || "; there are compare, profile, merge"}`,
    );
  }
  needOptionsOf(command, values);
  if (command === "profile") return profileCommand(values, files);
  return command === "merge" ? mergeCommand(values, files) : compareCommand(values, files);
}
