/** A column is judged by the method that was chosen for it, if there is enough to judge. */
import type { Kind } from "../column/column.js";
import type { Blank, Chosen, ColumnFindings, ColumnSettings } from "./columns.js";
import { type Finding, type Method, methods } from "./methods.js";

/** A method that was chosen for all columns leaves those that it does not apply to to their default. */
function methodFor({ method, requested }: Chosen, defaultMethod: string, on: Read): Method {
  const chosen = methods.get(method ?? defaultMethod)!;
  return chosen[on] || requested ? chosen : methods.get(defaultMethod)!;
}

/** What a method reads. */
type Read = "values" | "categories" | "vectors";

/** Applies the method, or says why it cannot be applied. */
export function judged<R extends Read>(
  found: Blank & { readonly kind: Kind },
  n: number,
  m: number,
  settings: Chosen,
  defaultMethod: string,
  on: R,
  answer: (plan: NonNullable<Method[R]>, threshold: number | undefined) => Finding,
): ColumnFindings {
  if (n === 0 || m === 0) {
    const side =
      n + m === 0 ? "neither side has" : n === 0 ? "the reference does not have" : "the current side does not have";
    return { ...found, status: "empty", reason: `${side} any value` };
  }
  if (n < settings.minimumValues || m < settings.minimumValues) {
    const reason = `${n} and ${m} values are too few to judge, ${settings.minimumValues} a side are needed`;
    return { ...found, status: "too-few", reason };
  }
  const method = methodFor(settings, defaultMethod, on);
  const plan = method[on];
  if (!plan) {
    return { ...found, method: method.name, status: "unsupported", reason: `${method.name} does not apply to ${on}` };
  }
  const ofEffect = method.threshold === "effect";
  const value = answer(plan, ofEffect ? settings.threshold : undefined);
  const level = ofEffect ? undefined : settings.threshold;
  const usable = value.status === "ok" || value.pValue !== null;
  const reason =
    value.status === "constant" ? "there is no spread to compare with" : `the statistic is ${value.status}`;
  return {
    ...found,
    method: method.name,
    status: usable ? "ok" : value.status,
    reason: usable ? "" : reason,
    value,
    level,
  };
}

/** Whether the values may have changed, before anything is adjusted: what changed is only looked for there. */
export function isWorthALook(
  { value, level = 0 }: ColumnFindings,
  { possibleLevel }: Pick<ColumnSettings, "possibleLevel">,
): boolean {
  return value !== null && (value.pValue ?? 0) <= Math.max(level, possibleLevel);
}
