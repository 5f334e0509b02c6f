/** A report's table: the most that fits into a width, in lines of aligned cells. */
import type { DriftReport } from "../drift/report.js";
import type { Paint } from "./colours.js";
import { displayWidth, pad } from "./display-width.js";
import { type Layout, layouts, shortestName } from "./layouts.js";
import { type Cell, cells, headings, numbers, referenceShape } from "./rows.js";

interface Draft {
  readonly layout: Layout;
  readonly rows: readonly (readonly Cell[])[];
  readonly widths: readonly number[];
  readonly total: number;
}

/** The table's lines, headings first, and the layout that was chosen. */
export function table(report: DriftReport, width: number, paint: Paint): { lines: string[]; layout: Layout } {
  const { layout, rows, widths } = fitting(report, width);
  const lines = rows.map((row) => {
    const texts = row.map(({ text, colours }, k) => {
      const isLast = k === row.length - 1;
      const padded = isLast ? text : pad(text, widths[k]!, numbers.includes(k) ? "left" : "right");
      return paint(padded, ...colours) + (isLast ? "" : gapAfter(k));
    });
    return texts.join("").trimEnd();
  });
  return { lines, layout };
}

function fitting(report: DriftReport, width: number): Draft {
  let last: Draft | undefined;
  for (const layout of layouts) {
    last = draft(report, layout);
    if (last.total <= width) return last;
  }
  const { layout, total } = last!;
  return draft(report, { ...layout, name: Math.max(shortestName, layout.name - (total - width)) });
}

function draft(report: DriftReport, layout: Layout): Draft {
  const head = headings(layout).map((text): Cell => ({ text, colours: ["dim"] }));
  const rows = [head, ...Object.values(report.columns).map((column) => cells(column, report, layout))];
  const widths = head.map((_, k) => rows.reduce((most, row) => Math.max(most, displayWidth(row[k]!.text)), 0));
  const total = widths.reduce((sum, cell, k) => sum + cell + (k === widths.length - 1 ? 0 : gapAfter(k).length), 0);
  return { layout, rows, widths, total };
}

function gapAfter(position: number): string {
  return position === referenceShape ? " " : "  ";
}
