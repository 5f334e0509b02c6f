/** What alerts remember of windows, and what a retraining is told. Plain data. */
import type { ColumnReport, DriftReport, Severity } from "../drift/report.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import type { DriftKindName } from "../monitor/drift-kind.js";
import type { WindowResult } from "../monitor/window-result.js";

/** A window, as somebody needs it to find its rows. */
export interface WindowReferenced {
  readonly id: string;
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** What was found in a window, of the columns that drifted or may have. */
export interface WindowEvidence extends WindowReferenced {
  readonly revision: number;
  readonly rows: number;
  readonly status: string;
  readonly drifted: boolean | null;
  readonly driftedShare: number | null;
  /** The worst first, at most 50. */
  readonly columns: readonly ColumnEvidence[];
}

export interface ColumnEvidence {
  readonly column: string;
  readonly severity: Severity;
  readonly change: string;
  readonly score: number | null;
  readonly effect: number | null;
  readonly effectName: string | null;
  readonly threshold: number | null;
  readonly adjustedPValue: number | null;
  readonly kind: DriftKindName | null;
  readonly kindConfidence: number | null;
}

/** What a `retrain` action sends. */
export interface RetrainRequest {
  readonly type: "retrain";
  readonly event: AlertEvent;
  readonly dataset: string;
  readonly model: string | null;
  readonly modelVersion: string | null;
  /** In which the rule held. */
  readonly windows: readonly WindowReferenced[];
  /** Of the latest windows, oldest first, these among them. */
  readonly history: readonly WindowEvidence[];
  readonly digest: string;
  /** Of the last window. */
  readonly report: DriftReport | null;
}

const mostColumns = 50;
const ranks: Readonly<Record<Severity, number>> = { drift: 3, possible: 2, unresolved: 1, none: 0 };

/** Those that are not as they were, the worst first: by severity, then by how far the effect is beyond its threshold. */
export function notableColumns(report: DriftReport | null): ColumnReport[] {
  return Object.values(report?.columns ?? {})
    .filter(({ severity }) => severity !== "none")
    .sort((one, other) => ranks[other.severity] - ranks[one.severity] || beyond(other) - beyond(one));
}

function beyond({ effect, threshold, status }: ColumnReport): number {
  if (effect === null || !threshold) return status === "ok" ? 0 : 1;
  return Math.abs(effect) / threshold;
}

export function windowEvidence(result: WindowResult): WindowEvidence {
  const { id, index, start, end, revision, rows, status, report, scores, kinds } = result;
  return {
    ...{ id, index, start, end, revision, rows, status },
    drifted: report?.dataset.drifted ?? null,
    driftedShare: report?.dataset.share ?? null,
    columns: notableColumns(report)
      .slice(0, mostColumns)
      .map(({ column, severity, change, effect, effectName, threshold, adjustedPValue }) => {
        const kind = Object.hasOwn(kinds, column) ? kinds[column]! : null;
        const score = Object.hasOwn(scores, column) ? scores[column]! : null;
        const [name, confidence] = [kind?.kind ?? null, kind?.confidence ?? null];
        const found = { column, severity, change, score, effect, effectName, threshold, adjustedPValue };
        return { ...found, kind: name, kindConfidence: confidence };
      }),
  };
}
