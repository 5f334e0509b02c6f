/**
 * Operators over values that may be known within bounds only: a condition holds, does not, or hangs on what is not known.
 * A value that is known exactly is a range of one, so that there is one rule.
 */
import { order, type Scaled } from "./scale.js";

export interface Range {
  readonly low: Scaled;
  readonly high: Scaled;
  /** Numbers this near are the same: what rounding did to a computed limit. */
  readonly slack: number;
}

export type Answer = "yes" | "no" | "open";

export function exactly(value: Scaled, slack = 0): Range {
  return { low: value, high: value, slack };
}

export function opposite(answer: Answer): Answer {
  return answer === "open" ? "open" : answer === "yes" ? "no" : "yes";
}

export function every(answers: readonly Answer[]): Answer {
  if (answers.includes("no")) return "no";
  return answers.includes("open") ? "open" : "yes";
}

export function less(actual: Range, limit: Range): Answer {
  if (order(actual.high, limit.low, limit.slack) < 0) return "yes";
  return order(actual.low, limit.high, limit.slack) >= 0 ? "no" : "open";
}

export function atMost(actual: Range, limit: Range): Answer {
  if (order(actual.high, limit.low, limit.slack) <= 0) return "yes";
  return order(actual.low, limit.high, limit.slack) > 0 ? "no" : "open";
}

export function equal(actual: Range, wanted: Range): Answer {
  const { slack } = wanted;
  const apart = order(actual.high, wanted.low, slack) < 0 || order(actual.low, wanted.high, slack) > 0;
  if (apart) return "no";
  const single = ({ low, high }: Range): boolean => order(low, high) === 0;
  return single(actual) && single(wanted) ? "yes" : "open";
}

export function oneOfThem(actual: Range, wanted: readonly Scaled[]): Answer {
  const answers = wanted.map((value) => equal(actual, exactly(value)));
  if (answers.includes("yes")) return "yes";
  return answers.includes("open") ? "open" : "no";
}
