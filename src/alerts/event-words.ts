/** What happened, in a sentence. */
import type { DriftReport } from "../drift/report.js";
import type { AlertEvent } from "../monitor/alert-event.js";
import { harmless, truncate } from "../render/display-width.js";
import { counted } from "../render/numbers.js";
import type { FoundValue } from "./condition.js";
import { foundWords } from "./condition-words.js";
import { notableColumns, type WindowReferenced } from "./evidence.js";
import { nameText } from "./name-text.js";

type About = Pick<AlertEvent, "dataset" | "subject">;

/** `orders`, `orders: amount` */
function aboutWords({ dataset, subject }: About): string {
  return subject === null ? nameText(dataset) : `${nameText(dataset)}: ${nameText(subject)}`;
}

export interface Began extends About {
  readonly found: readonly FoundValue[];
  /** In which it held. */
  readonly windows: readonly WindowReferenced[];
  /** Of so many that could tell; `null`: in a row. */
  readonly among: number | null;
  /** Of the window, where the rule compares with the reference. */
  readonly report: DriftReport | null;
}

/** `orders: hour drifted in 3 of the last 4 windows, since 2026-11-26 09:00 UTC: mean rose by 0.8 σ (3.26 → 9.04)` */
export function beganWords({ dataset, subject, found, windows, among, report }: Began): string {
  const many = counted(windows.length, "window");
  const inARow = windows.length > 1 ? ` in ${many} in a row` : "";
  const often = among === null || among === 1 ? inARow : ` in ${windows.length} of the last ${among} windows`;
  const since = `, since ${timeText(windows[0]!.start)}`;
  return `${nameText(dataset)}: ${foundWords(found, subject, true)}${often}${since}${changeWords(report, subject)}`;
}

/** Of an alert that is told again. */
export function lastsWords({ dataset, subject, startsAt }: AlertEvent, now: Pick<Began, "found" | "report">): string {
  const since = `, still, since ${timeText(startsAt)}`;
  const found = foundWords(now.found, subject, true);
  return `${nameText(dataset)}: ${found}${since}${changeWords(now.report, subject)}`;
}

const longestChange = 200;

/** How the column changed; of the whole dataset how many did, and which most. */
function changeWords(report: DriftReport | null, subject: string | null): string {
  if (!report) return "";
  if (subject !== null) {
    const change = Object.hasOwn(report.columns, subject) ? report.columns[subject]!.change : "";
    return change === "" ? "" : `: ${truncate(harmless(change), longestChange)}`;
  }
  const [worst] = notableColumns(report).filter(({ severity }) => severity === "drift");
  if (!worst) return "";
  const { driftedColumns, judged } = report.dataset;
  const how = worst.change === "" ? "" : ` (${truncate(harmless(worst.change), longestChange)})`;
  return `: ${driftedColumns} of ${counted(judged, "column")}, ${nameText(worst.column)} most${how}`;
}

export function endedWords(event: AlertEvent, endsAt: number, found: readonly FoundValue[]): string {
  const lasted = `over at ${timeText(endsAt)}, since ${timeText(event.startsAt)}`;
  return `${aboutWords(event)}: ${lasted}${found.length === 0 ? "" : `: ${foundWords(found, event.subject, false)}`}`;
}

export function rebaselinedWords(event: AlertEvent, version: number): string {
  return `${aboutWords(event)}: re-baselined, windows are compared with reference ${version} now`;
}

export function vanishedWords(event: AlertEvent): string {
  return `${aboutWords(event)}: over, neither side has the column any more`;
}

export function goneWords(event: AlertEvent): string {
  return `${aboutWords(event)}: the rule ${JSON.stringify(nameText(event.rule))} is not there any more`;
}

/** `2026-11-26 10:00 UTC` */
export function timeText(time: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const text = date.toISOString().replace("T", " ");
  return `${text.replace(/(:00)?\.000Z$/, "").replace(/Z$/, "")} UTC`;
}
