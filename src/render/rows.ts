/** The cells of a report's table, one row a column. */
import { columnName } from "../drift/column-name.js";
import type { ColumnReport, DriftReport, Interval, Severity } from "../drift/report.js";
import type { Colour } from "./colours.js";
import { harmless, truncate } from "./display-width.js";
import { type Layout, longestSentence } from "./layouts.js";
import { shortEffect, shortMethod } from "./names.js";
import { pValueText, threeDigits, twoNumbers } from "./numbers.js";
import { sparklines } from "./sparkline.js";
import { shownEffect, whyOf } from "./why.js";

export interface Cell {
  readonly text: string;
  readonly colours: readonly Colour[];
}

const colours: Readonly<Record<Severity, readonly Colour[]>> = {
  drift: ["red", "bold"],
  possible: ["yellow"],
  unresolved: ["cyan"],
  none: ["dim"],
};

/** Positions of the cells that hold numbers, which end at one line. */
export const numbers: readonly number[] = [2, 3];
/** Position of the reference's sparkline, which stands closer to the current one than other cells do. */
export const referenceShape = 5;

export function headings({ shape, why, names }: Layout): string[] {
  const sides = shape < 9 ? ["ref.", "current"].map((side) => truncate(side, shape)) : ["reference", "current"];
  if (shape < 7) sides[1] = "cur.";
  const statistic = names === "short" ? "stat." : "statistic";
  return ["column", "method", statistic, "p", "effect", ...sides, "verdict", ...(why === "shortest" ? [] : ["why"])];
}

/** One column's line. */
export function cells(column: ColumnReport, { settings }: DriftReport, layout: Layout): Cell[] {
  const plain = (text: string): Cell => ({ text, colours: [] });
  const marked = (text: string): Cell => ({ text, colours: colours[column.severity] });
  const [before, after] = column.shape ? sparklines(column.shape, layout.shape) : ["", ""];
  const why = whyOf(column, settings.level);
  const verdict = column.severity === "none" ? "–" : column.severity;
  const known = column.method === null ? "–" : column.method;
  const sentence = truncate(harmless(column.reason), longestSentence);
  const quiet: Cell = { text: layout.why === "sentence" ? sentence : why.brief, colours: ["dim"] };
  return [
    { text: truncate(harmless(columnName(column.column)), layout.name), colours: column.drifted ? ["bold"] : [] },
    plain(layout.names === "short" ? shortMethod(known) : known),
    plain(threeDigits(column.statistic)),
    plain(rangeText(column.adjustedPValue, column.bounds?.adjustedPValue, pValueText)),
    plain(effectText(column, layout)),
    { text: before, colours: ["dim"] },
    { text: after, colours: column.severity === "none" ? [] : colours[column.severity].slice(0, 1) },
    ...(layout.why === "shortest" ? [marked(inOne(verdict, why.shortest))] : [marked(verdict), quiet]),
  ];
}

/** Verdict and reason in one cell. That values differ is what a verdict means; anything else is said. */
function inOne(verdict: string, why: string): string {
  return why === "values" ? verdict : verdict === "–" ? `– ${why}` : `${verdict}, ${why}`;
}

/** `0.031–0.043` where a number is known within bounds, unless these print alike. */
function rangeText(x: number | null, interval: Interval | undefined, text: (x: number | null) => string): string {
  const [low, high] = (interval ?? [x, x]).map(text);
  return low === high ? low! : `${low}–${high}`;
}

function effectText(column: ColumnReport, { names, threshold }: Layout): string {
  const effect = shownEffect(column);
  const name = effect === null ? "" : names === "short" ? shortEffect(effect.name) : effect.name;
  if (effect?.infinite) return `${name} ∞`;
  if (effect === null || effect.value === null) return "–";
  if (effect.interval) {
    const { interval } = effect;
    const range = `${name} ${rangeText(effect.value, interval, threeDigits)}`;
    const sign = interval[0] >= effect.threshold ? "≥" : interval[1] < effect.threshold ? "<" : "~";
    return threshold ? `${range} ${sign} ${threeDigits(effect.threshold)}` : range;
  }
  if (!threshold) return `${name} ${threeDigits(effect.value)}`;
  const [size, limit] = twoNumbers(effect.value, effect.threshold);
  return `${name} ${size} ${effect.value >= effect.threshold ? "≥" : "<"} ${limit}`;
}
