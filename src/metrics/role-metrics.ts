/** Metrics of what is asked besides the columns: whether the target, the predictions, all features together changed. */
import type { ConditionalChange, JointChange, KindOfChange } from "../drift/kind-of-change.js";
import { type Named, namedAll } from "./named.js";

export function kindMetrics({ kinds, features, target, prediction, concept, model, start }: KindOfChange): Named[] {
  return [
    ...namedAll(null, { changeKinds: JSON.stringify(kinds), driftedFeatures: features.drifted.length }),
    ...(target ? namedAll(null, { targetDrifted: target.drifted }) : []),
    ...(prediction ? namedAll(null, { predictionDrifted: prediction.drifted }) : []),
    ...(concept ? conditionalMetrics("concept", concept) : []),
    ...(model ? conditionalMetrics("model", model) : []),
    ...(start ? namedAll(null, { startDiffered: start.differed.length, startSince: start.since.length }) : []),
  ];
}

function conditionalMetrics(name: "concept" | "model", change: ConditionalChange): Named[] {
  return namedAll(null, {
    [`${name}Status`]: change.status,
    [`${name}Drifted`]: change.drifted,
    [`${name}Severity`]: change.severity,
    [`${name}PValue`]: change.pValue,
    [`${name}AdjustedPValue`]: change.adjustedPValue,
    [`${name}Effect`]: change.effect,
  });
}

export function jointMetrics({
  status,
  drifted,
  severity,
  auc,
  interval,
  pValue,
  adjustedPValue,
}: JointChange): Named[] {
  return namedAll(null, {
    jointStatus: status,
    jointDrifted: drifted,
    jointSeverity: severity,
    jointAuc: auc,
    jointAucLow: interval?.[0],
    jointAucHigh: interval?.[1],
    jointPValue: pValue,
    jointAdjustedPValue: adjustedPValue,
  });
}

/** What the classifier went by, of the columns that it used. */
export function importanceMetrics(joint: JointChange | undefined): ReadonlyMap<string, Named[]> {
  const rows = joint?.importances ?? [];
  return new Map(rows.map(({ column, share }) => [column, namedAll(null, { jointImportance: share })]));
}
