/** From the words of a command line to a profile, or to several merged. */
import { UsageError } from "./usage-error.js";
import { bytesOf, countOf, given, namesOf } from "./values.js";
import type { OptionValues } from "./words.js";

/** Where a profile goes: a file, `-` for the standard output, or to the reader as text when left out. */
export interface Written {
  readonly output: string | undefined;
  /** As a JSON document. */
  readonly json: boolean;
}

export interface ProfileCommand extends Written {
  readonly command: "profile";
  /** Files and patterns of files of one table, or `-`. */
  readonly files: readonly string[];
  readonly columns: readonly string[] | undefined;
  readonly threads: number | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
}

export interface MergeCommand extends Written {
  readonly command: "merge";
  readonly profiles: readonly string[];
}

/** @throws UsageError in words for the person who typed it */
export function profileCommand(values: OptionValues, files: readonly string[]): ProfileCommand {
  if (files.length === 0) throw new UsageError("profile needs at least one file");
  if (files.includes("-") && files.length > 1)
    throw new UsageError("the standard input is a table of its own, got - among others");
  return {
    command: "profile",
    files,
    columns: namesOf("columns", values.columns),
    threads: given(values.threads, (text) => countOf("threads", text, 1)),
    memory: given(values.memory, bytesOf),
    ...written(values),
  };
}

/** @throws UsageError in words for the person who typed it */
export function mergeCommand(values: OptionValues, profiles: readonly string[]): MergeCommand {
  if (profiles.length === 0) throw new UsageError("merge needs at least one profile");
  return { command: "merge", profiles, ...written(values) };
}

/** @throws UsageError for an output without a name, and for a file in the wrong option */
export function written({ output, json }: OptionValues): Written {
  if (output === "") throw new UsageError("--output needs a file, got none");
  if (json !== undefined && json !== "-") {
    throw new UsageError(`--json takes no file here, got ${JSON.stringify(json)}; --output names it`);
  }
  return { output, json: json !== undefined };
}
