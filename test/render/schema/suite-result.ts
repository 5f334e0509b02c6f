/** docs/suite-result.schema.json: what `check` returns. */
import type { CheckResult, CheckStatus, SuiteResult } from "../../../dist/checks/suite-result.js";
import type { MetricSide } from "../../../dist/metrics/metric.js";
import { rowFilter } from "./filter.ts";
import {
  among,
  constant,
  count,
  either,
  list,
  nullable,
  number,
  object,
  optional,
  type Schema,
  text,
  truth,
} from "./words.ts";

const value = either(number, text, truth);
const result = object<CheckResult>({
  name: text,
  status: among<CheckStatus>({ pass: true, fail: true, warn: true, error: true, skip: true }),
  reason: text,
  metric: text,
  column: nullable(text),
  of: nullable(text),
  side: nullable(among<MetricSide>({ reference: true, current: true })),
  segment: nullable(text),
  where: nullable(rowFilter),
  critical: truth,
  actual: nullable(value),
  expected: text,
  rows: optional(object<NonNullable<CheckResult["rows"]>>({ count, indices: list(count) })),
});

export const suiteResultSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Result of a suite of checks",
  description: "What `check` of Smirnov returns, and `smirnov check --json` prints.",
  ...object<SuiteResult>({
    format: constant(1),
    suite: nullable(text),
    passed: truth,
    counts: object<SuiteResult["counts"]>({ pass: count, fail: count, warn: count, error: count, skip: count }),
    results: list(result),
  }),
};
