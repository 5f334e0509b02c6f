/** From findings to reports: everything that was looked at is decided together. */
import type { ColumnFindings } from "./columns.js";
import { datasetVerdict } from "./dataset.js";
import { type Decision, decide } from "./decide.js";
import type { Examined } from "./examine-tables.js";
import type { Settings } from "./options.js";
import type { ColumnReport, DriftReport } from "./report.js";

/** One report for each comparison, with p-values adjusted over all columns of all of them. */
export function reportsOf(examined: readonly Examined[], settings: Settings): DriftReport[] {
  const decisions = decide(
    examined.flatMap(({ columns }) => [...columns.values()]),
    settings,
  );
  let next = 0;
  return examined.map(({ rows, columns: found }) => {
    const columns = Object.fromEntries(
      [...found].map(([name, findings]) => [name, reportOf(name, findings, decisions[next++]!)]),
    );
    const { level, possibleLevel, correction, minimumValues } = settings;
    return {
      format: 1,
      rows,
      dataset: datasetVerdict(Object.values(columns), settings.share),
      columns,
      settings: { level, possibleLevel, correction, minimumValues },
    };
  });
}

function reportOf(column: string, found: ColumnFindings, decision: Decision): ColumnReport {
  const effects = found.value?.effects ?? [];
  const { signal, effect } = decision;
  const judged = found.status === "ok" || found.availability?.pValue != null;
  return {
    column,
    kind: found.kind,
    type: found.type,
    method: found.method,
    status: found.status,
    reason: found.status === "ok" ? decision.reason : withReason(found.reason, decision),
    statistic: found.value?.statistic ?? null,
    pValue: decision.pValue,
    adjustedPValue: decision.adjustedPValue,
    signal,
    effect: effect?.value ?? null,
    effectName: effect?.name ?? null,
    threshold: effect?.threshold ?? null,
    effects,
    drifted: judged && decision.severity === "drift",
    severity: decision.severity,
    availability: found.availability,
    summary: found.summary,
    shape: found.shape,
  };
}

/** A column whose values could not be judged may still have drifted by its missing values. */
function withReason(reason: string, { severity, reason: verdict }: Decision): string {
  return severity === "none" ? reason : `${reason}; ${verdict}`;
}
