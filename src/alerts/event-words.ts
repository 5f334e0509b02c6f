/** What happened, in a sentence. Names come from data: nothing in them may act on who reads it. */
import { columnName } from "../drift/column-name.js";
import type { MetricValue } from "../metrics/metric.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import { harmless, truncate } from "../render/display-width.js";
import { counted, threeDigits } from "../render/numbers.js";
import type { WindowReferenced } from "./evidence.js";

const longestName = 60;

/** A name as sentences show it. */
export function nameText(name: string): string {
  return truncate(harmless(columnName(name)), longestName);
}

/** `orders`, `orders, column amount` */
export function aboutWords({ dataset, subject }: Pick<AlertEvent, "dataset" | "subject">): string {
  return subject === null ? nameText(dataset) : `${nameText(dataset)}: ${nameText(subject)}`;
}

export function beganWords({
  evidence,
  windows,
  ...about
}: Pick<AlertEvent, "dataset" | "subject" | "evidence"> & { readonly windows: readonly WindowReferenced[] }): string {
  const since = windows.length > 1 ? `, in ${counted(windows.length, "window")}` : "";
  return `${aboutWords(about)}: ${evidenceWords(evidence)}${since} since ${timeText(windows[0]!.start)}`;
}

export function endedWords(event: AlertEvent, evidence: AlertEvent["evidence"]): string {
  const now = evidenceWords(evidence, false);
  return `${aboutWords(event)}: over, after it began at ${timeText(event.startsAt)}${now === "" ? "" : ` (${now})`}`;
}

export function rebaselinedWords(event: AlertEvent, version: number): string {
  return `${aboutWords(event)}: re-baselined, windows are compared with reference ${version} now`;
}

export function goneWords(event: AlertEvent): string {
  return `${aboutWords(event)}: the rule ${JSON.stringify(nameText(event.rule))} is not there any more`;
}

const signs: readonly (readonly [suffix: string, sign: string])[] = [
  ...([
    ["gt", ">"],
    ["gte", "≥"],
    ["lt", "<"],
    ["lte", "≤"],
    ["eq", "="],
    ["notEq", "≠"],
    ["in", "one of"],
  ] as const),
];

/** `missingShare is 0.31 (> 0.2) and rows is 500 (≥ 100)` */
export function evidenceWords(evidence: AlertEvent["evidence"], limits = true): string {
  const known = (name: string) => Object.hasOwn(evidence, name);
  return Object.entries(evidence)
    .filter(([name]) => !isLimit(name, known) && name !== "windows")
    .map(([name, value]) => {
      const all = signs.flatMap(([suffix, sign]) => {
        const limit = known(`${name} ${suffix}`) ? evidence[`${name} ${suffix}`]! : null;
        // What equals it was said already.
        return limit === null || (suffix === "eq" && limit === value) ? [] : [`${sign} ${valueText(limit)}`];
      });
      return `${nameText(name)} is ${valueText(value)}${limits && all.length > 0 ? ` (${all.join(", ")})` : ""}`;
    })
    .join(" and ");
}

function isLimit(name: string, known: (name: string) => boolean): boolean {
  return signs.some(([suffix]) => name.endsWith(` ${suffix}`) && known(name.slice(0, -suffix.length - 1)));
}

function valueText(value: MetricValue): string {
  if (typeof value === "number") return threeDigits(value);
  return value === null ? "unknown" : nameText(String(value));
}

/** `2026-11-26 10:00 UTC` */
export function timeText(time: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const text = date.toISOString().replace("T", " ");
  return `${text.replace(/(:00)?\.000Z$/, "").replace(/Z$/, "")} UTC`;
}
