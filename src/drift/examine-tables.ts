/** All columns of two tables: what each shows, before anything is decided. */
import type { Kind } from "../column/column.js";
import { costOf } from "./column-cost.js";
import { type ColumnTask, type HashedTask, hashedFindingsOf } from "./column-task.js";
import type { ColumnFindings, SideColumn } from "./columns.js";
import { allowing } from "./dependence/allow.js";
import { dependenceOf } from "./dependence/dependence.js";
import { inParallel } from "./in-parallel.js";
import { withLearned } from "./learned.js";
import { type Choice, type CompareOptions, choiceOf, columnNames, kinds, type Settings } from "./options.js";
import type { AnyTable } from "./prepare.js";
import type { QualityOfBoth } from "./quality/quality-report.js";
import { hashedInto, hashedTable, rowsOf } from "./quality/row-quality.js";
import { qualityOfBoth, type RowsFound } from "./quality/table-quality.js";
import { told } from "./told-columns.js";

/** What was found in two tables. */
export interface Examined {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly columns: ReadonlyMap<string, ColumnFindings>;
  /** Both sides are the same rows: then the reference need not be larger than the window. */
  readonly paired?: true;
  /** About the tables; those about a column are in its findings. */
  readonly warnings: readonly string[];
  /** Where it is wanted. */
  readonly quality: QualityOfBoth | null;
}

/** Names of clusters are new with every window; they are compared where they are asked for. */
export function comparedNames(before: AnyTable, after: AnyTable, { columns, clusterBy }: CompareOptions): string[] {
  return columnNames(before, after, columns).filter((name) => columns !== undefined || name !== clusterBy);
}

/** Columns on several threads; gives other work a turn, reports progress after each column and stops when told to. */
export async function examineTables(
  before: AnyTable,
  after: AnyTable,
  options: CompareOptions,
  settings: Settings,
): Promise<Examined> {
  const dependence = dependenceOf(before, after, settings);
  const usual = choicesOf(options, null);
  const compared = comparedNames(before, after, options).map((name) => {
    const choices = isChosen(options, name) ? choicesOf(options, name) : usual;
    const task = taskOf(side(before, name), side(after, name), choices, settings);
    return { name, task: { ...task, quality: options.quality ?? false } };
  });
  const names = compared.map(({ name }) => name);
  const hashed = [before, after].map((table) => (options.quality ? hashedTable(table, names) : null));
  const pieces = compared.map(({ name, task: own }) => {
    const task: HashedTask = { ...own, into: [hashedInto(hashed[0]!, name), hashedInto(hashed[1]!, name)] };
    return {
      column: name,
      cost: costOf([task.reference, task.current], methodOf(task)),
      task: "column",
      message: () => ({ ...task, reference: told(task.reference), current: told(task.current) }),
      here: () => hashedFindingsOf(task),
    };
  });
  const found = await inParallel(pieces, options);
  const columns = new Map<string, ColumnFindings>();
  for (const [k, { name, task }] of compared.entries()) {
    const { findings: own, hashes } = found[k]!;
    for (const [side, hash] of hashes.entries()) if (hash !== null) hashed[side]!.hashes.set(name, hash);
    const { reference, current, choices, clustered } = task;
    const allowed = dependence && clustered ? allowing(own, reference, current, dependence) : own;
    const given = own.kind !== null && choices[own.kind].threshold !== undefined;
    columns.set(name, settings.learned ? withLearned(allowed, name, settings.learned, given) : allowed);
  }
  const [rowsBefore, rowsAfter] = (await rowsOf(hashed, options)) as [RowsFound, RowsFound];
  return {
    rows: { reference: before.rows, current: after.rows },
    columns,
    warnings: dependence?.warnings ?? [],
    quality: options.quality ? qualityOfBoth(before, after, columns, [rowsBefore, rowsAfter]) : null,
  };
}

function taskOf(
  reference: SideColumn,
  current: SideColumn,
  choices: ColumnTask["choices"],
  { temporal, minimumValues, possibleLevel, blocks, clusterBy }: Settings,
): Omit<ColumnTask, "quality"> {
  return { reference, current, choices, temporal, minimumValues, possibleLevel, blocks, clustered: clusterBy !== null };
}

/** Whether something was chosen for this column by its name. */
function isChosen({ methods, thresholds }: CompareOptions, name: string): boolean {
  return [methods, thresholds].some((chosen) => chosen && Object.hasOwn(chosen, name));
}

/** By kind, of a column; `null`: of all that nothing was chosen for by name. */
function choicesOf(options: CompareOptions, name: string | null): ColumnTask["choices"] {
  const { methods: _, thresholds: __, ...others } = options;
  const given = name === null ? others : options;
  const choices = kinds.map((kind) => [kind, choiceOf(given, name ?? "", kind)]);
  return Object.fromEntries(choices) as Record<Kind, Choice>;
}

/** What was chosen, as far as the kind is known. */
function methodOf({ reference, choices }: ColumnTask): string | undefined {
  return reference && "kind" in reference ? choices[reference.kind].method : undefined;
}

function side(table: AnyTable, name: string): SideColumn {
  const unsupported = table.unsupported.get(name);
  return table.columns.get(name) ?? (unsupported === undefined ? null : { unsupported });
}
