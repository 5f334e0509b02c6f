/** Conditions that pipelines obey: suites, where they come from, and what they find. */
export { check } from "./check.js";
export { parseSuite, SuiteError } from "./parse-suite.js";
export { preset } from "./presets.js";
export { type RunSuiteOptions, runSuite } from "./run-suite.js";
export type { Schema } from "./schema.js";
export type {
  Approximation,
  Check,
  FromReference,
  Operand,
  Operators,
  PresetName,
  Suite,
  SuiteComparison,
} from "./suite.js";
export { type SuiteFromOptions, suiteFrom } from "./suite-from.js";
export type { CheckResult, CheckStatus, SuiteResult } from "./suite-result.js";
export { suiteSchema } from "./suite-schema.js";
export { suiteToYaml } from "./suite-to-yaml.js";
