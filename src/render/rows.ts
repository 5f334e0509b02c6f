/** The cells of a report's table, one row a column. */
import type { ColumnReport, DriftReport, Severity } from "../drift/report.js";
import type { Colour } from "./colours.js";
import { harmless, truncate } from "./display-width.js";
import { type Layout, longestSentence } from "./layouts.js";
import { shortEffect, shortMethod } from "./names.js";
import { pValueText, threeDigits } from "./numbers.js";
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
    { text: truncate(harmless(column.column), layout.name), colours: column.drifted ? ["bold"] : [] },
    plain(layout.names === "short" ? shortMethod(known) : known),
    plain(threeDigits(column.statistic)),
    plain(pValueText(column.adjustedPValue)),
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

function effectText(column: ColumnReport, { names, threshold }: Layout): string {
  const effect = shownEffect(column);
  const name = effect === null ? "" : names === "short" ? shortEffect(effect.name) : effect.name;
  if (effect?.infinite) return `${name} ∞`;
  if (effect === null || effect.value === null) return "–";
  const size = `${name} ${threeDigits(effect.value)}`;
  if (!threshold) return size;
  return `${size} ${effect.value >= effect.threshold ? "≥" : "<"} ${threeDigits(effect.threshold)}`;
}
