/** What is notable of both tables' quality, at a terminal. */
import { columnName } from "../drift/column-name.js";
import type { DriftReport } from "../drift/report.js";
import type { Paint } from "./colours.js";
import { harmless, truncate } from "./display-width.js";
import { labelled, wrapped } from "./lines.js";
import { type NotableItem, notableOf } from "./notable.js";
import { grouped } from "./numbers.js";

/** Items of one kind that are shown, and cells of each. */
const mostShown = 10;
const longestName = 32;
const longestItem = 72;

/** A label and its columns a line, `missing: price 0 % → 12 %, city 1 % → 1.3 %`; none for a report without quality. */
export function qualityLines({ quality }: DriftReport, width: number, paint: Paint): string[] {
  if (!quality) return [];
  const notable = notableOf(quality);
  if (notable.length === 0) return ["Quality: nothing notable.", ""];
  const lines = notable.flatMap(({ label, items }) => {
    const shown = items.slice(0, mostShown).map(itemText);
    const rest = items.length > mostShown ? [`… and ${grouped(items.length - mostShown)} more`] : [];
    return labelled(`${label}: `, wrapped([...shown, ...rest], ", ", width - label.length - 4));
  });
  return [paint("Quality:", "bold"), ...lines, ""];
}

function itemText({ columns, words }: NotableItem): string {
  const names = columns.map((name) => truncate(harmless(columnName(name)), longestName)).join(" = ");
  return truncate([names, harmless(words)].filter((text) => text !== "").join(" "), longestItem);
}
