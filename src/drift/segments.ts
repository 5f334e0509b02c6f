/**
 * Segments: the rows of both sides cut by the values of some columns, each part compared like a table of its own.
 *
 * The columns of all segments are one family: their p-values are adjusted together, so that a hundred segments raise no
 * more false alarms than one. The whole tables are a family of their own. Their verdict then is the same with segments
 * and without, and does not lose its power to the many that are only looked at beside it; nor do small segments profit
 * from a change of everything, which a common family would count as a discovery.
 */
import type { Table } from "../column/column.js";
import { type RowGroup, rowGroups } from "../column/row-groups.js";
import { datasetVerdict } from "./dataset.js";
import { comparedNames, type Examined, examineTables } from "./examine-tables.js";
import { falseAlarmsOf, type Tested } from "./false-alarms.js";
import type { ModelSettings } from "./model-options.js";
import type { CompareOptions, Settings } from "./options.js";
import type { DriftReport, SegmentReport, SegmentStatus } from "./report.js";
import { reportsOf, testedIn } from "./reports.js";
import { rowsOf, segmentModels } from "./segment-models.js";

/** A comparison by more segments than this is a mistake: an identifier, or a number. */
export const mostSegments = 1000;

/**
 * Compares the whole tables, and their segments where `by` names columns.
 *
 * @throws RangeError when there are more than 1 000 segments; TypeError when a column of `by` holds vectors, or on the
 *   two sides not the same kind of values
 */
export async function compareBySegments(
  before: Table,
  after: Table,
  by: readonly string[],
  options: CompareOptions,
  settings: Settings,
  model: ModelSettings | null = null,
): Promise<DriftReport<Settings>> {
  const segments = segmentsOf(before, after, by, options);
  const done = comparedNames(before, after, options).length;
  const total = done + columnsToCome(segments, options, settings);
  const counted: CompareOptions = {
    ...options,
    onProgress: (progress) => options.onProgress?.({ ...progress, total }),
  };
  const whole = await examineTables(before, after, counted, settings);
  const [report] = reportsOf([whole], settings);
  if (by.length === 0) return report!;
  const compared = await compareSegments(before, after, segments, options, settings, { done, total });
  const judged = segments.groups.filter((group) => statusOf(group, settings.minimumValues) === "ok");
  const models = model ? await segmentModels([before, after], judged, model) : {};
  const families = [testedIn(whole.columns, Object.values(report!.columns)), compared.tested];
  return {
    ...report!,
    falseAlarms: falseAlarmsOf(families, settings),
    segments: withModels(compared.segments, models),
  };
}

/** The segments of both tables, known before anything is compared. */
interface Segments {
  readonly groups: readonly RowGroup[];
  /** Columns compared in each of them. */
  readonly columns: readonly string[];
}

function segmentsOf(before: Table, after: Table, by: readonly string[], options: CompareOptions): Segments {
  const columns = comparedNames(before, after, options).filter((name) => !by.includes(name));
  return { groups: by.length > 0 ? rowGroups("compare", [before, after], by, mostSegments) : [], columns };
}

/** How many columns will be looked at in all segments together. */
function columnsToCome({ groups, columns }: Segments, options: CompareOptions, settings: Settings): number {
  return columns.length * groups.filter((group) => isLookedAt(group, options, settings)).length;
}

/** Quality is told of few rows too. */
function isLookedAt(group: RowGroup, { quality = false }: CompareOptions, { minimumValues }: Settings): boolean {
  const status = statusOf(group, minimumValues);
  return status === "ok" || (status === "too-few" && quality);
}

/** Compares segment by segment; `done` of `total` columns were looked at before. */
async function compareSegments(
  before: Table,
  after: Table,
  { groups, columns }: Segments,
  options: CompareOptions,
  settings: Settings,
  { done, total }: { readonly done: number; readonly total: number },
): Promise<{ readonly segments: { readonly [key: string]: SegmentReport }; readonly tested: readonly Tested[] }> {
  const looked = new Map<RowGroup, Examined>();
  for (const group of groups.filter((group) => isLookedAt(group, options, settings))) {
    const { key, rows } = group;
    const reached = done + looked.size * columns.length;
    const onProgress: CompareOptions["onProgress"] = (progress) =>
      options.onProgress?.({ done: reached + progress.done, total, column: `${progress.column} (${key})` });
    const needed = settings.clusterBy === null ? columns : [...columns, settings.clusterBy];
    const tables = [before, after].map((table, side) => rowsOf(table, rows[side]!, needed)) as [Table, Table];
    looked.set(group, await examineTables(...tables, { ...options, columns, onProgress }, settings));
  }
  const judged = [...looked.keys()].filter((group) => statusOf(group, settings.minimumValues) === "ok");
  const examined = judged.map((group) => looked.get(group)!);
  const found = reportsOf(examined, settings);
  const tested = found.flatMap((report, k) => testedIn(examined[k]!.columns, Object.values(report.columns)));
  const reports = new Map(found.map((report, k) => [judged[k]!, report]));
  const none = { dataset: datasetVerdict([], settings), columns: {} };
  const segments = Object.fromEntries(
    groups.map((group) => {
      const { dataset, columns } = reports.get(group) ?? none;
      const [reference, current] = group.rows.map(({ length }) => length) as [number, number];
      const status = statusOf(group, settings.minimumValues);
      const share = { reference: shareOf(reference, before), current: shareOf(current, after) };
      const reason = reasonOf(status, reference, current, settings.minimumValues) || dataset.reason;
      const quality = looked.get(group)?.quality;
      const rows = { reference, current };
      return [
        group.key,
        { values: group.values, status, reason, rows, share, dataset, columns, ...(quality && { quality }) },
      ];
    }),
  );
  return { segments, tested };
}

function withModels(
  segments: NonNullable<DriftReport["segments"]>,
  models: Awaited<ReturnType<typeof segmentModels>>,
): NonNullable<DriftReport["segments"]> {
  const entries = Object.entries(segments).map(([key, segment]) => {
    const model = Object.hasOwn(models, key) ? models[key] : undefined;
    return [key, model ? { ...segment, modelQuality: model } : segment] as const;
  });
  return Object.fromEntries(entries);
}

function statusOf({ rows }: RowGroup, minimumValues: number): SegmentStatus {
  const [reference, current] = rows.map(({ length }) => length) as [number, number];
  if (reference === 0) return "new";
  if (current === 0) return "vanished";
  return Math.min(reference, current) < minimumValues ? "too-few" : "ok";
}

function reasonOf(status: SegmentStatus, reference: number, current: number, minimumValues: number): string {
  switch (status) {
    case "new":
      return "the reference has no such rows";
    case "vanished":
      return "the current side has no such rows";
    case "too-few":
      return `${reference} and ${current} rows are too few to judge, ${minimumValues} a side are needed`;
    case "ok":
      return "";
  }
}

function shareOf(rows: number, table: Table): number | null {
  return table.rows > 0 ? rows / table.rows : null;
}
