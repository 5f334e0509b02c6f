/** What is notable of the quality of two tables: what people would want to know, not what can be counted. */
import { percent } from "../drift/change.js";
import type { QualityOfBoth, TableQuality } from "../drift/quality/quality-report.js";
import type { Availability } from "../drift/report.js";
import { counted, grouped } from "./numbers.js";

/** What is said of one column, of columns that are alike, or (without any) of the table. */
export interface NotableItem {
  readonly columns: readonly string[];
  readonly words: string;
}

export interface Notable {
  readonly label: string;
  /** Most notable first. */
  readonly items: readonly NotableItem[];
}

/** Categories that are named. */
const mostNamed = 3;

/** Only what there is: no entry is empty. */
export function notableOf(quality: QualityOfBoth): Notable[] {
  const { reference, current } = quality;
  return [
    { label: "duplicated rows", items: duplicatedRows(reference, current) },
    { label: "duplicated columns", items: duplicatedColumns(reference, current) },
    { label: "without values", items: onSides(reference.emptyColumns, current.emptyColumns) },
    { label: "constant", items: onSides(reference.constantColumns, current.constantColumns) },
    { label: "almost constant", items: onSides(reference.almostConstantColumns, current.almostConstantColumns) },
    { label: "missing", items: shares(quality, (side) => side.null + side.nan) },
    { label: "infinite", items: shares(quality, (side) => side.positiveInfinity + side.negativeInfinity) },
    { label: "empty texts", items: shares(quality, (side) => side.empty) },
    { label: "out of range", items: outOfRange(quality) },
    { label: "new categories", items: outOfList(quality) },
  ].filter(({ items }) => items.length > 0);
}

function duplicatedRows(reference: TableQuality, current: TableQuality): NotableItem[] {
  const [before, after] = [reference, current].map(({ duplicatedRows: count, rows }) =>
    count === null ? "unknown" : count === 0 ? "0" : `${grouped(count)} (${percent(count / rows)})`,
  );
  const some = (reference.duplicatedRows ?? 0) + (current.duplicatedRows ?? 0) > 0;
  return some ? [{ columns: [], words: `${before} → ${after}` }] : [];
}

function duplicatedColumns(reference: TableQuality, current: TableQuality): NotableItem[] {
  const [before, after] = [reference, current].map(({ duplicatedColumns: groups }) => groups ?? []) as [Groups, Groups];
  const keys = (groups: Groups): string[] => groups.map((names) => JSON.stringify(names));
  return onSides(keys(before), keys(after)).map(({ columns: [key = "[]"], words }) => ({
    columns: JSON.parse(key) as string[],
    words,
  }));
}

type Groups = readonly (readonly string[])[];

/** Names that both sides have, then those that one has; of the reference only is what has gone away. */
function onSides(before: readonly string[], after: readonly string[]): NotableItem[] {
  const others = new Set(before);
  const found = after.map((name) => ({ columns: [name], words: others.has(name) ? "" : "(current)" }));
  const names = new Set(after);
  const gone = before.filter((name) => !names.has(name)).map((name) => ({ columns: [name], words: "(reference)" }));
  return [...found.filter(({ words }) => words !== ""), ...found.filter(({ words }) => words === ""), ...gone];
}

/** Columns of which some rows are so on a side, those first of which the share changed most. */
function shares({ reference, current }: QualityOfBoth, count: (side: Availability) => number): NotableItem[] {
  const share = ({ columns }: TableQuality, name: string): number | null => {
    if (!Object.hasOwn(columns, name)) return null;
    const { availability } = columns[name]!;
    return availability.rows === 0 ? null : count(availability) / availability.rows;
  };
  return [...new Set([...reference.names, ...current.names])]
    .map((name) => ({ name, before: share(reference, name), after: share(current, name) }))
    .filter(({ before, after }) => (before ?? 0) > 0 || (after ?? 0) > 0)
    .sort((one, other) => stepOf(other) - stepOf(one))
    .map(({ name, before, after }) => ({ columns: [name], words: `${shareText(before)} → ${shareText(after)}` }));
}

function stepOf({ before, after }: { readonly before: number | null; readonly after: number | null }): number {
  return before === null || after === null ? 0 : Math.abs(after - before);
}

function shareText(share: number | null): string {
  return share === null ? "–" : percent(share);
}

/** Current points in time are later as a rule: only earlier ones are told. */
function outOfRange({ changes, current }: QualityOfBoth): NotableItem[] {
  return Object.entries(changes)
    .flatMap(([name, { outOfRange: found }]) => {
      const isTime = current.columns[name]?.kind === "temporal";
      return found && found.below + (isTime ? 0 : found.above) > 0 ? [{ name, found }] : [];
    })
    .sort((one, other) => (other.found.share ?? 0) - (one.found.share ?? 0))
    .map(({ name, found: { below, above, share } }) => {
      const counts = [
        ...(below > 0 ? [`${grouped(below)} below`] : []),
        ...(above > 0 ? [`${grouped(above)} above`] : []),
      ];
      return { columns: [name], words: `${shareText(share)} (${counts.join(", ")})` };
    });
}

function outOfList({ changes }: QualityOfBoth): NotableItem[] {
  return Object.entries(changes)
    .flatMap(([name, { outOfList: found }]) => (found && found.rows > 0 ? [{ name, found }] : []))
    .sort((one, other) => (other.found.share ?? 0) - (one.found.share ?? 0))
    .map(({ name, found: { share, categories, rows } }) => {
      const named = categories.names.slice(0, mostNamed).join(", ");
      const more = categories.count > mostNamed ? ", …" : "";
      return { columns: [name], words: `${shareText(share)} (${counted(rows, "row")}: ${named}${more})` };
    });
}
