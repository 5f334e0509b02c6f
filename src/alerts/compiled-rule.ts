/** A rule, ready to be asked of window after window. */
import { createHash } from "node:crypto";
import type { WindowResult } from "../monitor/window-result.js";
import type { AlertCondition, AlertRule } from "./alert-rule.js";
import { notableColumns } from "./evidence.js";
import { type Timing, timingOf } from "./rule-history.js";
import { definitionOf, isOfWindow } from "./window-metrics.js";

export interface CompiledRule {
  readonly rule: AlertRule;
  readonly conditions: readonly AlertCondition[];
  readonly timing: Timing;
  /** And not of series, in which detectors find something too. */
  readonly isOfEachColumn: boolean;
  /** Whether another reference makes it another question. */
  readonly comparesWithReference: boolean;
  /** Of what decides about windows. */
  readonly fingerprint: string;
}

export function compiled(rule: AlertRule): CompiledRule {
  const conditions = [rule.when].flat() as AlertCondition[];
  const { when, for: hold, windows } = rule;
  return {
    rule,
    conditions,
    timing: timingOf(rule),
    isOfEachColumn: conditions.some(({ column, metric }) => column === "*" && metric !== "detections"),
    comparesWithReference: conditions.some(dependsOnReference),
    fingerprint: hashed([when, hold, windows]),
  };
}

/** Scores and kinds are of comparisons; so is all of a report that is not of the current side alone. */
function dependsOnReference(condition: AlertCondition): boolean {
  if (isOfWindow(condition)) return ["score", "kind", "kindConfidence"].includes(condition.metric);
  return condition.side === "reference" || definitionOf(condition)?.sides !== "each";
}

/** Whether the drift over time of the subject, else of all columns that drifted, is of a kind that the rule is not about. */
export function hasUnwantedKind({ rule }: CompiledRule, subject: string | null, result: WindowResult): boolean {
  const { unlessKind } = rule;
  if (!unlessKind) return false;
  const drifted = notableColumns(result.report).filter(({ severity }) => severity === "drift");
  const isColumn = subject !== null && Object.hasOwn(result.kinds, subject);
  const columns = isColumn ? [subject] : drifted.map(({ column }) => column);
  const isUnwanted = (column: string) =>
    Object.hasOwn(result.kinds, column) && unlessKind.includes(result.kinds[column]!.kind);
  return columns.length > 0 && columns.every(isUnwanted);
}

/** 32 hexadecimal digits of some plain data. */
export function hashed(data: unknown): string {
  return createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, 32);
}
