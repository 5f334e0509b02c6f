/** `check`: whether what a report, a table or a profile is like is what it should be. */
import { plainFilter } from "../column/filter-rows.js";
import { columnName } from "../drift/column-name.js";
import type { MetricDefinition, Need } from "../metrics/definition.js";
import type { Metric } from "../metrics/metric.js";
import type { Measured } from "../metrics/metrics-of.js";
import { suggestion } from "../statistics/suggest.js";
import { canonical } from "./canonical.js";
import { judged, type Verdict } from "./conditions.js";
import { figures } from "./figures.js";
import { definitionFor, type MetricIndex, metricIndex, scaleOf, sideOf } from "./metric-index.js";
import { isFromReference, isUnresolved, type Unresolved } from "./operand.js";
import { presetChecks } from "./presets.js";
import type { Check, Suite } from "./suite.js";
import { checkedSuite } from "./suite-problems.js";
import type { CheckResult, CheckStatus, SuiteResult } from "./suite-result.js";
import { isLost, lost, segmentUnanswered, unanswered } from "./unanswered.js";
import { conditionWords, nameOf, namesDifference, subjectWords } from "./words.js";

/**
 * Checks conditions on the metrics of a result.
 *
 * A value that is not known exactly (estimates and quantiles of profiles, bounds between profiles) passes or fails where
 * all that it may be does; otherwise the check warns, and the reason says so. A metric without a value is skipped: there is
 * nothing to check. What the result should have and does not is an error: a column that is not there, a metric that was not
 * computed, or a check with a `where` of its own, unless the report was made with the same one (`runSuite` makes them).
 *
 * @param result  what `compare`, `quality`, `modelQuality` or `profile` returned
 * @param suite  a suite, or its checks
 * @returns a result for each check, and for each column and segment that it names, in the order of the suite: presets first
 * @throws TypeError, RangeError  for what is no suite; all that is wrong with it is listed
 */
export function check(result: Measured, suite: Suite | readonly Check[]): SuiteResult {
  const checked = checkedSuite("check", suite);
  const index = metricIndex(result);
  return suiteResult(
    checked.name ?? null,
    checksOf(checked).flatMap((one) => checkOne(one, index)),
  );
}

/** Those of the presets, then its own. */
export function checksOf({ presets = [], checks = [] }: Suite): Check[] {
  return [...presets.flatMap(presetChecks), ...checks];
}

export function suiteResult(suite: string | null, results: readonly CheckResult[]): SuiteResult {
  const count = (status: CheckStatus): number => results.filter((result) => result.status === status).length;
  const counts = {
    pass: count("pass"),
    fail: count("fail"),
    warn: count("warn"),
    error: count("error"),
    skip: count("skip"),
  };
  return { format: 1, suite, passed: counts.fail === 0 && counts.error === 0, counts, results };
}

/** What one check found, in the order of segments and columns. */
export function checkOne(one: Check, index: MetricIndex): CheckResult[] {
  const definition = definitionFor(one.metric, one.column !== undefined);
  if (!definition) return [result(one, {}, { status: "error", reason: `there is no metric ${figures(one.metric)}` })];
  if (one.where !== undefined && canonical(plainFilter(one.where)) !== canonical(index.where)) {
    const reason = "these rows were not compared on their own: runSuite does it";
    return [result(one, {}, { status: "error", reason })];
  }
  return segmentsOf(one, index).flatMap((segment) =>
    isUnresolved(segment)
      ? [result(one, { segment: one.segment ?? null }, segment)]
      : checkIn(one, definition, index, segment.key),
  );
}

function segmentsOf({ segment }: Check, { segments }: MetricIndex): ({ readonly key: string | null } | Unresolved)[] {
  if (segment === undefined) return [{ key: null }];
  if (!segments) return [{ status: "error", reason: "nothing was compared by segments (by)" }];
  if (segment === "*") return Array.from(segments, (key) => ({ key }));
  if (segments.has(segment)) return [{ key: segment }];
  return [{ status: "error", reason: `there is no segment ${figures(segment)}${suggestion(segment, segments)}` }];
}

/** Of one segment: each column and each `of` that is meant. */
function checkIn(one: Check, definition: MetricDefinition, index: MetricIndex, segment: string | null): CheckResult[] {
  const byColumn = index.of(segment, one.metric);
  const names = columnsOf(one, byColumn, (column) =>
    isLater(definition, index.kindOf({ segment, column, side: null })),
  );
  if (names.length === 0) {
    const reason = segmentUnanswered(one, segment, index) ?? noneReason(definition, index);
    return [result(one, { segment, column: "*" }, reason)];
  }
  return names.flatMap((column) => {
    const found = chosen(one, definition, byColumn, column);
    if (found.length > 0) return found.map((metric) => judge(one, definition, index, metric, byColumn));
    return [result(one, { segment, column }, missingReason(one, definition, index, segment, column))];
  });
}

function columnsOf(
  { column }: Check,
  byColumn: ReadonlyMap<string | null, unknown>,
  leftOut: (column: string) => boolean,
): (string | null)[] {
  if (column === undefined) return [null];
  const all = (): string[] => [...byColumn.keys()].filter((key) => key !== null && !leftOut(key)) as string[];
  return [...new Set([column].flat().flatMap((name) => (name === "*" ? all() : [name])))];
}

/** Current points in time are always later: whether they leave the reference's range is only asked of columns by name. */
function isLater({ needs }: MetricDefinition, kind: string | null): boolean {
  return needs === "change" && kind === "temporal";
}

