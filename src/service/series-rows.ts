/** Values of series as they are sent: objects with a time, if it is not that of the request, and numbers by name. */

import { earliestTime, latestTime } from "../monitor/row-times.js";
import { longestColumn } from "./accept-columns.js";
import type { BodyFormat } from "./media-types.js";
import { Problem } from "./problem.js";

export interface SeriesValue {
  readonly series: string;
  readonly value: number;
  /** `null`: when it came. */
  readonly time: number | null;
}

const mostValues = 1_000_000;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws Problem 400 for what is no JSON, 422 for rows that are not as they must be */
export function seriesValues(format: BodyFormat, body: Uint8Array): SeriesValue[] {
  const values: SeriesValue[] = [];
  for (const { row, place } of rowsOf(format, body)) {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw new Problem(422, "a row must be an object: a time, and numbers by name", place);
    }
    const { time: when, ...numbers } = row as { readonly [name: string]: unknown };
    const time = timeOf(when);
    if (Number.isNaN(time)) {
      throw new Problem(422, "time must be milliseconds since 1970 or ISO 8601", { ...place, column: "time" });
    }
    for (const [series, value] of Object.entries(numbers)) {
      if (series === "" || series.length > longestColumn) {
        throw new Problem(422, `a series has a name of 1 to ${longestColumn} characters`, place);
      }
      if (value === null) continue;
      if (typeof value !== "number" || !Number.isFinite(value)) {
        throw new Problem(422, `the value of a series must be a number`, { ...place, column: series });
      }
      values.push({ series, value, time });
    }
    if (values.length > mostValues) throw new Problem(413, `a body may have ${mostValues} values of series`);
  }
  return values;
}

/** Text must look like a date: `Date` takes nearly anything. */
function timeOf(time: unknown): number | null {
  if (time === undefined || time === null) return null;
  const found = typeof time === "string" && /^\d{4}-\d\d-\d\d/.test(time) ? Date.parse(time) : time;
  return typeof found === "number" && found >= earliestTime && found <= latestTime ? found : Number.NaN;
}

type Placed = { readonly row: unknown; readonly place: { readonly line?: number; readonly row?: number } };

function* rowsOf(format: BodyFormat, body: Uint8Array): Generator<Placed> {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new Problem(400, "the body is not UTF-8");
  }
  if (format === "ndjson") {
    for (const [index, line] of text.split("\n").entries()) {
      const place = { line: index + 1 };
      if (line.trim() !== "") yield { row: parsed(line, place), place };
    }
    return;
  }
  const all = parsed(text, {});
  for (const [index, row] of (Array.isArray(all) ? all : [all]).entries()) yield { row, place: { row: index } };
}

function parsed(text: string, place: Placed["place"]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Problem(400, `not JSON: ${message.slice(0, 200)}`, place);
  }
}
