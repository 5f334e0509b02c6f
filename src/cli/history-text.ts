/** What `smirnov history` prints: a plot and a table of one column, or a line for each. */
import type { MetricValue } from "../metrics/metric.js";
import { type Colour, colourful, colourless, type Paint } from "../render/colours.js";
import { displayWidth, harmless, pad, truncate } from "../render/display-width.js";
import { wrapped } from "../render/lines.js";
import { counted, grouped, pValueText, threeDigits } from "../render/numbers.js";
import { plot, sparkline } from "../render/plot.js";
import type { TextOptions } from "../render/text.js";
import type { HistoryPoint, KindPoint } from "../store/metric-store.js";
import { type Found, keyOf } from "./history.js";
import type { HistoryCommand } from "./history-command.js";

/** One column, or one number of one subject, over the windows. */
interface Series {
  readonly name: string;
  readonly points: readonly HistoryPoint[];
  /** One a point: of verdicts the scores. */
  readonly values: readonly (number | null)[];
  /** These, and nothing once where windows are missing between two. */
  readonly drawn: readonly (number | null)[];
  /** By run. */
  readonly kinds: ReadonlyMap<string, KindPoint>;
}

interface Cell {
  readonly text: string;
  readonly colours?: readonly Colour[];
}

interface Heading {
  readonly text: string;
  readonly side: "left" | "right";
  /** Narrow terminals do without. */
  readonly optional?: true;
}

const plotHeight = 6;
const shortestPlot = 10;
const longestName = 40;
const shortestName = 8;
/** Cells of a window, where there are few. */
const widestWindow = 6;

/** @returns lines, each ended by a newline */
export function historyText(command: HistoryCommand, found: Found, options: TextOptions): string {
  const { colour = false, width = 100 } = options;
  const paint = colour ? colourful : colourless;
  const series = seriesOf(command, found, Math.max(shortestName, Math.min(longestName, Math.floor(width / 4))));
  const [only] = series;
  const lines = series.length === 1 ? ofOne(only!, command, width, paint) : ofSeveral(series, command, width, paint);
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function seriesOf({ metric }: HistoryCommand, { points, scores, kinds }: Found, nameWidth: number): Series[] {
  const scoreOf = new Map(scores.map((point) => [keyOf(point), point.value]));
  const groups = new Map<string, HistoryPoint[]>();
  for (const point of points) {
    const key = JSON.stringify([point.column, point.of, point.side]);
    const group = groups.get(key);
    if (group) group.push(point);
    else groups.set(key, [point]);
  }
  return [...groups.values()].map((some) => {
    const { column, of, side } = some[0]!;
    const values = some.map((point) =>
      numberOf(metric === undefined ? (scoreOf.get(keyOf(point)) ?? null) : point.value),
    );
    return {
      name: nameOf(column ?? "table", [of, side], nameWidth),
      points: some,
      values,
      drawn: values.flatMap((value, k) => (k > 0 && isApart(some[k - 1]!, some[k]!) ? [null, value] : [value])),
      kinds: new Map(kinds.filter((kind) => kind.column === column).map((kind) => [kind.run, kind])),
    };
  });
}

/** Whether a window as long as the one before has its place between them. */
function isApart(before: HistoryPoint, { windowStart }: HistoryPoint): boolean {
  const length = before.windowEnd - before.windowStart;
  return length > 0 && windowStart - before.windowEnd >= length;
}

/** What it is of is told whole, where the name leaves it some room: it tells two of the same column apart. */
function nameOf(column: string, about: readonly (string | null)[], width: number): string {
  const known = about.filter((part) => part !== null);
  const all = known.map((part) => ` (${harmless(part)})`).join("");
  const behind = truncate(all, Math.max(displayWidth(" (reference)"), width - shortestName));
  return `${truncate(harmless(column), Math.max(shortestName, width - displayWidth(behind)))}${behind}`;
}

/** Truths are drawn as 1 and 0, and texts not at all. */
function numberOf(value: MetricValue): number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : null;
}

