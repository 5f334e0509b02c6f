/** What renderings are given, checked before anything is written. */
import type { SuiteResult } from "../checks/suite-result.js";
import type { DriftReport } from "../drift/report.js";
import { knownOptions, shown } from "../statistics/option-checks.js";
import type { SideNames } from "./verdict.js";

/** Options that several renderings have. */
interface Common {
  readonly checks?: SuiteResult;
  readonly names?: SideNames;
}

/** @throws TypeError for what is no report, no result of checks or no names, RangeError for options that there are not */
export function checkRendering(name: string, report: DriftReport, options: Common, known: readonly string[]): void {
  knownOptions<Common>(name, options, known as readonly (keyof Common)[]);
  if (report?.format !== 1 || typeof report.columns !== "object") {
    throw new TypeError(`${name}: a report of compare is needed, got ${shown(report)}`);
  }
  const { checks, names } = options;
  if (checks !== undefined) checkResults(name, checks);
  for (const side of ["reference", "current"] as const) {
    if (names === undefined || typeof names?.[side] === "string") continue;
    throw new TypeError(`${name}: names must have a text for ${side}, got ${shown(names?.[side])}`);
  }
}

/** @throws TypeError for what `check` cannot have returned */
export function checkResults(name: string, checks: SuiteResult): void {
  if (checks?.format === 1 && Array.isArray(checks.results)) return;
  throw new TypeError(`${name}: the result of check is needed, got ${shown(checks)}`);
}
