/** Whether what a rule says of a window holds, for each subject that it is about. */
import {
  type Answer,
  atMost,
  equal,
  every,
  exactly,
  less,
  oneOfThem,
  opposite,
  type Range,
} from "../checks/operators.js";
import { scaled } from "../checks/scale.js";
import type { MetricValue } from "../metrics/metric.js";
import type { AlertCondition } from "./alert-rule.js";
import type { Found, WindowMetrics } from "./window-metrics.js";
import { seriesOf } from "./window-metrics.js";

/** `between`: it does not hold, and a firing alert does not end by it. */
export type Held = "yes" | "between" | "no";

export interface Outcome {
  readonly held: Held;
  /** What was found, by condition. */
  readonly found: readonly FoundValue[];
  /** By the metric's name, what was found and what it was held against. */
  evidence(): { readonly [name: string]: MetricValue };
}

export interface FoundValue {
  readonly condition: AlertCondition;
  readonly value: MetricValue;
}

interface Part {
  readonly answer: Answer;
  /** Whether it is on the good side of what ends an alert. */
  readonly good: Answer;
  readonly value: MetricValue;
}

/** By subject; without those of which the window cannot tell. */
export function outcomes(conditions: readonly AlertCondition[], metrics: WindowMetrics): Map<string | null, Outcome> {
  const parts = conditions.map((condition) => ({ condition, found: metrics.of(condition) }));
  const varying = parts.filter(({ condition }) => isOfEach(condition));
  const fixed = subjectOf(conditions);
  const subjects = varying.length === 0 ? [fixed] : [...new Set(varying.flatMap(({ found }) => [...found.keys()]))];
  const told = new Map<string | null, Outcome>();
  for (const subject of subjects) {
    const judged = parts.map(({ condition, found }) => {
      const own = isOfEach(condition) ? found.get(subject) : [...found.values()][0];
      return { condition, part: partOf(condition, own ?? []) };
    });
    const held = together(judged.map(({ part }) => part));
    if (held === null) continue;
    const all = judged.map(({ condition, part: { value } }) => ({ condition, value }));
    told.set(subject, { held, found: all, evidence: () => evidenceOf(all) });
  }
  return told;
}

/** Whether it is each column, or each series, on its own. */
export function isOfEach({ metric, column }: AlertCondition): boolean {
  return column === "*" || seriesOf(metric)?.name === "*";
}

/** What a rule that is about one thing is about. */
function subjectOf(conditions: readonly AlertCondition[]): string | null {
  const names = conditions.map(({ metric, column }) => column ?? seriesOf(metric)?.name);
  return names.find((name) => name !== undefined) ?? null;
}

/** `null` where it cannot be told. */
function together(parts: readonly Part[]): Held | null {
  if (parts.some(({ good }) => good === "yes")) return "no";
  if (parts.every(({ answer }) => answer === "yes")) return "yes";
  return parts.some(({ answer, good }) => answer === "open" || good === "open") ? null : "between";
}

function partOf(condition: AlertCondition, found: readonly Found[]): Part {
  const parts = found.map((one) => partOfOne(condition, one));
  // Any one of several is enough to hold; it ends when all are good.
  const holds = parts.find(({ answer }) => answer === "yes");
  if (holds) return holds;
  const [first] = parts;
  if (!first) return { answer: "open", good: "open", value: null };
  const any = opposite(every(parts.map(({ answer }) => opposite(answer))));
  return { answer: any, good: every(parts.map(({ good }) => good)), value: first.value };
}

function partOfOne(condition: AlertCondition, { value, interval }: Found): Part {
  const range = rangeOf(value, interval);
  if (!range) return { answer: "open", good: "open", value: null };
  const answer = holds(condition, range);
  const good = condition.clear === undefined ? opposite(answer) : isGood(condition, range);
  return { answer, good, value };
}

function rangeOf(value: MetricValue, interval: Found["interval"]): Range | null {
  if (value === null) return null;
  const scale = typeof value === "boolean" ? "truth" : typeof value === "string" ? "text" : "number";
  const [low, high] = (interval ?? [value, value]).map((end) => scaled(end, scale));
  return low == null || high == null ? null : { low, high, slack: 0 };
}

function holds(condition: AlertCondition, actual: Range): Answer {
  const { gt, gte, lt, lte, eq, notEq, in: list } = condition;
  const isNumber = typeof actual.low === "number" || typeof actual.low === "bigint";
  const ordered = (limit: number | undefined, answer: (limit: Range) => Answer): Answer[] =>
    limit === undefined ? [] : [isNumber ? answer(exactly(limit)) : "open"];
  return every([
    ...ordered(gt, (limit) => opposite(atMost(actual, limit))),
    ...ordered(gte, (limit) => opposite(less(actual, limit))),
    ...ordered(lt, (limit) => less(actual, limit)),
    ...ordered(lte, (limit) => atMost(actual, limit)),
    ...(eq === undefined ? [] : [same(actual, eq)]),
    ...(notEq === undefined ? [] : [opposite(same(actual, notEq))]),
    ...(list === undefined
      ? []
      : [
          oneOfThem(
            actual,
            list.filter((one) => typeof one === typeof actual.low),
          ),
        ]),
  ]);
}

/** Values of different types are not the same. */
function same(actual: Range, wanted: number | string | boolean): Answer {
  return typeof wanted === typeof actual.low ? equal(actual, exactly(wanted)) : "no";
}

function isGood({ clear, gt, gte }: AlertCondition, actual: Range): Answer {
  const limit = exactly(clear!);
  return gt !== undefined || gte !== undefined ? atMost(actual, limit) : opposite(less(actual, limit));
}

export const operatorsOf = ["gt", "gte", "lt", "lte", "eq", "notEq", "in"] as const;

/** `amount.missingShare`, `drifted`, `f1 of yes` */
export function labelOf({ metric, column, segment, side, of }: AlertCondition): string {
  const named = column === undefined || column === "*" ? metric : `${column}.${metric}`;
  const parts = [named, of === undefined ? "" : `of ${of}`, side === "reference" ? "of the reference" : ""];
  return [...parts, segment === undefined ? "" : `where ${segment}`].filter((part) => part !== "").join(" ");
}

function evidenceOf(found: readonly FoundValue[]): ReturnType<Outcome["evidence"]> {
  const entries = found.flatMap(({ condition, value }) => {
    const label = labelOf(condition);
    const limits = operatorsOf.flatMap((name): [string, MetricValue][] => {
      const limit = condition[name];
      return limit === undefined ? [] : [[`${label} ${name}`, typeof limit === "object" ? limit.join(", ") : limit]];
    });
    return [[label, value] as [string, MetricValue], ...limits];
  });
  return Object.fromEntries(entries);
}
