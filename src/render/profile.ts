/** `renderProfile`: what a profile knows, for a person at a terminal. */
import { columnName } from "../drift/column-name.js";
import type { DescribedColumn, DescribedProfile, DistinctCount } from "../profile/describe-profile.js";
import { colourful, colourless } from "./colours.js";
import { displayWidth, harmless, pad, truncate } from "./display-width.js";
import { counted, grouped, threeDigits } from "./numbers.js";
import type { TextOptions } from "./text.js";

const headings = ["column", "type", "missing", "distinct", "mean", "sd", "min", "median", "max"];
/** Columns of the table whose cells are numbers. */
const numbers = [2, 3, 4, 5, 6, 7, 8];
/** Columns of the table that all kinds have. */
const head = 4;
/** Cells for the names of columns and of types, from the usual to the least: numbers go before long names. */
const nameWidths = [
  [30, 16],
  [24, 12],
  [16, 8],
] as const;
const longestCategory = 30;
/** Categories that are named. */
const mostNamed = 3;

/**
 * A line per column: type, missing values, distinct values, moments and extremes of numbers, range and median of
 * dates, the most frequent categories of text. `~` marks estimates.
 *
 * @returns lines, each ended by a newline
 */
export function renderProfile(profile: DescribedProfile, { colour = false, width = 100 }: TextOptions = {}): string {
  const paint = colour ? colourful : colourless;
  const layouts = nameWidths.map(([ofName, ofType]) => {
    const rows = [
      headings,
      ...Object.entries(profile.columns).map(([name, column]) => cells(name, column, ofName, ofType)),
    ];
    return { rows, widths: widthsOf(rows) };
  });
  const fitting = layouts.find(({ widths }) => widths.reduce((sum, cell) => sum + cell + 2, -2) <= width);
  const { rows, widths } = fitting ?? layouts.at(-1)!;
  const lines = rows.map((row, k) => {
    const padded = row.map((text, k) =>
      pad(text, widths[k]!, (row.length === headings.length || k < head) && numbers.includes(k) ? "left" : "right"),
    );
    const line = truncate(padded.join("  ").trimEnd(), Math.max(width, 40));
    return k === 0 ? paint(line, "dim") : line;
  });
  const unsupported = Object.entries(profile.unsupported).map(
    ([name, type]) => `${harmless(columnName(name))} (${harmless(type)})`,
  );
  const columns = counted(Object.keys(profile.columns).length, "column");
  return [
    ...(rows.length > 1 ? [...lines, ""] : []),
    `${counted(profile.rows, "row")}, ${columns}`,
    ...(unsupported.length > 0 ? [`not profiled: ${unsupported.join(", ")}`] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** What is said of text and of dates runs over the columns of numbers. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return headings.map((_, k) =>
    rows.reduce(
      (most, row) => (row.length === headings.length || k < head ? Math.max(most, displayWidth(row[k]!)) : most),
      0,
    ),
  );
}

function cells(name: string, column: DescribedColumn, longestName: number, longestType: number): string[] {
  const { missing, distinct, type } = column;
  const lost = missing.rows === 0 ? 0 : (missing.null + missing.nan) / missing.rows;
  const common = [
    truncate(harmless(columnName(name)), longestName),
    truncate(harmless(type), longestType),
    lost === 0 ? "–" : percent(lost),
    distinctText(distinct),
  ];
  if (column.kind === "categorical") {
    const { categories, count } = column;
    const named = categories
      .slice(0, mostNamed)
      .map(
        (category) =>
          `${truncate(harmless(JSON.stringify(category.name)), longestCategory)} ${percent(category.count / count)}`,
      );
    return [...common, named.join(", ")];
  }
  const { mean, standardDeviation, min, max, quantiles } = column;
  const median = quantiles.find(({ probability }) => probability === 0.5)?.value ?? null;
  if (typeof min === "string") return [...common, `${dateOf(min)} to ${dateOf(max)}, median ${dateOf(median)}`];
  return [...common, ...[mean, standardDeviation, min, median as number | null, max as number | null].map(threeDigits)];
}

/** `2001-01-01`, `2001-01-01 12:30:00` */
function dateOf(value: number | string | null): string {
  return String(value)
    .replace(/T00:00:00\.000Z$|\.000Z$|Z$/, "")
    .replace("T", " ");
}

function distinctText({ estimate, error }: DistinctCount): string {
  return `${error > 0 ? "~" : ""}${grouped(Math.round(estimate))}`;
}

function percent(share: number): string {
  return share > 0 && share < 0.001 ? "<0.1 %" : `${Number((100 * share).toPrecision(3))} %`;
}
