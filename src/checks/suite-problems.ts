/** What is wrong with a suite: by its schema, and beyond what a schema can say. */
import { definitionsOf } from "../metrics/vocabulary.js";
import { operatorNames } from "./conditions.js";
import { figures } from "./figures.js";
import { definitionFor, scaleOfKind } from "./metric-index.js";
import { isFromReference, isNames } from "./operand.js";
import { hasOrder, order, scaled, scaleInWords } from "./scale.js";
import { nameAt, type Path, type Problem, schemaProblems } from "./schema-problems.js";
import type { Check, Operand, Suite } from "./suite.js";
import { suiteSchema } from "./suite-schema.js";

/** In the order of the suite: where it does not keep to its schema that, else what it cannot mean. */
export function suiteProblems(suite: unknown): Problem[] {
  const problems = schemaProblems(suite, suiteSchema);
  if (problems.length > 0) return problems;
  const { checks = [] } = suite as Suite;
  return checks.flatMap((check, index) => checkProblems(check, ["checks", index]));
}

/**
 * @throws TypeError for what is neither a suite nor a list of checks, RangeError for a suite with problems, all of which
 *   are listed
 */
export function checkedSuite(caller: string, input: Suite | readonly Check[]): Suite {
  const suite = Array.isArray(input) ? (input.length === 0 ? {} : { checks: input }) : (input as Suite);
  if (typeof suite !== "object" || suite === null) {
    throw new TypeError(`${caller}: needs a suite or a list of checks, got ${suite === null ? "null" : typeof suite}`);
  }
  // It has no keys of its own, and so would pass for a suite without checks.
  if (suite instanceof Promise)
    throw new TypeError(`${caller}: needs a suite or a list of checks, got a Promise: await it`);
  const problems = suiteProblems(suite);
  if (problems.length === 0) return suite;
  const told = problems.map(({ path, message, onKey }) => `${nameAt(onKey ? path.slice(0, -1) : path)}: ${message}`);
  throw new RangeError(`${caller}: ${told.join("; ")}`);
}

function checkProblems(check: Check, path: Path): Problem[] {
  const problems = [...subjectProblems(check, path), ...constantProblems(check, path)];
  return problems.length > 0 ? problems : rangeProblems(check, path);
}

/** Constants that are not of the metric's kind, which no value could be held against. */
function constantProblems(check: Check, path: Path): Problem[] {
  const definition = definitionFor(check.metric, check.column !== undefined);
  const scale = definition && scaleOfKind(definition.value);
  if (!scale) return [];
  return operatorNames.flatMap((name) => {
    const operand = check[name];
    // Lists of names are told of with the subject.
    const isOfNames = Array.isArray(operand) && (name === "eq" || name === "notEq");
    if (operand === undefined || isOfNames) return [];
    const at = [...path, name];
    if (!hasOrder(scale) && !unordered.has(name)) {
      return [{ path: at, message: `${name} needs a number or a date, and ${check.metric} is ${scaleInWords(scale)}` }];
    }
    return constantsOf(operand).flatMap((constant) => {
      const value = scaled(constant, scale);
      const told = figures(constant);
      if (value === null) {
        return [{ path: at, message: `${check.metric} is ${scaleInWords(scale)}, which ${told} is not` }];
      }
      const isShare = definition.value === "share" && (Number(value) < 0 || Number(value) > 1);
      return isShare ? [{ path: at, message: `${check.metric} is between 0 and 1, got ${told}; 5 % is 0.05` }] : [];
    });
  });
}

const unordered: ReadonlySet<string> = new Set(["eq", "notEq", "in", "notIn"]);

function constantsOf(operand: NonNullable<Check[(typeof operatorNames)[number]]>): (number | string | boolean)[] {
  const given = typeof operand === "object" && "value" in operand ? operand.value : operand;
  return ([given].flat() as Operand[]).filter((one) => !isFromReference(one)) as (number | string | boolean)[];
}

function subjectProblems({ metric, column, side, ...operators }: Check, path: Path): Problem[] {
  const definition = definitionFor(metric, column !== undefined);
  if (!definition) {
    const ofColumns = definitionsOf(metric)[0]!.subjects.some((subject) => subject === "column" || subject === "pair");
    return ofColumns
      ? [{ path, message: `${metric} is one of columns: name one, or "*" for all` }]
      : [{ path: [...path, "column"], onKey: true, message: `${metric} is not one of columns: leave column out` }];
  }
  const { sides } = definition;
  const problems: Problem[] = [];
  if (side !== undefined && (sides === "both" || (sides === "current" && side === "reference"))) {
    const what = sides === "both" ? "is of both sides together" : "is of the current side";
    problems.push({ path: [...path, "side"], onKey: true, message: `${metric} ${what}: leave side out` });
  }
  if (sides !== "each" && Object.values(operators).some(usesReference)) {
    problems.push({
      path,
      message: `${metric} is not one that the reference has by itself: compare it with a constant`,
    });
  }
  for (const name of ["eq", "notEq"] as const) {
    if (!Array.isArray(operators[name]) || definition.value === "names") continue;
    const message = `${metric} is no list of names: ${name} takes one value, ${name === "eq" ? "in" : "notIn"} several`;
    problems.push({ path: [...path, name], message });
  }
  return problems;
}

function usesReference(operator: unknown): boolean {
  if (typeof operator !== "object" || operator === null || Array.isArray(operator)) return false;
  return "reference" in operator || ("value" in operator && isFromReference(operator.value as Operand));
}

/** Limits that no value fulfils. */
function rangeProblems(check: Check, path: Path): Problem[] {
  const impossible = (message: string): Problem[] => [{ path, message: `no value can fulfil this: ${message}` }];
  const told = (name: Limit): string => `${name} ${figures(check[name] as number | string)}`;
  for (const low of ["gt", "gte"] as const) {
    for (const high of ["lt", "lte"] as const) {
      const sign = signOf(check[low], check[high]);
      const both = low === "gte" && high === "lte";
      if (sign !== null && (sign > 0 || (sign === 0 && !both))) return impossible(`${told(low)} and ${told(high)}`);
    }
  }
  const { eq, notEq, in: list, notIn } = check;
  if (eq === undefined || isFromReference(eq) || isNames(eq)) return [];
  if (notEq === eq) return impossible(`eq and notEq ${figures(eq)}`);
  if (list && !list.includes(eq)) return impossible(`eq ${figures(eq)} and in without it`);
  if (notIn?.includes(eq)) return impossible(`eq ${figures(eq)} and notIn with it`);
  const broken = limits.find(([name, holds]) => {
    const sign = signOf(eq, check[name]);
    return sign !== null && !holds(sign);
  });
  return broken ? impossible(`eq ${figures(eq)} and ${told(broken[0])}`) : [];
}

type Limit = "gt" | "gte" | "lt" | "lte";

const limits: readonly (readonly [Limit, (sign: number) => boolean])[] = [
  ["gt", (sign) => sign > 0],
  ["gte", (sign) => sign >= 0],
  ["lt", (sign) => sign < 0],
  ["lte", (sign) => sign <= 0],
];

/** Of two numbers or two dates how they are ordered; `null` for all else. */
function signOf(one: Operand | undefined, other: Operand | undefined): -1 | 0 | 1 | null {
  if (one === undefined || other === undefined || isFromReference(one) || isFromReference(other)) return null;
  for (const scale of ["number", "time"] as const) {
    const [x, y] = [scaled(one, scale), scaled(other, scale)];
    if (x !== null && y !== null) return order(x, y);
  }
  return null;
}