/** What blocks reach from and to: scores from 0, what never is negative from 0 where it comes near, all else from the least. */
function scaleOf(values: readonly (number | null)[], isScore: boolean): { low: number; high: number } {
  const known = values.filter((value) => value !== null);
  const least = known.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  const most = known.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  if (known.length === 0) return { low: 0, high: 1 };
  if (isScore) return { low: 0, high: Math.max(most, 3) };
  if (least === most) return { low: Math.min(0, least), high: Math.max(0, most) };
  return { low: least >= 0 && least < most / 2 ? 0 : least, high: most };
}

function titleOf(
  { dataset, metric, segment }: HistoryCommand,
  points: readonly HistoryPoint[],
  width: number,
): string[] {
  const windows = new Set(points.map(({ run }) => run)).size;
  const last = points.at(-1)!;
  const [start, end] = [timeText(points[0]!.windowStart), timeText(last.windowEnd)];
  const span = start === end ? `${start} UTC` : `${start} to ${end} UTC`;
  const about = [segment, metric].filter((word) => word !== undefined).map((word) => `, ${harmless(word)}`);
  const name = truncate(harmless(dataset), Math.max(shortestName, width - 2));
  return wrapped([`${name}${about.join("")}:`, `${counted(windows, "window")},`, ...span.split(" ")], " ", width);
}

function ofOne(series: Series, command: HistoryCommand, width: number, paint: Paint): string[] {
  const { points, values, drawn: inTime, name } = series;
  const isVerdict = command.metric === undefined;
  const scale = scaleOf(values, isVerdict);
  const labels = [threeDigits(scale.high), threeDigits(scale.low)];
  const margin = Math.max(...labels.map(displayWidth));
  const cells = Math.max(shortestPlot, width - margin - 3);
  const stretch = Math.max(1, Math.min(widestWindow, Math.floor(cells / inTime.length)));
  const stretched = inTime.flatMap((value) => Array<number | null>(stretch).fill(value));
  const drawn = plot(stretched, { ...scale, height: plotHeight, width: cells });
  const chart = drawn.map((line, k) => {
    const label = k === 0 ? labels[0]! : k === plotHeight - 1 ? labels[1]! : "";
    return `${paint(pad(label, margin, "left"), "dim")} ${paint("│", "dim")} ${paint(line, "cyan")}`;
  });
  const note =
    "score: of the standard normal law, beyond 3 by chance once in 740 unchanged windows; p: before correction over the columns";
  return [
    ...[...titleOf(command, points, width), `${paint(name, "bold")}`, ""],
    ...(values.some((value) => value !== null) ? [...chart, ""] : []),
    ...(isVerdict ? verdictTable(series, width, paint) : valueTable(series, width, paint)),
    ...(isVerdict ? wrapped(note.split(" "), " ", width).map((line) => paint(line, "dim")) : []),
  ];
}

function verdictTable({ points, values, kinds }: Series, width: number, paint: Paint): string[] {
  const headings: Heading[] = [
    { text: "window (UTC)", side: "left" },
    { text: "rows", side: "right", optional: true },
    { text: "score", side: "right" },
    { text: "p", side: "right" },
    { text: "effect", side: "right", optional: true },
    { text: "verdict", side: "left" },
    { text: "kind", side: "left", optional: true },
  ];
  const rows = points.map((point, k) => [
    { text: windowText(point) },
    { text: grouped(point.rows) },
    { text: threeDigits(values[k] ?? null) },
    { text: pValueText(point.pValue) },
    { text: threeDigits(point.effect) },
    verdictCell(point),
    { text: kindText(kinds.get(point.run)) },
  ]);
  return table(headings, rows, width, paint);
}

function valueTable({ points }: Series, width: number, paint: Paint): string[] {
  const headings: Heading[] = [
    { text: "window (UTC)", side: "left" },
    { text: "rows", side: "right", optional: true },
    { text: "value", side: "right" },
  ];
  const rows = points.map((point) => [
    { text: windowText(point) },
    { text: grouped(point.rows) },
    { text: valueText(point.value) },
  ]);
  return table(headings, rows, width, paint);
}

