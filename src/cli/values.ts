/** The values of options, read and refused in words. */
import type { Schedule } from "../drift/decision-options.js";
import { suggestion } from "../statistics/suggest.js";
import { UsageError } from "./usage-error.js";

export function given<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  return text === undefined ? undefined : read(text);
}

/** A setting and what it is for; `null`: everything. */
export type Setting<T> = readonly [of: string | null, value: T];

/** `a,b` where `\,` and `\\` stand for themselves. */
export function listed(text: string): string[] {
  const names = text.match(/(?:\\[\s\S]|[^,\\]|\\$)+/g) ?? [];
  return names.map((name) => name.replace(/\\([,\\])/g, "$1"));
}

export function namesOf(option: string, texts: readonly string[] | undefined): readonly string[] | undefined {
  const names = texts?.flatMap(listed);
  if (names?.length === 0)
    throw new UsageError(`--${option} needs at least one name, got ${JSON.stringify(texts![0])}`);
  return names;
}

/** `column=value`; the name may contain `=`, the value may not. */
function pair(option: string, text: string, value = "name"): [column: string, value: string] {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1) {
    throw new UsageError(`--${option} needs column=${value}, got ${JSON.stringify(text)}`);
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

export function methodOf(text: string): Setting<string> {
  return text.includes("=") ? pair("method", text) : [null, text];
}

export function weightOf(text: string): [column: string, weight: number] {
  const [column, value] = pair("weight", text, "number");
  return [column, numberOf("weight", value, (x) => x >= 0, "a number of at least 0")];
}

export function levelOf(option: string, text: string): number {
  return numberOf(option, text, (x) => x > 0 && x < 1, "a number between 0 and 1");
}

export function countOf(option: string, text: string, least: number): number {
  return numberOf(option, text, (x) => Number.isInteger(x) && x >= least, `a whole number of at least ${least}`);
}

const units = { hour: "perHour", day: "perDay", week: "perWeek", month: "perMonth", year: "perYear" } as const;

/** `24/day` */
export function scheduleOf(text: string): Schedule {
  const [times = "", unit = ""] = text.split("/");
  const known = Object.keys(units).find((name) => name === unit) as keyof typeof units | undefined;
  const count = Number(times);
  if (known && times.trim() !== "" && Number.isFinite(count) && count > 0) return { [units[known]]: count };
  throw new UsageError(
    `--schedule needs a number by hour, day, week, month or year, as 24/day, got ${JSON.stringify(text)}`,
  );
}

export function thresholdOf(text: string): Setting<number> {
  const [column, value] = text.includes("=") ? pair("threshold", text, "number") : [null, text];
  return [column, numberOf("threshold", value, (x) => x >= 0, "a number of at least 0")];
}

export function shareOf(text: string): number {
  return numberOf("share", text, (x) => x > 0 && x <= 1, "a number above 0 and up to 1");
}

export function toleranceOf(text: string): number {
  return numberOf("tolerance", text, (x) => x >= 0, "a number of at least 0");
}

function numberOf(option: string, text: string, accepts: (x: number) => boolean, wanted: string): number {
  const x = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(x) && accepts(x)) return x;
  throw new UsageError(`--${option} needs ${wanted}, got ${JSON.stringify(text)}`);
}

const bytesIn: Readonly<Record<string, number>> = {
  "": 1,
  ...{ k: 1e3, m: 1e6, g: 1e9, t: 1e12 },
  ...{ ki: 2 ** 10, mi: 2 ** 20, gi: 2 ** 30, ti: 2 ** 40 },
};

/** `512MB`, `2GiB`, `1.5g`: bytes. */
export function bytesOf(text: string): number {
  const [, number = "", unit = ""] = /^([\d.]+)\s*([kmgt]?i?)b?$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(number) * (bytesIn[unit.toLowerCase()] ?? Number.NaN));
  if (number !== "" && bytes >= leastMemory) return bytes;
  throw new UsageError(`--memory needs at least 64MB, as 512MB or 2GiB, got ${JSON.stringify(text)}`);
}

const leastMemory = 64e6;

export function oneOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  const list = known.length === 1 ? known[0] : `${known.slice(0, -1).join(", ")} or ${known.at(-1)}`;
  throw new UsageError(`--${option} needs ${list}, got ${JSON.stringify(text)}${suggestion(text, known)}`);
}
