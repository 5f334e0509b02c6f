/** `parseSuite`: suites from files, with the places of everything that is wrong with them. */
import { shown } from "../statistics/option-checks.js";
import { placed, type TextProblem } from "./placed-data.js";
import { readText } from "./read-text.js";
import type { Suite } from "./suite.js";
import { suiteProblems } from "./suite-problems.js";

/** A suite that cannot be used, with all that is wrong with it. */
export class SuiteError extends Error {
  override readonly name = "SuiteError";
  /** In the order of the text; lines and columns from 1. */
  readonly problems: readonly { readonly line: number; readonly column: number; readonly message: string }[];

  /** @param file what the text is called */
  constructor(file: string, problems: readonly TextProblem[]) {
    super(problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join("\n"));
    this.problems = problems.map(({ line, column, message }) => ({ line, column, message }));
  }
}

/**
 * Reads a suite of checks from YAML or JSON (docs/checks.md, docs/suite.schema.json).
 *
 * Text that begins with `{` is JSON, as is that of a name that ends with `.json`; all else is YAML 1.2, for which the
 * optional package `yaml` is loaded. `no`, `on` and dates are text there; whole numbers beyond 2^53 keep all digits.
 *
 * @param name  of the file, for messages: `suite.yaml:7:5: unknown metric "mising"; did you mean "missing"?`
 * @throws SuiteError with all problems, each with its line and column; TypeError for what is no text; Error when `yaml`
 *   is needed and not installed
 */
export async function parseSuite(text: string, name = "suite"): Promise<Suite> {
  if (typeof text !== "string") throw new TypeError(`parseSuite: needs the text of a suite, got ${shown(text)}`);
  if (typeof name !== "string") throw new TypeError(`parseSuite: name must be text, got ${shown(name)}`);
  const { data, problems } = await readText("parseSuite", text, name, "suite");
  if (!data || problems.length > 0) throw new SuiteError(name, problems);
  const found = suiteProblems(data.value);
  if (found.length > 0) throw new SuiteError(name, placed(data, found));
  const { $schema: _, ...suite } = data.value as Suite & { readonly $schema?: string };
  return suite;
}
