/** Whether what a check says of a metric holds, and in words what it says. */
import type { Metric } from "../metrics/metric.js";
import { figures } from "./figures.js";
import { isNames, isUnresolved, rangeOf, resolved, resolvedNames, type Unresolved } from "./operand.js";
import { type Answer, atMost, equal, every, less, oneOfThem, opposite, type Range } from "./operators.js";
import { hasOrder, type Scale, type Scaled, scaled, scaleInWords } from "./scale.js";
import type { Approximation, Operand, Operators } from "./suite.js";

export interface Verdict {
  readonly answer: Answer;
  /** `≥ 0.2 and ≤ 0.055 (1.1 × 0.05)` */
  readonly expected: string;
}

type Holds = (actual: Range, limit: Range) => Answer;

/** Operators of one operand: how they are written, and when they hold. */
const simple: Readonly<Record<"eq" | "notEq" | "gt" | "gte" | "lt" | "lte", readonly [sign: string, holds: Holds]>> = {
  eq: ["=", equal],
  notEq: ["≠", (actual, wanted) => opposite(equal(actual, wanted))],
  gt: [">", (actual, limit) => opposite(atMost(actual, limit))],
  gte: ["≥", (actual, limit) => opposite(less(actual, limit))],
  lt: ["<", less],
  lte: ["≤", atMost],
};

/** All operators, in the order in which they are told. */
export const operatorNames = ["eq", "notEq", "gt", "gte", "lt", "lte", "in", "notIn", "approx"] as const;

/**
 * @param reference the same metric of the reference, for operands that are relative to it
 * @returns `Unresolved` where it cannot be told
 */
export function judged(check: Operators, actual: Metric, reference: Metric | null, scale: Scale): Verdict | Unresolved {
  const range = rangeOf(actual, scale);
  if (!range) return { status: "error", reason: `${figures(actual.value)} is not ${scaleInWords(scale)}` };
  const parts: Verdict[] = [];
  for (const name of operatorNames) {
    const operand = check[name];
    if (operand === undefined) continue;
    const part =
      name === "in" || name === "notIn"
        ? ofList(operand as readonly (number | string | boolean)[], name, range, scale)
        : name === "approx"
          ? ofApproximation(operand as Approximation, range, scale, reference)
          : ofOperand(operand as Operand | readonly string[], name, range, scale, reference);
    if (isUnresolved(part)) return part;
    parts.push(part);
  }
  return {
    answer: every(parts.map(({ answer }) => answer)),
    expected: parts.map((part) => part.expected).join(" and "),
  };
}

function ofOperand(
  operand: Operand | readonly string[],
  name: keyof typeof simple,
  actual: Range,
  scale: Scale,
  reference: Metric | null,
): Verdict | Unresolved {
  const [sign, holds] = simple[name];
  if (name !== "eq" && name !== "notEq" && !hasOrder(scale)) return noOrder(name, scale);
  const limit = isNames(operand) ? resolvedNames(operand, scale) : resolved(operand, scale, reference);
  if (isUnresolved(limit)) return limit;
  return { answer: holds(actual, limit.range), expected: `${sign} ${limit.words}` };
}

function noOrder(name: string, scale: Scale): Unresolved {
  return { status: "error", reason: `${name} needs a number or a date, and this is ${scaleInWords(scale)}` };
}

function ofList(
  values: readonly (number | string | boolean)[],
  name: "in" | "notIn",
  actual: Range,
  scale: Scale,
): Verdict | Unresolved {
  const known: Scaled[] = [];
  for (const value of values) {
    const found = scaled(value, scale);
    if (found === null) return { status: "error", reason: `${figures(value)} is not ${scaleInWords(scale)}` };
    known.push(found);
  }
  const answer = oneOfThem(actual, known);
  const listed = values.map((value) => figures(value)).join(", ");
  return name === "in"
    ? { answer, expected: `one of ${listed}` }
    : { answer: opposite(answer), expected: `none of ${listed}` };
}

/** Within the wider of both tolerances; infinite values only equal themselves. */
function ofApproximation(
  { value, relative = 0, absolute = 0 }: Approximation,
  actual: Range,
  scale: Scale,
  reference: Metric | null,
): Verdict | Unresolved {
  if (scale !== "number")
    return { status: "error", reason: `approx needs a number, and this is ${scaleInWords(scale)}` };
  const centre = resolved(value, scale, reference);
  if (isUnresolved(centre)) return centre;
  const { low, high, slack } = centre.range;
  const size = Math.max(Math.abs(Number(low)), Math.abs(Number(high)));
  const width = Math.max(absolute, relative * size);
  const rounding = slack + 4 * Number.EPSILON * (size + width);
  const ends = (direction: 1 | -1): Range => ({
    low: around(low, direction, relative, absolute),
    high: around(high, direction, relative, absolute),
    slack: Number.isFinite(rounding) ? rounding : 0,
  });
  const answer = every([opposite(less(actual, ends(-1))), atMost(actual, ends(1))]);
  return { answer, expected: `${centre.words} ± ${figures(width)}` };
}

function around(value: Scaled, direction: 1 | -1, relative: number, absolute: number): Scaled {
  const width = Math.max(absolute, relative * Math.abs(Number(value)));
  return width === 0 || !Number.isFinite(Number(value)) ? value : Number(value) + direction * width;
}
