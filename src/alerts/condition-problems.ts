/** What is wrong with a condition. */
import { scaleOfKind } from "../checks/metric-index.js";
import { definitionsOf, metricNames } from "../metrics/vocabulary.js";
import { shown } from "../statistics/option-checks.js";
import { suggestion } from "../statistics/suggest.js";
import type { AlertCondition } from "./alert-rule.js";
import { operatorsOf } from "./condition.js";
import { isObject, isText, type Problem, unknownKeys } from "./problems.js";
import {
  definitionOf,
  isOfWindow,
  seriesOf,
  seriesStatistics,
  textMetrics,
  windowMetricNames,
} from "./window-metrics.js";

const keys = ["metric", "column", "segment", "side", "of", ...operatorsOf, "clear"] as const;
const limits = ["gt", "gte", "lt", "lte"] as const;
export const kindNames = ["none", "instantaneous", "gradual", "temporary", "periodic", "undecided"];
const statuses = ["compared", "empty", "no-reference", "failed"];

export function conditionProblems(condition: unknown, path: Problem["path"]): Problem[] {
  if (!isObject(condition)) return [{ path, message: `a condition must be an object, got ${shown(condition)}` }];
  const problems = unknownKeys(condition, keys, path, "option of a condition");
  const told = condition as unknown as AlertCondition;
  if (!isText(told.metric)) return [...problems, { path, message: "a condition needs a metric" }];
  for (const key of ["column", "segment", "of"] as const) {
    if (told[key] !== undefined && typeof told[key] !== "string") {
      problems.push({ path: [...path, key], message: `${key} must be text, got ${shown(told[key])}` });
    }
  }
  const subject = isOfWindow(told) ? ofWindow(told, path) : ofReport(told, path);
  return [...problems, ...(subject ? [subject] : operatorProblems(told, path)), ...clearProblems(told, path)];
}

/** Names of series and of what only windows have. */
function ofWindow(condition: AlertCondition, path: Problem["path"]): Problem | null {
  const series = seriesOf(condition.metric);
  if (series && !seriesStatistics.includes(series.statistic)) {
    const near = suggestion(series.statistic, seriesStatistics) || `; there are ${seriesStatistics.join(", ")}`;
    const message = `a series has no ${JSON.stringify(series.statistic)}${near}`;
    return { path: [...path, "metric"], message };
  }
  const wrong = (["segment", "side", "of"] as const).find((key) => condition[key] !== undefined);
  const extra = series && condition.column !== undefined ? "column" : wrong;
  return extra ? { path: [...path, extra], onKey: true, message: `${condition.metric} has no ${extra}` } : null;
}

function ofReport(condition: AlertCondition, path: Problem["path"]): Problem | null {
  const { metric, column, side } = condition;
  const definitions = definitionsOf(metric);
  if (definitions.length === 0 && !windowMetricNames.includes(metric)) {
    const near =
      suggestion(metric, [...windowMetricNames, ...metricNames]) || "; docs/metrics.md and docs/alerts.md list all";
    return { path: [...path, "metric"], message: `unknown metric ${JSON.stringify(metric)}${near}` };
  }
  const definition = definitionOf(condition);
  if (!definition) {
    return column === undefined
      ? { path, message: `${metric} is one of columns: name one, or "*" for each` }
      : { path: [...path, "column"], onKey: true, message: `${metric} is not one of columns: leave column out` };
  }
  if (side !== undefined && side !== "reference" && side !== "current") {
    return { path: [...path, "side"], message: `side must be reference or current, got ${shown(side)}` };
  }
  const { sides } = definition;
  if (side === undefined || sides === "each" || (sides === "current" && side === "current")) return null;
  const what = sides === "both" ? "is of both sides together" : "is of the current side";
  return { path: [...path, "side"], onKey: true, message: `${metric} ${what}: leave side out` };
}

function scaleOf(condition: AlertCondition): "number" | "truth" | "text" | null {
  if (isOfWindow(condition)) return textMetrics.has(condition.metric) ? "text" : "number";
  const scale = scaleOfKind(definitionOf(condition)!.value);
  return scale === "time" ? null : scale;
}

const typeOf = { number: "number", truth: "boolean", text: "string" } as const;
const words = { number: "a number", truth: "true or false", text: "text" } as const;

function operatorProblems(condition: AlertCondition, path: Problem["path"]): Problem[] {
  const { metric } = condition;
  const given = operatorsOf.filter((name) => condition[name] !== undefined);
  if (given.length === 0) return [{ path, message: `a condition needs one of ${operatorsOf.join(", ")}` }];
  const scale = scaleOf(condition);
  return given.flatMap((name) => {
    const at = [...path, name];
    const limit = condition[name];
    if (name === "in" && (!Array.isArray(limit) || limit.length === 0))
      return [{ path: at, message: "in must be a list" }];
    const isLimit = (limits as readonly string[]).includes(name);
    if (isLimit && scale !== null && scale !== "number") {
      return [{ path: at, message: `${name} needs a number, and ${metric} is ${words[scale]}` }];
    }
    const values: readonly unknown[] = Array.isArray(limit) && name === "in" ? limit : [limit];
    return values.flatMap((value) => valueProblems(condition, value, isLimit ? "number" : scale, at));
  });
}

function valueProblems(
  condition: AlertCondition,
  value: unknown,
  scale: "number" | "truth" | "text" | null,
  path: Problem["path"],
): Problem[] {
  const { metric } = condition;
  const isPlain = ["number", "string", "boolean"].includes(typeof value) && !Number.isNaN(value);
  if (!isPlain || (scale !== null && typeof value !== typeOf[scale])) {
    const wanted = scale === null ? "a number, text, true or false" : words[scale];
    return [{ path, message: `${metric} is ${wanted}, which ${shown(value)} is not` }];
  }
  if (isOfWindow(condition) && textMetrics.has(metric)) {
    const known = metric === "kind" ? kindNames : statuses;
    if (known.includes(value as string)) return [];
    const near = suggestion(value as string, known) || `; there are ${known.join(", ")}`;
    return [{ path, message: `there is no ${metric} ${shown(value)}${near}` }];
  }
  const isShare = ["lateShare", "coverage"].includes(metric) || definitionOf(condition)?.value === "share";
  if (!isShare || (Number(value) >= 0 && Number(value) <= 1)) return [];
  return [{ path, message: `${metric} is between 0 and 1, got ${shown(value)}; 5 % is 0.05` }];
}

function clearProblems({ gt, gte, lt, lte, clear }: AlertCondition, path: Problem["path"]): Problem[] {
  if (clear === undefined) return [];
  const at = [...path, "clear"];
  if (typeof clear !== "number" || Number.isNaN(clear)) {
    return [{ path: at, message: `clear must be a number, got ${shown(clear)}` }];
  }
  const [above, below] = [gt ?? gte, lt ?? lte];
  if ((above === undefined) === (below === undefined)) {
    return [{ path: at, message: "clear needs a limit on one side: gt or gte, or lt or lte" }];
  }
  const isBeyond = above === undefined ? clear >= below! : clear <= above;
  if (isBeyond) return [];
  const [sign, limit] = above === undefined ? ["least", below] : ["most", above];
  return [{ path: at, message: `clear must be at ${sign} the limit ${limit}, got ${clear}` }];
}
