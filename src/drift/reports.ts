/** From findings to reports: everything that was looked at is decided together. */
import { version } from "../engine/version.js";
import { type Change, changeInWords, missingChange } from "./change.js";
import type { ColumnFindings } from "./columns.js";
import { datasetVerdict } from "./dataset.js";
import { type Decision, digits } from "./decide.js";
import { type BoundedDecision, decideWithinBounds } from "./decide-within-bounds.js";
import type { Examined } from "./examine-tables.js";
import { falseAlarmsOf, type Tested } from "./false-alarms.js";
import type { Settings } from "./options.js";
import type { ColumnReport, DriftReport } from "./report.js";
import { warningsOf } from "./warnings.js";

/** One report for each comparison, with p-values adjusted over all columns of all of them. */
export function reportsOf(examined: readonly Examined[], settings: Settings): DriftReport<Settings>[] {
  const decisions = decideWithinBounds(
    examined.flatMap(({ columns }) => [...columns.values()]),
    settings,
  );
  let next = 0;
  return examined.map(({ rows, columns: found, warnings, paired = false, quality }) => {
    const columns = Object.fromEntries(
      [...found].map(([name, findings]) => [name, reportOf(name, findings, decisions[next++]!, settings)]),
    );
    const reports = Object.values(columns);
    return {
      format: 1,
      version,
      rows,
      dataset: datasetVerdict(reports, settings),
      columns,
      warnings: [...warnings, ...warningsOf({ rows, paired }, reports)],
      falseAlarms: falseAlarmsOf([testedIn(found, reports)], settings),
      settings,
      ...(quality && { quality }),
    };
  });
}

/** What false alarms can come from: the columns that were judged. */
export function testedIn(found: Examined["columns"], reports: readonly ColumnReport[]): Tested[] {
  return reports
    .filter(({ status, severity }) => status === "ok" || severity !== "none")
    .map(({ column, pValue, warnings }) => ({
      ...{ column, pValue, level: found.get(column)!.level },
      doubtful: warnings.length > 0,
    }));
}

function reportOf(column: string, found: ColumnFindings, decision: BoundedDecision, settings: Settings): ColumnReport {
  const effects = found.value?.effects ?? [];
  const bounds = {
    ...(found.value?.bounds?.statistic && { statistic: found.value.bounds.statistic }),
    ...decision.bounds,
  };
  const exact = !found.value?.bounds && effects.every(({ interval }) => interval === undefined);
  const { signal, effect } = decision;
  const judged = found.status === "ok" || found.availability?.pValue != null;
  const changes = changesOf(found, decision, settings);
  return {
    column,
    kind: found.kind,
    type: found.type,
    method: found.method,
    status: found.status,
    reason:
      found.status === "ok" ? `${decision.reason}${dependent(found, signal)}` : withReason(found.reason, decision),
    change: changeInWords(changes, found.kind),
    changes,
    statistic: found.value?.statistic ?? null,
    pValue: decision.pValue,
    adjustedPValue: decision.adjustedPValue,
    exact,
    ...(Object.keys(bounds).length > 0 && { bounds }),
    signal,
    effect: effect?.value ?? null,
    effectName: effect?.name ?? null,
    threshold: effect?.threshold ?? null,
    effects,
    drifted: judged && decision.severity === "drift",
    severity: decision.severity,
    warnings: found.warnings,
    availability: found.availability,
    summary: found.summary,
    shape: found.shape,
    categories: found.categories,
    dependence: found.dependence,
    ...(found.value?.edges && { edges: found.value.edges }),
  };
}

/** Of the values and of what is missing, that behind the verdict first; none where all may be chance. */
function changesOf(
  found: ColumnFindings,
  { adjustedPValue, severity, signal }: Decision,
  settings: Settings,
): Change[] {
  const level = Math.max(found.level ?? settings.level, settings.possibleLevel);
  if (severity === "none" && (adjustedPValue ?? 1) > level) return [];
  const missing =
    found.availability && (found.availability.pValue ?? 1) <= level ? missingChange(found.availability) : [];
  return signal === "availability" ? [...missing, ...found.changes] : [...found.changes, ...missing];
}

/** What dependent rows did to the p-value. */
function dependent({ dependence }: ColumnFindings, signal: Decision["signal"]): string {
  const factor = signal === null ? null : (dependence?.[signal] ?? null);
  return factor === null || factor < 1.005 ? "" : `; rows depend on each other: variance × ${digits(factor)}`;
}

/** A column whose values could not be judged may still have drifted by its missing values. */
function withReason(reason: string, { severity, reason: verdict }: Decision): string {
  return severity === "none" ? reason : `${reason}; ${verdict}`;
}
