/** The renderings that a command line asks for, each to a file or to the standard output. */
import type { SuiteResult } from "../checks/suite-result.js";
import type { DriftReport } from "../drift/report.js";
import type { SideNames } from "../render/verdict.js";
import type { Output } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import type { OptionValues } from "./words.js";
import { type Target, writeWhole } from "./write-file.js";

/** In the order in which they are written. */
export const formats = ["html", "json", "markdown", "junit", "csv", "arrow"] as const;

export type Format = (typeof formats)[number];

/** @throws UsageError for an output without a file, and for two to the standard output */
export function outputsOf(values: OptionValues): readonly (Target & { readonly option: Format })[] {
  const targets = formats.flatMap((option) => {
    const path = values[option];
    return path === undefined ? [] : [{ option, path }];
  });
  const nowhere = targets.find(({ path }) => path === "");
  if (nowhere) throw new UsageError(`--${nowhere.option} needs a file, or - for the standard output, got ""`);
  const [one, other] = targets.filter(({ path }) => path === "-");
  if (other) {
    throw new UsageError(`--${one!.option} and --${other.option} cannot both go to the standard output; name a file`);
  }
  return targets;
}

/** What is rendered. */
export interface Rendered {
  readonly report: DriftReport;
  readonly checks?: SuiteResult;
  readonly names: SideNames;
}

/**
 * Writes all that was asked for.
 *
 * @returns whether something went to the standard output
 * @throws Error that names the file that could not be written
 */
export async function writeOutputs(
  targets: readonly (Target & { readonly option: Format })[],
  rendered: Rendered,
  output: Output,
): Promise<boolean> {
  for (const target of targets) {
    const content = await rendering(target.option, rendered);
    if (target.path === "-") output.write(content);
    else writeWhole(target, content);
  }
  return targets.some(({ path }) => path === "-");
}

/** Each is loaded when it is needed: pages have charts, which a comparison in the terminal can do without. */
async function rendering(format: Format, { report, checks, names }: Rendered): Promise<string | Uint8Array> {
  const options = { names, ...(checks && { checks }) };
  switch (format) {
    case "html":
      return (await import("../render/html/page.js")).renderHtml(report, options);
    case "json":
      return `${JSON.stringify(checks ?? report, null, 2)}\n`;
    case "markdown":
      return (await import("../render/markdown.js")).renderMarkdown(report, options);
    case "junit":
      return (await import("../render/junit.js")).renderJunit(report, options);
    case "csv":
      return (await import("../render/csv.js")).renderCsv(report);
    case "arrow":
      return (await import("../render/arrow/metrics-arrow.js")).toArrow(report);
  }
}

/** What a side is called to people. */
export function sideName(name: string): string {
  return name === "-" ? "standard input" : name;
}
