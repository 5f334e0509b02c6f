/** The table of segments: those with the most drifted columns first. */
import { columnName } from "../drift/column-name.js";
import type { DriftReport, SegmentReport, SegmentStatus } from "../drift/report.js";
import type { Colour, Paint } from "./colours.js";
import { displayWidth, harmless, pad, truncate } from "./display-width.js";
import { counted, grouped } from "./numbers.js";

/** More segments than this are only counted. */
const mostShown = 20;
/** Cells that a segment's key may take, and that names of columns need to be worth showing. */
const longestKey = 40;
const shortestNames = 12;

/** What is said of segments that were not compared. */
export const segmentWords: Readonly<Record<Exclude<SegmentStatus, "ok">, string>> = {
  new: "new segment",
  vanished: "vanished segment",
  "too-few": "too few rows",
};

interface Line {
  readonly cells: readonly string[];
  readonly colours: readonly Colour[];
}

/** Lines of at most `width` cells where that is possible; none for a report without segments. */
export function segmentLines({ segments }: DriftReport, width: number, paint: Paint): string[] {
  if (!segments) return [];
  const sorted = Object.entries(segments).sort(([, one], [, other]) => compareSegments(one, other));
  const shown = sorted.slice(0, mostShown).map(([key, segment]) => lineOf(key, segment));
  const head: Line = { cells: ["segment", "rows", "", "drifted", "verdict", "columns"], colours: ["dim"] };
  const lines = [head, ...shown];
  const widths = head.cells.map((_, k) => Math.max(...lines.map(({ cells }) => displayWidth(cells[k]!))));
  const used = widths.slice(0, -1).reduce((sum, cell) => sum + cell + 2, 0);
  const names = Math.max(shortestNames, width - used);
  const rest = sorted.slice(mostShown);
  const further = rest.filter(([, { dataset }]) => dataset.driftedColumns > 0).length;
  return [
    ...lines.map(({ cells, colours }) => {
      const texts = cells.map((text, k) =>
        k === cells.length - 1 ? truncate(text, names) : pad(text, widths[k]!, k === 1 || k === 2 ? "left" : "right"),
      );
      return paint(texts.join("  ").trimEnd(), ...colours);
    }),
    ...(rest.length > 0
      ? [`… and ${counted(rest.length, "more segment")}, ${further} of them with drifted columns`]
      : []),
    "",
  ];
}

/** Most drifted columns first, then most possible ones, then by rows. */
function compareSegments(one: SegmentReport, other: SegmentReport): number {
  const size = ({ rows }: SegmentReport): number => rows.reference + rows.current;
  return (
    other.dataset.driftedColumns - one.dataset.driftedColumns ||
    other.dataset.possibleColumns - one.dataset.possibleColumns ||
    size(other) - size(one)
  );
}

function lineOf(key: string, { status, rows, dataset, columns }: SegmentReport): Line {
  const named = Object.values(columns);
  const drifted = named.filter((column) => column.drifted);
  const possible = named.filter(({ severity }) => severity === "possible");
  const verdict =
    status === "ok"
      ? drifted.length > 0
        ? dataset.drifted
          ? "drift"
          : "some drift"
        : possible.length > 0
          ? "possible"
          : "–"
      : segmentWords[status];
  const changed = status === "ok" ? `${drifted.length} of ${dataset.judged}` : "–";
  const names = (drifted.length > 0 ? drifted : possible).map(({ column }) => harmless(columnName(column))).join(", ");
  const cells = [
    truncate(harmless(key), longestKey),
    grouped(rows.reference),
    grouped(rows.current),
    changed,
    verdict,
    names,
  ];
  const colours: readonly Colour[] = drifted.length > 0 ? ["red"] : possible.length > 0 ? ["yellow"] : [];
  return { cells, colours: status === "ok" ? colours : ["dim"] };
}