function ofSeveral(all: readonly Series[], command: HistoryCommand, width: number, paint: Paint): string[] {
  const isVerdict = command.metric === undefined;
  const common = scaleOf(
    all.flatMap(({ values }) => values),
    true,
  );
  const blocks = Math.max(shortestPlot, Math.min(40, Math.floor(width / 4)));
  const headings: Heading[] = [
    { text: isVerdict ? "column" : "of", side: "left" },
    { text: isVerdict ? "scores" : "values", side: "left" },
    { text: "windows", side: "right", optional: true },
    ...(isVerdict
      ? ([
          { text: "drifted", side: "right", optional: true },
          { text: "last p", side: "right" },
          { text: "verdict", side: "left" },
          { text: "kind", side: "left", optional: true },
        ] as const)
      : ([{ text: "last value", side: "right" }] as const)),
  ];
  const rows = all.map(({ name, points, values, drawn, kinds }) => {
    const last = points.at(-1)!;
    const { low, high } = isVerdict ? common : scaleOf(values, false);
    const drifted = points.filter(({ severity }) => severity === "drift").length;
    return [
      { text: name },
      { text: sparkline(drawn, blocks, low, high), colours: ["cyan"] as const },
      { text: grouped(points.length) },
      ...(isVerdict
        ? [
            { text: grouped(drifted) },
            { text: pValueText(last.pValue) },
            verdictCell(last),
            { text: kindText(kinds.get(last.run)) },
          ]
        : [{ text: valueText(last.value) }]),
    ];
  });
  return [
    ...titleOf(command, all.flatMap(({ points }) => points).sort(byTime), width),
    "",
    ...table(headings, rows, width, paint),
  ];
}

function byTime(one: HistoryPoint, other: HistoryPoint): number {
  return one.windowStart - other.windowStart || one.windowEnd - other.windowEnd;
}

/** Aligned cells, without optional columns from the left where they do not fit, and those that nobody has. */
function table(
  headings: readonly Heading[],
  rows: readonly (readonly Cell[])[],
  width: number,
  paint: Paint,
): string[] {
  const widths = headings.map(({ text }, k) =>
    Math.max(displayWidth(text), ...rows.map((row) => displayWidth(row[k]!.text))),
  );
  let kept = headings.map((_, k) => k).filter((k) => !headings[k]!.optional || rows.some((row) => row[k]!.text !== ""));
  const total = (): number => kept.reduce((sum, k) => sum + widths[k]! + 2, -2);
  while (total() > width) {
    const first = kept.find((k) => headings[k]!.optional);
    if (first === undefined) break;
    kept = kept.filter((k) => k !== first);
  }
  const line = (cells: readonly Cell[]): string =>
    kept
      .map((k) =>
        paint(
          pad(cells[k]!.text, widths[k]!, headings[k]!.side === "left" ? "right" : "left"),
          ...(cells[k]!.colours ?? []),
        ),
      )
      .join("  ");
  return [line(headings.map(({ text }) => ({ text, colours: ["dim"] }))), ...rows.map(line)];
}

function verdictCell({ severity, status }: HistoryPoint): Cell {
  const word =
    status === "ok" || status === null || severity === "drift" || severity === "possible" ? severity : status;
  const colours: readonly Colour[] = severity === "drift" ? ["red"] : severity === "possible" ? ["yellow"] : [];
  return { text: harmless(word === "none" ? "–" : (word ?? "–")), colours };
}

function kindText(kind: KindPoint | undefined): string {
  if (!kind || kind.kind === "none") return "";
  return `${kind.kind} ${Math.round(kind.confidence * 100)} %`;
}

function valueText(value: MetricValue): string {
  if (typeof value === "number" || value === null) return threeDigits(value);
  return truncate(harmless(String(value)), longestName);
}

/** To the minute, or as fine as it must be. */
function timeText(time: number): string {
  const text = new Date(time).toISOString().replace("T", " ").slice(0, -1);
  return text.replace(/(?::00)?\.000$/, "");
}

const midnight = / 00:00$/;
const day = 86_400_000;

function windowText({ windowStart, windowEnd }: HistoryPoint): string {
  const [start, end] = [timeText(windowStart), timeText(windowEnd)];
  if (windowStart === windowEnd) return start;
  if (midnight.test(start) && midnight.test(end)) return `${start.slice(0, 10)} – ${end.slice(0, 10)}`;
  return `${start} – ${windowEnd - windowStart < day ? end.slice(11) : end}`;
}
