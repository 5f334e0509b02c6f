/** The verdict on a whole dataset. */
import type { ColumnReport, DatasetVerdict } from "./report.js";

/** Drifted when at least `threshold` of the judged columns drifted. */
export function datasetVerdict(columns: readonly ColumnReport[], threshold: number): DatasetVerdict {
  const judged = columns.filter(({ status, drifted }) => status === "ok" || drifted).length;
  const driftedColumns = columns.filter(({ drifted }) => drifted).length;
  const possibleColumns = columns.filter(({ severity }) => severity === "possible").length;
  const share = judged > 0 ? driftedColumns / judged : null;
  const drifted = share !== null && share >= threshold;
  const unjudged = columns.length - judged;
  return {
    drifted,
    share,
    threshold,
    columns: columns.length,
    judged,
    driftedColumns,
    possibleColumns,
    reason:
      share === null
        ? "no column could be judged"
        : `${driftedColumns} of ${judged} judged columns drifted, ${percent(share)} ${drifted ? "≥" : "<"} ${percent(threshold)}` +
          (unjudged > 0 ? `; ${unjudged} not judged` : ""),
  };
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
