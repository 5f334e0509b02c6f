/** `renderJunit`: a report, or the results of checks, as the XML that test reporters of CI systems read. */
import type { CheckResult, SuiteResult } from "../checks/suite-result.js";
import { columnName } from "../drift/column-name.js";
import type { CorrelationDrift } from "../drift/correlations.js";
import type { ColumnReport, DriftReport, SegmentReport } from "../drift/report.js";
import { shown } from "../statistics/option-checks.js";
import { rowWords } from "./check-words.js";
import { checkRendering } from "./checked-options.js";
import { truncate } from "./display-width.js";
import { counted, grouped, pValueText, threeDigits } from "./numbers.js";
import { type SideNames, structural, verdictOf } from "./verdict.js";
import { shownEffect } from "./why.js";
import { xmlAttributes, xmlText } from "./xml.js";

export interface JunitOptions {
  /** Results of checks: these are the tests then. */
  readonly checks?: SuiteResult;
  /** What both sides are called. */
  readonly names?: SideNames;
  /** When it was compared, ISO 8601; not told if not given, so that equal reports are equal files. */
  readonly timestamp?: string;
}

/** Characters of names, and of messages. */
const longestName = 200;
const longestMessage = 500;

type Result = "failure" | "error" | "skipped" | "pass";

interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly result: Result;
  readonly type: string;
  readonly message: string;
  readonly details: string;
}

interface TestSuite {
  readonly name: string;
  readonly cases: readonly TestCase[];
}

type Property = readonly [name: string, value: string];

/**
 * Without checks a test for each column: a failure where it drifted, vanished, appeared or changed its type, skipped where it
 * could not be judged; each segment is a suite of its own, and correlations are one with a failure for each pair that
 * changed. With checks a test for each result: warnings pass and say so in their output.
 *
 * The layout is that of the schema junit-10 of Jenkins' xUnit plugin, which GitLab and the actions of GitHub read too.
 * The XML is well-formed whatever the names. Times are 0: columns are not timed one by one.
 *
 * @throws TypeError for what is no report, no result of checks or no names, RangeError for options that there are not
 */
