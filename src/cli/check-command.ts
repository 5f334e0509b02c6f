/** From the words of a command line to a suite of checks, run or made. */

import type { PresetName } from "../checks/suite.js";
import { presetNames } from "../checks/suite-schema.js";
import { qualityOf } from "./compare-command.js";
import { outputsOf } from "./outputs.js";
import { type Written, written } from "./profile-command.js";
import { UsageError } from "./usage-error.js";
import { bytesOf, countOf, given, listed, namesOf, oneOf, toleranceOf } from "./values.js";
import { conditionOf, type TypedCondition } from "./where.js";
import type { OptionValues } from "./words.js";

export interface CheckCommand {
  readonly command: "check";
  /** A file. */
  readonly suite: string;
  /** A file, a pattern of files, a profile, or `-`. */
  readonly reference: string;
  readonly current: string;
  readonly where: readonly TypedCondition[];
  readonly quality: boolean | undefined;
  readonly threads: number | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
  readonly outputs: ReturnType<typeof outputsOf>;
}

export interface SuiteCommand extends Written {
  readonly command: "suite";
  /** Left out where the suite consists of presets. */
  readonly reference: string | undefined;
  readonly presets: readonly PresetName[];
  readonly columns: readonly string[] | undefined;
  readonly expectedRows: number | undefined;
  readonly tolerance: number | undefined;
  readonly threads: number | undefined;
  /** Bytes. */
  readonly memory: number | undefined;
}

/** @throws UsageError in words for the person who typed it */
export function checkCommand(values: OptionValues, files: readonly string[]): CheckCommand {
  const [suite, reference, current] = files;
  if (suite === undefined || reference === undefined || current === undefined || files.length > 3) {
    const hint = files.length > 3 ? "; several files of one side are a pattern in quotes" : "";
    throw new UsageError(`check needs three files, suite, reference and current, got ${files.length}${hint}`);
  }
  if (suite === "-") throw new UsageError("the suite is a file; - can be a table");
  if (reference === "-" && current === "-")
    throw new UsageError("the standard input can be one side only, got - twice");
  return {
    command: "check",
    ...{ suite, reference, current },
    where: (values.where ?? []).map(conditionOf),
    quality: qualityOf(values),
    threads: given(values.threads, (text) => countOf("threads", text, 1)),
    memory: given(values.memory, bytesOf),
    outputs: outputsOf(values),
  };
}

/** @throws UsageError in words for the person who typed it */
export function suiteCommand(values: OptionValues, files: readonly string[]): SuiteCommand {
  const presets = listed(values.preset ?? "").map((name) => oneOf("preset", name, presetNames));
  if (files.length > 1) {
    throw new UsageError(`suite needs one reference, got ${files.length}; several files of it are a pattern in quotes`);
  }
  if (files.length === 0 && presets.length === 0) {
    throw new UsageError("suite needs a reference, or --preset");
  }
  return {
    command: "suite",
    reference: files[0],
    presets,
    columns: namesOf("columns", values.columns),
    expectedRows: given(values["expected-rows"], (text) => countOf("expected-rows", text, 1)),
    tolerance: given(values.tolerance, toleranceOf),
    threads: given(values.threads, (text) => countOf("threads", text, 1)),
    memory: given(values.memory, bytesOf),
    ...written(values),
  };
}
