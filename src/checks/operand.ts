/** Operands with numbers in place of what they say of the reference, and how they are written. */
import { columnName } from "../drift/column-name.js";
import type { Metric, MetricValue } from "../metrics/metric.js";
import { figures } from "./figures.js";
import { exactly, type Range } from "./operators.js";
import { type Scale, type Scaled, scaled, scaleInWords } from "./scale.js";
import type { FromReference, Operand } from "./suite.js";

export interface Resolved {
  readonly range: Range;
  /** `0.055 (1.1 × 0.05)` */
  readonly words: string;
}

/**
 * Why a condition cannot be told: `skip` where there is nothing, `error` where something is not as expected, `warn` where
 * that is not critical.
 */
export interface Unresolved {
  readonly status: "skip" | "error" | "warn";
  readonly reason: string;
}

export function isUnresolved(found: object): found is Unresolved {
  return "status" in found;
}

export function isFromReference(operand: Operand | readonly string[]): operand is FromReference {
  return typeof operand === "object" && operand !== null && !isNames(operand);
}

export function isNames(operand: Operand | readonly string[]): operand is readonly string[] {
  return Array.isArray(operand);
}

/** Names that are told. */
const mostNames = 5;

/** `date, price, city, … (12 in all)` */
export function namesInWords(names: readonly string[]): string {
  const more = names.length > mostNames ? `, … (${names.length} in all)` : "";
  return `${names.slice(0, mostNames).map(columnName).join(", ")}${more}`;
}

/** A metric that is a list of names has it as JSON. */
export function resolvedNames(names: readonly string[], scale: Scale): Resolved | Unresolved {
  const value = scaled(JSON.stringify(names), scale);
  if (value === null) return { status: "error", reason: `a list of names is not ${scaleInWords(scale)}` };
  return { range: exactly(value), words: namesInWords(names) };
}

/** @param reference  the same metric of the reference; `null` where there is none */
export function resolved(operand: Operand, scale: Scale, reference: Metric | null): Resolved | Unresolved {
  if (!isFromReference(operand)) {
    const value = scaled(operand, scale);
    return value === null ? mismatch(operand, scale) : { range: exactly(value), words: figures(operand) };
  }
  if (!reference) return { status: "error", reason: "there is no reference to hold it against" };
  if (reference.value === null) return { status: "skip", reason: "the reference has no value" };
  const { reference: times, plus = 0 } = operand;
  const value = scaled(reference.value, scale);
  if (value === null) return mismatch(reference.value, scale);
  if (times === 1 && plus === 0) {
    return {
      range: rangeOf(reference, scale) ?? exactly(value),
      words: `${figures(reference.value)} (the reference's)`,
    };
  }
  if (scale !== "number") {
    return { status: "error", reason: `${scaleInWords(scale)} of the reference can be taken as it is only` };
  }
  const own = rangeOf(reference, scale) ?? exactly(value);
  const [one, other] = [multiple(own.low, times, plus), multiple(own.high, times, plus)];
  const [low, high] = times < 0 ? [other, one] : [one, other];
  const slack = 4 * Number.EPSILON * (Math.abs(times * Number(value)) + Math.abs(plus));
  const result = multiple(value, times, plus);
  return {
    range: { low, high, slack },
    words: `${figures(plainNumber(result))} (${formula(reference.value, operand)})`,
  };
}

function mismatch(value: Exclude<MetricValue, null>, scale: Scale): Unresolved {
  return { status: "error", reason: `${figures(value)} is not ${scaleInWords(scale)}` };
}

/** Whole numbers stay exact where they can. */
function multiple(value: Scaled, times: number, plus: number): number | bigint {
  if (typeof value === "bigint" && Number.isInteger(times) && Number.isInteger(plus)) {
    return value * BigInt(times) + BigInt(plus);
  }
  const product = times === 0 ? 0 : times * Number(value);
  return product + plus;
}

export function plainNumber(value: number | bigint): number | string {
  return typeof value === "bigint" ? String(value) : value;
}

/** What the value may be; `null` where it has none of the scale. */
export function rangeOf({ value, interval }: Pick<Metric, "value" | "interval">, scale: Scale): Range | null {
  const [low, high] = (interval ?? [value, value]).map((end) => (end === null ? null : scaled(end, scale)));
  return low == null || high == null ? null : { low, high, slack: 0 };
}

/** `1.1 × 0.05 + 5` */
function formula(value: Exclude<MetricValue, null>, { reference: times, plus = 0 }: FromReference): string {
  const product = times === 1 ? figures(value) : `${figures(times)} × ${figures(value)}`;
  if (plus === 0) return product;
  return `${product} ${plus < 0 ? "−" : "+"} ${figures(Math.abs(plus))}`;
}
