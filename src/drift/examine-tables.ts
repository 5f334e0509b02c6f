/** All columns of two tables, one after the other: what each shows, before anything is decided. */
import type { Kind } from "../column/column.js";
import { type ColumnFindings, examine, type SideColumn } from "./columns.js";
import { allowing, warned } from "./dependence/allow.js";
import { dependenceOf } from "./dependence/dependence.js";
import { withLearned } from "./learned.js";
import { type CompareOptions, choiceOf, columnNames, type Settings } from "./options.js";
import type { AnyTable } from "./prepare.js";

/** What was found in two tables. */
export interface Examined {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly columns: ReadonlyMap<string, ColumnFindings>;
  /** Both sides are the same rows: then the reference need not be larger than the window. */
  readonly paired?: true;
  /** About the tables; those about a column are in its findings. */
  readonly warnings: readonly string[];
}

/** Milliseconds after which other work gets a turn: between two columns. */
const turn = 5;

/** Names of clusters are new with every window; they are compared where they are asked for. */
export function comparedNames(before: AnyTable, after: AnyTable, { columns, clusterBy }: CompareOptions): string[] {
  return columnNames(before, after, columns).filter((name) => columns !== undefined || name !== clusterBy);
}

/** Gives other work a turn now and then, reports progress after each column and stops when told to. */
export async function examineTables(
  before: AnyTable,
  after: AnyTable,
  options: CompareOptions,
  settings: Settings,
): Promise<Examined> {
  const names = comparedNames(before, after, options);
  const { minimumValues, possibleLevel, temporal } = settings;
  const dependence = dependenceOf(before, after, settings);
  const columns = new Map<string, ColumnFindings>();
  let since = performance.now();
  for (const [done, column] of names.entries()) {
    options.signal?.throwIfAborted();
    const choose = (kind: Kind) => choiceOf(options, column, kind);
    const [reference, current] = [side(before, column), side(after, column)];
    const found = examine(reference, current, { choose, temporal, minimumValues, possibleLevel });
    const allowed = dependence
      ? allowing(found, reference, current, dependence)
      : warned(found, reference, current, possibleLevel);
    const given = found.kind !== null && choose(found.kind).threshold !== undefined;
    columns.set(column, settings.learned ? withLearned(allowed, column, settings.learned, given) : allowed);
    options.onProgress?.({ done: done + 1, total: names.length, column });
    if (performance.now() - since < turn) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return { rows: { reference: before.rows, current: after.rows }, columns, warnings: dependence?.warnings ?? [] };
}

function side(table: AnyTable, name: string): SideColumn {
  const unsupported = table.unsupported.get(name);
  return table.columns.get(name) ?? (unsupported === undefined ? null : { unsupported });
}
