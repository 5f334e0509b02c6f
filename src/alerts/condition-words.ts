/** What was found of a condition, as people say it: `amount drifted`, `missing share of amount 0.31 (above 0.2)`. */
import type { MetricValue } from "../metrics/metric.js";
import { threeDigits } from "../render/numbers.js";
import type { AlertCondition } from "./alert-rule.js";
import type { FoundValue } from "./condition.js";
import { nameText } from "./name-text.js";
import { definitionOf, isOfWindow, seriesOf } from "./window-metrics.js";

type Limit = Exclude<keyof AlertCondition, "metric" | "column" | "segment" | "side" | "of" | "clear">;

const limitWords: readonly (readonly [Limit, string])[] = [
  ["gt", "above"],
  ["gte", "at least"],
  ["lt", "below"],
  ["lte", "at most"],
  ["eq", "equal to"],
  ["notEq", "not"],
  ["in", "one of"],
];

/**
 * All conditions of a rule, of one subject.
 *
 * @param limits whether what numbers were held against is told
 */
export function foundWords(found: readonly FoundValue[], subject: string | null, limits: boolean): string {
  return found.map(({ condition, value }) => conditionWords(condition, value, subject, limits)).join(" and ");
}

function conditionWords(condition: AlertCondition, value: MetricValue, subject: string | null, limits: boolean) {
  const { metric, segment, side } = condition;
  const column = condition.column === "*" ? subject : (condition.column ?? null);
  const of = [
    side === "reference" ? " of the reference" : "",
    segment === undefined ? "" : ` where ${nameText(segment)}`,
  ].join("");
  if (typeof value === "boolean") return `${truthWords(condition, value, column)}${of}`;
  if (metric === "status") return `${column === null ? "the window" : nameText(column)} is ${valueText(value)}${of}`;
  if (metric === "kind" && column !== null && isOfWindow(condition)) {
    return `the drift of ${nameText(column)} over time is ${valueText(value)}`;
  }
  const against = limits && typeof value === "number" ? againstWords(condition) : "";
  return `${measureWords(condition, column, subject)}${of} ${valueText(value)}${against}`;
}

/** Metrics of truth mean `whether …`, but verdicts. */
function truthWords(condition: AlertCondition, value: boolean, column: string | null): string {
  const name = column === null ? null : nameText(column);
  if (condition.metric === "drifted") return `${name ?? "the dataset"} ${value ? "drifted" : "did not drift"}`;
  const meaning = definitionOf(condition)?.meaning ?? "";
  if (value && meaning.startsWith("whether ")) return `${name === null ? "" : `${name}: `}${meaning.slice(8)}`;
  return `${spaced(condition.metric)}${name === null ? "" : ` of ${name}`} is ${value}`;
}

/** `missing share of amount`, `q95 of latency`, `recall of yes` */
function measureWords({ metric, of }: AlertCondition, column: string | null, subject: string | null): string {
  const series = seriesOf(metric);
  if (series) return `${series.statistic} of ${nameText(series.name === "*" ? (subject ?? "*") : series.name)}`;
  const names = [of, column].flatMap((name) => (name == null ? [] : [` of ${nameText(name)}`]));
  return `${spaced(metric)}${names.join("")}`;
}

function againstWords(condition: AlertCondition): string {
  const told = limitWords.flatMap(([key, words]) => {
    const limit = condition[key];
    if (limit === undefined) return [];
    const all = Array.isArray(limit) ? limit : [limit as Exclude<MetricValue, null>];
    return [`${words} ${all.map(valueText).join(", ")}`];
  });
  return told.length > 0 ? ` (${told.join(", ")})` : "";
}

/** `missingShare`: `missing share` */
function spaced(metric: string): string {
  return metric.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function valueText(value: MetricValue): string {
  if (typeof value === "number") return threeDigits(value);
  return value === null ? "unknown" : nameText(String(value));
}
