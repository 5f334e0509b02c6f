/** All columns of two tables, one after the other: what each shows, before anything is decided. */
import type { Column, Table } from "../column/column.js";
import { type ColumnFindings, examine } from "./columns.js";
import { allowing, warned } from "./dependence/allow.js";
import { dependenceOf } from "./dependence/dependence.js";
import { withLearned } from "./learned.js";
import { type CompareOptions, choiceOf, columnNames, type Settings } from "./options.js";

/** What was found in two tables. */
export interface Examined {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly columns: ReadonlyMap<string, ColumnFindings>;
  /** About the tables; those about a column are in its findings. */
  readonly warnings: readonly string[];
}

/** Gives other work a turn after each column, reports progress and stops when told to. */
export async function examineTables(
  before: Table,
  after: Table,
  options: CompareOptions,
  settings: Settings,
): Promise<Examined> {
  // Names of clusters are new with every window; they are compared where they are asked for.
  const names = columnNames(before, after, options.columns).filter(
    (name) => options.columns !== undefined || name !== settings.clusterBy,
  );
  const { minimumValues, possibleLevel, temporal } = settings;
  const dependence = dependenceOf(before, after, settings);
  const columns = new Map<string, ColumnFindings>();
  for (const [done, column] of names.entries()) {
    options.signal?.throwIfAborted();
    const choose = (kind: Column["kind"]) => choiceOf(options, column, kind);
    const [reference, current] = [side(before, column), side(after, column)];
    const found = examine(reference, current, { choose, temporal, minimumValues, possibleLevel });
    const allowed = dependence ? allowing(found, reference, current, dependence) : warned(found, reference, current);
    const given = found.kind !== null && choose(found.kind).threshold !== undefined;
    columns.set(column, settings.learned ? withLearned(allowed, column, settings.learned, given) : allowed);
    options.onProgress?.({ done: done + 1, total: names.length, column });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { rows: { reference: before.rows, current: after.rows }, columns, warnings: dependence?.warnings ?? [] };
}

function side(table: Table, name: string): Column | { readonly unsupported: string } | null {
  const unsupported = table.unsupported.get(name);
  return table.columns.get(name) ?? (unsupported === undefined ? null : { unsupported });
}