export function renderJunit(report: DriftReport, options: JunitOptions = {}): string {
  checkRendering("renderJunit", report, options, ["checks", "names", "timestamp"]);
  const { checks, names, timestamp } = options;
  if (timestamp !== undefined && typeof timestamp !== "string") {
    throw new TypeError(`renderJunit: timestamp must be a text, got ${shown(timestamp)}`);
  }
  const suites = checks ? [suiteOfChecks(checks)] : suitesOf(report);
  const properties = propertiesOf(report, names);
  const lines = suites.flatMap((suite) => suiteLines(suite, properties, timestamp));
  const { tests, failures, errors } = countsOf(suites.flatMap(({ cases }) => cases));
  const total = xmlAttributes({ name: "smirnov", tests, failures, errors, time: 0 });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${total}>`, ...lines, "</testsuites>", ""].join("\n");
}

function suitesOf({ columns, segments = {}, correlations }: DriftReport): TestSuite[] {
  const cases = (of: { readonly [name: string]: ColumnReport }, classname: string): TestCase[] =>
    Object.values(of).map((column) => columnCase(column, classname));
  return [
    { name: "columns", cases: cases(columns, "smirnov.columns") },
    ...Object.entries(segments).map(([key, segment]) => ({
      name: `segment ${key}`,
      cases: segment.status === "ok" ? cases(segment.columns, `smirnov.segments.${key}`) : [segmentCase(key, segment)],
    })),
    ...(correlations ? [{ name: "correlations", cases: correlationCases(correlations) }] : []),
  ];
}

/** One for each coefficient that changed, else one that passes. */
function correlationCases({ drifted, tested, threshold, level, pairs }: CorrelationDrift): TestCase[] {
  const rule = `by ${threshold} or more, p ≤ ${level}`;
  const message = `${grouped(drifted)} of ${counted(tested, "coefficient")} changed (${rule})`;
  const base = { classname: "smirnov.correlations", type: "drift" };
  if (drifted === 0) return [{ ...base, name: "all pairs", result: "pass", message, details: message }];
  return pairs
    .filter((pair) => pair.drifted)
    .map(({ columns, method, reference, current, adjustedPValue }) => {
      const change = `${threeDigits(reference)} → ${threeDigits(current)}, adjusted p ${pValueText(adjustedPValue)}`;
      const name = `${columns.map(columnName).join(" ~ ")} (${method})`;
      return { ...base, name, result: "failure", message: change, details: rule };
    });
}

function columnCase(column: ColumnReport, classname: string): TestCase {
  const { status, severity, change, reason, type, warnings } = column;
  const isNew = structural.has(status);
  const result = severity === "drift" || isNew ? "failure" : status === "ok" ? "pass" : "skipped";
  const effect = shownEffect(column);
  const size = effect && (effect.infinite ? "infinite" : threeDigits(effect.value));
  const details = [
    reason,
    ...(change === "" ? [] : [change]),
    `types: ${type.map((name) => name ?? "none").join(" → ")}`,
    ...(column.method === null ? [] : [`method: ${column.method}, adjusted p ${pValueText(column.adjustedPValue)}`]),
    ...(effect === null ? [] : [`effect: ${effect.name} ${size}, matters from ${threeDigits(effect.threshold)}`]),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
  const tells = result !== "pass" || severity !== "none" || warnings.length > 0;
  return {
    name: columnName(column.column),
    classname,
    result,
    type: result === "skipped" || isNew ? status : severity,
    message: result === "failure" && change !== "" ? change : reason,
    details: tells ? details.join("\n") : "",
  };
}

function segmentCase(key: string, { status, reason }: SegmentReport): TestCase {
  const classname = `smirnov.segments.${key}`;
  return { name: "rows", classname, result: "skipped", type: status, message: reason, details: "" };
}

function suiteOfChecks(checks: SuiteResult): TestSuite {
  return { name: checks.suite ?? "checks", cases: checks.results.map(checkCase) };
}

const results = { fail: "failure", error: "error", skip: "skipped", warn: "pass", pass: "pass" } as const;

function checkCase(result: CheckResult): TestCase {
  const { name, status, reason, column, segment } = result;
  const rows = rowWords(result);
  const of = column === null ? "table" : columnName(column);
  const text = status === "warn" ? `warning: ${reason}` : reason;
  return {
    name,
    classname: segment === null ? `smirnov.checks.${of}` : `smirnov.checks.${of}.${segment}`,
    result: results[status],
    type: status,
    message: reason,
    details: status === "pass" ? "" : [text, ...(rows === "" ? [] : [rows])].join("\n"),
  };
}

function propertiesOf({ dataset, rows, version, settings }: DriftReport, names: SideNames | undefined): Property[] {
  return [
    ...(names
      ? ([
          ["reference", names.reference],
          ["current", names.current],
        ] as const)
      : []),
    ["referenceRows", `${rows.reference}`],
    ["currentRows", `${rows.current}`],
    ["verdict", verdictOf(dataset)],
    ["reason", dataset.reason],
    ["correction", settings.correction],
    ["level", `${settings.level}`],
    ["smirnov", version],
  ];
}

function suiteLines(
  { name, cases }: TestSuite,
  properties: readonly Property[],
  timestamp: string | undefined,
): string[] {
  const own = xmlAttributes({
    name: truncate(name, longestName),
    ...countsOf(cases),
    ...skippedOf(cases),
    time: 0,
    timestamp,
  });
  return [
    `  <testsuite${own}>`,
    "    <properties>",
    ...properties.map(([key, value]) => {
      return `      <property${xmlAttributes({ name: key, value: truncate(value, longestMessage) })}/>`;
    }),
    "    </properties>",
    ...cases.flatMap(caseLines),
    "  </testsuite>",
  ];
}

function caseLines({ name, classname, result, type, message, details }: TestCase): string[] {
  const cut = { name: truncate(name, longestName), classname: truncate(classname, longestName) };
  const head = `    <testcase${xmlAttributes({ ...cut, time: 0 })}`;
  const text = details
    .split("\n")
    .map((line) => xmlText(truncate(line, longestMessage)))
    .join("\n");
  if (result === "pass") {
    return details === "" ? [`${head}/>`] : [`${head}>`, `      <system-out>${text}</system-out>`, "    </testcase>"];
  }
  const own = xmlAttributes({ message: truncate(message, longestMessage), type });
  const element = result === "skipped" || text === "" ? `<${result}${own}/>` : `<${result}${own}>${text}</${result}>`;
  return [`${head}>`, `      ${element}`, "    </testcase>"];
}

function countsOf(cases: readonly TestCase[]) {
  const count = (result: Result): number => cases.filter((one) => one.result === result).length;
  return { tests: cases.length, failures: count("failure"), errors: count("error") };
}

function skippedOf(cases: readonly TestCase[]) {
  return { skipped: cases.filter(({ result }) => result === "skipped").length };
}
