/** What is wrong with rules and actions: all of it, with where and what to write instead. */
import { shown } from "../statistics/option-checks.js";
import { actionProblems } from "./action-problems.js";
import type { AlertOptions, AlertRule } from "./alert-rule.js";
import { conditionProblems, kindNames } from "./condition-problems.js";
import { isObject, isText, listProblems, type Problem, timeProblems, unknownKeys } from "./problems.js";

const ruleKeys: readonly (keyof AlertRule)[] = [
  ...(["name", "severity", "datasets", "when", "for", "windows", "unlessKind"] as const),
  ...(["clearFor", "coolDown", "repeat", "actions"] as const),
];
const severities = ["info", "warning", "critical"];

/** Of rules and actions as they are written; empty where all is well. Paths begin with `rules` or `actions`. */
export function alertProblems(options: unknown): Problem[] {
  if (!isObject(options)) return [{ path: [], message: `alerts must be an object, got ${shown(options)}` }];
  const { rules, actions = {} } = options as { rules?: unknown; actions?: unknown };
  const problems = unknownKeys(options, ["rules", "actions"], [], "option");
  if (!isObject(actions))
    problems.push({ path: ["actions"], message: `actions must be an object, got ${shown(actions)}` });
  else problems.push(...Object.entries(actions).flatMap(([name, one]) => actionProblems(one, ["actions", name])));
  if (!Array.isArray(rules))
    return [...problems, { path: ["rules"], message: `rules must be a list, got ${shown(rules)}` }];
  const names = isObject(actions) ? Object.keys(actions) : [];
  const seen = new Set<unknown>();
  for (const [index, rule] of rules.entries()) {
    problems.push(...ruleProblems(rule, index, names));
    const name = (rule as Partial<AlertRule> | null)?.name;
    const message = `there is a rule ${JSON.stringify(name)} already`;
    if (name !== undefined && seen.has(name)) problems.push({ path: ["rules", index, "name"], message });
    seen.add(name);
  }
  return problems;
}

/** @throws TypeError for what is no object, RangeError with all problems */
export function checkedAlerts(options: AlertOptions): AlertOptions {
  if (!isObject(options)) throw new TypeError(`alerts: needs an object with rules, got ${shown(options)}`);
  const problems = alertProblems(options);
  if (problems.length === 0) return options;
  const told = problems.map(({ path, message }) => (path.length === 0 ? message : `${pathText(path)}: ${message}`));
  throw new RangeError(`alerts: ${told.join("; ")}`);
}

/** `rules[0].when.metric` */
function pathText(path: Problem["path"]): string {
  return path.map((part, k) => (typeof part === "number" ? `[${part}]` : k === 0 ? part : `.${part}`)).join("");
}

function ruleProblems(rule: unknown, index: number, actions: readonly string[]): Problem[] {
  const path = ["rules", index] as const;
  if (!isObject(rule)) return [{ path, message: `a rule must be an object, got ${shown(rule)}` }];
  const problems = unknownKeys(rule, ruleKeys, path, "option of a rule");
  const { name, severity, datasets, when, windows, unlessKind, actions: wanted } = rule as Record<string, unknown>;
  if (!isText(name)) problems.push({ path, message: `a rule needs a name, got ${shown(name)}` });
  if (severity !== undefined && !severities.includes(severity as string)) {
    const message = `severity must be one of ${severities.join(", ")}, got ${shown(severity)}`;
    problems.push({ path: [...path, "severity"], message });
  }
  problems.push(...whenProblems(when, [...path, "when"]));
  problems.push(...listProblems(datasets, [...path, "datasets"], null));
  problems.push(...listProblems(unlessKind, [...path, "unlessKind"], kindNames, "kind of drift"));
  problems.push(...listProblems(wanted, [...path, "actions"], actions, "action"));
  for (const key of ["for", "clearFor"]) problems.push(...lastingProblems(rule[key], [...path, key]));
  for (const key of ["coolDown", "repeat"]) problems.push(...timeProblems(rule[key], [...path, key]));
  if (windows === undefined) return problems;
  const at = [...path, "windows"];
  const { k, n } = (isObject(windows) ? windows : {}) as { k?: unknown; n?: unknown };
  if (!isCount(k) || !isCount(n) || k > n || n > 10_000) {
    const message = "windows must be { k, n }, whole numbers with 1 ≤ k ≤ n ≤ 10000: in k of the last n windows";
    problems.push({ path: at, message });
  }
  if (rule.for !== undefined) {
    problems.push({ path: at, message: "a rule has for (windows in a row, or a time) or windows (k of n), not both" });
  }
  return problems;
}

function whenProblems(when: unknown, path: Problem["path"]): Problem[] {
  const conditions: unknown[] = Array.isArray(when) ? when : [when];
  if (conditions.length === 0) return [{ path, message: "when must not be empty" }];
  const problems = conditions.flatMap((one, k) => conditionProblems(one, Array.isArray(when) ? [...path, k] : path));
  if (problems.length > 0) return problems;
  const each = conditions as { metric: string; column?: string }[];
  if (each.some(({ column }) => column === "*") && each.some(({ metric }) => metric.startsWith("series.*."))) {
    return [{ path, message: "a rule is about each column or about each series, not about both" }];
  }
  return [];
}

/** @param value windows, or a time */
function lastingProblems(value: unknown, path: Problem["path"]): Problem[] {
  if (value === undefined || (isCount(value) && value <= 10_000)) return [];
  if (typeof value === "string") return timeProblems(value, path);
  const message = `${path.at(-1)} must be a number of windows from 1 to 10000, or a time such as 15m, got ${shown(value)}`;
  return [{ path, message }];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