/** Metrics of the side; of a pair of columns in either order. */
function chosen(
  { of, side, column: asked }: Check,
  definition: MetricDefinition,
  byColumn: ReadonlyMap<string | null, readonly Metric[]>,
  column: string | null,
): Metric[] {
  const wanted = sideOf(definition, side);
  const pair = definition.subjects.includes("pair");
  const own = (byColumn.get(column) ?? []).filter((metric) => metric.side === wanted);
  if (pair) {
    if (asked === "*" && (of === undefined || of === "*")) return own;
    const turned = [...byColumn.values()].flat().filter((metric) => metric.side === wanted && metric.of === column);
    const both = [...own, ...(asked === "*" ? [] : turned)];
    const other = (metric: Metric): string | null => (metric.column === column ? metric.of : metric.column);
    if (asked === "*") return own.filter((metric) => metric.of === of || metric.column === of);
    return of === undefined || of === "*" ? both : both.filter((metric) => other(metric) === of);
  }
  if (of === "*") return own.filter((metric) => metric.of !== null);
  if (of !== undefined) return own.filter((metric) => metric.of === of);
  const whole = own.filter((metric) => metric.of === null);
  return whole.length > 0 ? whole : own;
}

function judge(
  one: Check,
  definition: MetricDefinition,
  index: MetricIndex,
  metric: Metric,
  byColumn: ReadonlyMap<string | null, readonly Metric[]>,
): CheckResult {
  const none = unanswered(one, definition, metric, index);
  if (none) return result(one, metric, none);
  const reference = (byColumn.get(metric.column) ?? []).find(
    ({ side, of }) => side === "reference" && of === metric.of,
  );
  const found = judged(one, metric, reference ?? null, scaleOf(definition, metric, index.kindOf(metric)));
  if (isUnresolved(found) && reference?.value === null && isLost(one, definition, reference, index)) {
    return result(one, metric, lost(one, found.reason));
  }
  const told = result(one, metric, found);
  if (definition.value !== "names" || told.status === "pass" || one.eq === undefined) return told;
  const wanted = isFromReference(one.eq) ? (reference?.value ?? null) : one.eq;
  const difference = namesDifference(metric.value, wanted);
  return difference === null
    ? told
    : { ...told, reason: `${subjectWords(told)} is not as it should be: ${difference}` };
}

function noneReason({ needs, name }: MetricDefinition, index: MetricIndex): Unresolved {
  if (!index.has(needs)) return notComputed(name, needs);
  return { status: "skip", reason: `no column has ${name}` };
}

const needWords: Readonly<Record<Need, string>> = {
  rows: "a report, a table or a profile",
  quality: "quality",
  drift: "a comparison",
  change: "a comparison with quality",
  correlations: "a comparison with correlations",
  modelQuality: "modelQuality",
  roles: "a comparison with target, prediction or joint",
  pairBy: "a comparison with pairBy",
  by: "a comparison with by",
};

function notComputed(name: string, needs: Need): Unresolved {
  return { status: "error", reason: `${name} was not computed: it needs ${needWords[needs]}` };
}

function missingReason(
  check: Check,
  { needs }: MetricDefinition,
  index: MetricIndex,
  segment: string | null,
  column: string | null,
): Unresolved {
  const blocked = segmentUnanswered(check, segment, index);
  if (blocked) return blocked;
  const { metric, of } = check;
  if (column !== null && !index.columns.has(column)) {
    return { status: "error", reason: `there is no column ${figures(column)}${suggestion(column, index.columns)}` };
  }
  if (!index.has(needs)) return notComputed(metric, needs);
  const why = column === null ? null : index.columnReason(segment, column);
  if (why) return { status: "error", reason: `${columnName(column!)} has no ${metric}: ${why}` };
  const what = column === null ? `there is no ${metric}` : `${columnName(column)} has no ${metric}`;
  if (of !== undefined) return { status: "error", reason: `${what} of ${figures(of)}${suggestion(of, index.others)}` };
  const kind = column === null ? null : index.kindOf({ segment, column, side: "current" });
  return { status: "error", reason: `${what}${kind === null ? "" : `: it is ${kind}`}` };
}

/** Fields of the metric that was looked at, as far as there is one. */
export function result(one: Check, about: Partial<Metric>, found: Verdict | Unresolved): CheckResult {
  const { metric, where = null, critical = true } = one;
  const { segment = null, column = typeof one.column === "string" ? one.column : null, of = one.of ?? null } = about;
  const place = { metric, column, of, side: about.side ?? one.side ?? null, segment };
  const actual = about.value ?? null;
  const expected = isUnresolved(found) ? conditionWords(one) : found.expected;
  const subject = subjectWords(place);
  const base = { metric, column, of, side: place.side, segment, where, critical, actual, expected };
  const name = nameOf(one, place);
  if (isUnresolved(found)) return { name, ...base, status: found.status, reason: `${subject}: ${found.reason}` };
  // Digits that are not shown may be those that decide.
  const value = found.answer !== "yes" && expected.includes(figures(actual)) ? figures(actual, 17) : figures(actual);
  const sentence = `${subject} is ${value}, should be ${expected.replace(/^= /, "")}`;
  if (found.answer === "open") {
    const [low, high] = about.interval!;
    const reason = `${sentence}: it is only known to lie between ${figures(low)} and ${figures(high)}, which leaves it open`;
    return { name, ...base, status: "warn", reason };
  }
  const status = found.answer === "yes" ? "pass" : critical ? "fail" : "warn";
  return { name, ...base, status, reason: sentence };
}
